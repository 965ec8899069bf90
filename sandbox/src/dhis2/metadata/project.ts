import type { CollectionName } from '../types.js';
import { sandboxRefusal } from '../web-message.js';
import type { FieldTree } from './fields.js';
import { MODELS, type Model, type ModelName } from './model.js';
import { type Json, type Reader, readProperty, resolveRef } from './read-property.js';

/** Field presets of the API, by name without the colon. */
const PRESETS: Readonly<Record<string, readonly string[]>> = {
  identifiable: ['id', 'name', 'code', 'created', 'lastUpdated'],
  nameable: ['id', 'name', 'shortName', 'code', 'created', 'lastUpdated'],
};

/**
 * The part of an object that a request asks for. A field that the model does not have is left out
 * without a word, as DHIS2 does; a reference without fields of its own is written as its id.
 *
 * @throws Refusal 400 when the sandbox does not know a preset
 */
export function projectObject(
  reader: Reader,
  modelName: ModelName,
  object: Json,
  fields: FieldTree,
): Json {
  const model = MODELS[modelName];
  const answer: Record<string, unknown> = {};
  for (const name of expandNames(model, fields)) {
    const property = model[name];
    if (property === undefined) continue;
    const value = readProperty(reader, modelName, object, name);
    if (value === undefined || value === null) continue;
    const nested = fields.get(name);
    if (property === 'value') {
      answer[name] = nested ? projectPlain(value, nested) : value;
    } else if (property.kind === 'ref') {
      const one = projectRef(reader, property.model, value as Json, nested);
      if (one) answer[name] = one;
    } else if (property.kind === 'refs') {
      answer[name] = (value as Json[]).flatMap(
        one => projectRef(reader, property.model, one, nested) ?? [],
      );
    } else {
      const all = nested ?? new Map([['*', undefined]]);
      answer[name] = (value as Json[]).map(one => projectObject(reader, property.model, one, all));
    }
  }
  return answer;
}

function expandNames(model: Model, fields: FieldTree): string[] {
  const names = new Set<string>();
  const excluded = new Set<string>();
  for (const name of fields.keys()) {
    if (name === '*' || name === ':all' || name === ':owner') {
      for (const each of Object.keys(model)) names.add(each);
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

function projectRef(
  reader: Reader,
  model: CollectionName,
  ref: Json,
  fields: FieldTree | undefined,
): Json | undefined {
  const object = resolveRef(reader, model, ref);
  if (!object) return undefined;
  return fields ? projectObject(reader, model, object, fields) : { id: ref.id };
}

/** Picks from plain JSON, for example `access[data[write]]`. */
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
