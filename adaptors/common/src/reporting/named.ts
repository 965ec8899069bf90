import { MAX_NEAREST, nearest } from './nearest.js';

/** An object of a server that a mapping can name by id, by code or by its exact name. */
export interface Named {
  id: string;
  code?: string | null;
  name?: string;
}

/** The object that a word names, or what it may name. */
export interface Choice<T> {
  found?: T;
  /** Empty unless the word names several objects; a run must refuse it then. */
  candidates: T[];
}

/**
 * Finds the object that a word of a mapping names. An id is tried before a code, and a code before
 * a name.
 */
export function chooseNamed<T extends Named>(word: string, objects: readonly T[]): Choice<T> {
  for (const property of ['id', 'code', 'name'] as const) {
    const matches = objects.filter(object => object[property] === word);
    if (matches.length === 1) return { found: matches[0]!, candidates: [] };
    if (matches.length > 1) return { candidates: matches };
  }
  return { candidates: [] };
}

/** An object as a message names it: `Outbreak report (OUTBREAK_WEEKLY, oZg33kd9taw)`. */
export function describeNamed({ id, code, name }: Named): string {
  if (!name) return code ? `${code} (${id})` : id;
  return `${name} (${code ? `${code}, ` : ''}${id})`;
}

/**
 * The objects that exist, nearest names first, for a message about one that does not.
 *
 * @param who what the sentence begins with: `It sees`
 * @param what the kind of object in the singular: `data set`
 * @returns `It sees: A (CODE, id); B (id); 3 more.` or `It sees no data set at all.`
 */
export function listNearest(
  word: string,
  objects: readonly Named[],
  who: string,
  what: string,
): string {
  if (objects.length === 0) return `${who} no ${what} at all.`;
  const near = nearest(word, objects, ({ id, code, name }) => [id, code ?? '', name ?? '']);
  return `${who}: ${listed(near, objects.length)}.`;
}

/** The objects that an ambiguous word may mean, for a message: `A (id1); A (id2)`. */
export function listCandidates(objects: readonly Named[]): string {
  return listed(objects.slice(0, MAX_NEAREST), objects.length);
}

function listed(shown: readonly Named[], total: number): string {
  const more = total - shown.length;
  return [...shown.map(describeNamed), ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

/** Names that a message about one of many objects lists. */
const FEW = 3;

/**
 * The few objects that are most like a word, for a message about one of many objects that do not
 * exist.
 *
 * @returns `The nearest: "A" (CODE, id), "B" (id).` or `There is none.`
 */
export function nameNearest(word: string, objects: readonly Named[]): string {
  const near = nearest(word, objects, ({ id, code, name }) => [id, code ?? '', name ?? '']);
  return near.length > 0 ? `The nearest: ${quoteNamed(near.slice(0, FEW))}.` : 'There is none.';
}

/** Objects as a sentence names them: `"A" (CODE, id), "B" (id)`. */
export function quoteNamed(objects: readonly Named[]): string {
  return objects
    .map(({ id, code, name = id }) => `"${name}" (${code ? `${code}, ` : ''}${id})`)
    .join(', ');
}
