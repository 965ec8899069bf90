import type { AttributePart } from '../check/metadata.js';
import type { GivenPath } from './decide-paths.js';

/** An attribute value to send; null removes it. */
export interface SentAttribute {
  attribute: string;
  value: string | null;
}

export function toAttributes(given: readonly Pick<GivenPath, 'path' | 'text'>[]): SentAttribute[] {
  return given.map(({ path, text }) => ({ attribute: path, value: text }));
}

/**
 * Mandatory values that are sent again, as they are or as they become: up to 2.40 DHIS2 refuses an
 * update without them (dhis2 FACTS §4.1).
 *
 * @param parts of what is updated
 * @param written all places that are written
 * @param except attributes that are sent anyway
 */
export function repeatedAttributes(
  parts: readonly AttributePart[],
  written: readonly GivenPath[],
  stored: ReadonlyMap<string, string>,
  except: ReadonlySet<string> = new Set(written.map(({ path }) => path)),
): SentAttribute[] {
  const after = new Map<string, string | null>(stored);
  for (const { path, text } of written) after.set(path, text);
  return parts
    .filter(({ mandatory, trackedEntityAttribute: { id } }) => mandatory && !except.has(id))
    .map(({ trackedEntityAttribute: { id } }) => ({ attribute: id, value: after.get(id) ?? null }))
    .filter(({ value }) => value !== null && value !== '');
}

/** Attributes whose values DHIS2 generates for a tracked entity that has none (dhis2 FACTS §4.1). */
export function generatedAttributes(
  parts: readonly AttributePart[],
  written: readonly Pick<GivenPath, 'path' | 'text'>[],
  stored: ReadonlyMap<string, string>,
): string[] {
  const given = new Set(written.filter(({ text }) => text !== null).map(({ path }) => path));
  return parts
    .filter(({ trackedEntityAttribute: { id, generated } }) => {
      return generated && !given.has(id) && !stored.get(id);
    })
    .map(({ trackedEntityAttribute: { id } }) => id);
}
