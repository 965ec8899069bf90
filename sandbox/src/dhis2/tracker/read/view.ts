import { EVERYTHING, type FieldTree } from '../../metadata/read/fields.js';
import { expandNames } from '../../metadata/read/project.js';
import type { ServerContext } from '../../server-context.js';
import type { Access } from '../access.js';

/** The context of an answer's fields, in addition to the objects. */
export interface ViewContext extends Pick<ServerContext, 'store' | 'dialect'> {
  access: Access;
  includesDeleted: boolean;
  /** The program in a request for tracked entities. */
  program?: string | undefined;
}

/** One field of a kind of object. */
export interface Field<T> {
  /** Returns undefined if the object does not have the field. */
  read: (context: ViewContext, object: T) => unknown;
  /** Fields of the object, or of each object of the list, that `read` returns. */
  // A list of fields of different kinds of object cannot name one of them.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  parts?: Schema<any>;
}

/** The fields of a kind of object, by name. */
export type Schema<T> = Readonly<Record<string, Field<T>>>;

/** Writes an object with the requested fields. */
export type View<T> = (context: ViewContext, object: T) => object;

/** Fields that are written as they are stored. */
export function stored<T extends object>(...names: (keyof T & string)[]): Schema<T> {
  return Object.fromEntries(
    names.map(name => [name, { read: (_: ViewContext, object: T) => object[name] }]),
  );
}

/**
 * Prepares the view of a request's fields. A field without fields of its own is written completely;
 * an unknown one is silently omitted, as DHIS2 does.
 *
 * @throws Refusal 400 when the sandbox does not support a preset
 */
export function createView<T>(schema: Schema<T>, fields: FieldTree): View<T> {
  const names = expandNames(Object.keys(schema), fields).filter(name => schema[name]);
  const columns = names.map(name => {
    const { read, parts } = schema[name]!;
    return { name, read, view: parts && createView(parts, fields.get(name) ?? EVERYTHING) };
  });
  return (context, object) => {
    const answer: Record<string, unknown> = {};
    for (const { name, read, view } of columns) {
      const value = read(context, object);
      if (value === undefined) continue;
      if (!view) answer[name] = value;
      else if (Array.isArray(value)) answer[name] = value.map(part => view(context, part));
      else answer[name] = view(context, value);
    }
    return answer;
  };
}
