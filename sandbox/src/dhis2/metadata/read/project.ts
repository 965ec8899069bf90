import { sandboxRefusal } from '../../http/web-message.js';
import type { CollectionName } from '../collections.js';
import { MODELS, type ModelName, type Property } from '../model.js';
import { EVERYTHING, type FieldTree } from './fields.js';
import { type Json, type Reader, readerOf } from './read-property.js';

/** Field presets of the API, by name without the colon. */
const PRESETS: Readonly<Record<string, readonly string[]>> = {
  identifiable: ['id', 'name', 'code', 'created', 'lastUpdated'],
  nameable: ['id', 'name', 'shortName', 'code', 'created', 'lastUpdated'],
};

/**
 * Returns the requested part of an object. Referenced objects appear also if the user may not read
 * them; their `access[read]` says whether the user may (dhis2 LIVE, "The sandbox beside both
 * servers").
 */
export type Projection = (reader: Reader, object: Json) => Json;

/** Writes the value of one property; undefined omits it. */
type Write = (reader: Reader, value: unknown) => unknown;

/**
 * Prepares the projection of a request's fields. A field that the model does not have is omitted
 * silently, as DHIS2 does; a reference without fields of its own is written as its id.
 *
 * @throws Refusal 400 when the sandbox does not support a preset
 * @example
 * const project = createProjection('organisationUnits', parseFields('id,parent[id]'));
 * units.map(unit => project(reader, unit));
 */
export function createProjection(modelName: ModelName, fields: FieldTree): Projection {
  const model = MODELS[modelName];
  const known = expandNames(Object.keys(model), fields).filter(name => model[name] !== undefined);
  const columns = known.map(name => ({
    name,
    read: readerOf(modelName, name),
    write: createWrite(model[name]!, fields.get(name)),
  }));
  return (reader, object) => {
    const answer: Record<string, unknown> = {};
    for (const { name, read, write } of columns) {
      const value = read(reader, object);
      if (value === undefined || value === null) continue;
      const written = write(reader, value);
      if (written !== undefined) answer[name] = written;
    }
    return answer;
  };
}

function createWrite(property: Property, fields: FieldTree | undefined): Write {
  if (property === 'value') return (_, value) => (fields ? projectPlain(value, fields) : value);
  if (property.kind === 'parts') {
    const project = createProjection(property.model, fields ?? EVERYTHING);
    return (reader, value) => (value as Json[]).map(part => project(reader, part));
  }
  const writeOne = createWriteRef(property.model, fields);
  if (property.kind === 'ref') return (reader, value) => writeOne(reader, value as Json);
  return (reader, value) => (value as Json[]).flatMap(one => writeOne(reader, one) ?? []);
}

function createWriteRef(model: CollectionName, fields: FieldTree | undefined) {
  const project: Projection = fields ? createProjection(model, fields) : (_, { id }) => ({ id });
  return (reader: Reader, ref: Json): Json | undefined => {
    const object = reader.store.metadata.get(model, ref.id as string) as unknown as
      | Json
      | undefined;
    return object && project(reader, object);
  };
}

/**
 * The names that an expression selects; some may not exist.
 *
 * @param all names that `*` includes
 */
export function expandNames(all: readonly string[], fields: FieldTree): string[] {
  const names = new Set<string>();
  const excluded = new Set<string>();
  for (const name of fields.keys()) {
    if (name === '*' || name === ':all' || name === ':owner') {
      for (const each of all) names.add(each);
    } else if (name.startsWith(':')) {
      const preset = PRESETS[name.slice(1)];
      if (!preset) throw sandboxRefusal(400, `the field preset "${name}"`);
      for (const each of preset) names.add(each);
    } else if (name.startsWith('!')) {
      excluded.add(name.slice(1));
    } else {
      names.add(name);
    }
  }
  return [...names].filter(name => !excluded.has(name));
}

/** Selects fields from plain JSON, for example `access[data[write]]`. */
function projectPlain(value: unknown, fields: FieldTree): unknown {
  if (Array.isArray(value)) return value.map(one => projectPlain(one, fields));
  if (typeof value !== 'object' || value === null || fields.has('*')) return value;
  const object = value as Json;
  const picked: Record<string, unknown> = {};
  for (const [name, nested] of fields) {
    if (object[name] === undefined) continue;
    picked[name] = nested ? projectPlain(object[name], nested) : object[name];
  }
  return picked;
}
