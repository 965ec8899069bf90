import type { GoDataContext } from '../context.js';
import type { PersonKind } from '../models.js';
import type { Rows } from '../store/collection.js';
import type { JsonObject, OutbreakRecord } from '../types.js';
import type { Filter } from './parse-filter.js';
import { whereToPredicate } from './where.js';

/** Keys of `where` that select people by their records, by kind (godata FACTS §3). */
const BY_KIND: Readonly<Record<string, readonly string[]>> = {
  case: ['relationship', 'labResult'],
  contact: ['relationship'],
};

/**
 * Removes `where.relationship` and `where.labResult` from a filter of people and finds the people
 * that they select: everybody in a relationship, or with a lab result, that matches (r175, r176).
 */
export function withRelated(
  { store }: GoDataContext,
  kind: PersonKind,
  outbreakId: string,
  filter: Filter,
): Filter {
  const { where } = filter;
  const names = (BY_KIND[kind.model] ?? []).filter(name => where[name] !== undefined);
  if (names.length === 0) return filter;
  const remaining = { ...where };
  const groups = names.map(name => {
    delete remaining[name];
    const query = where[name] as JsonObject;
    return name === 'relationship'
      ? peopleOf(store.relationships.rowsOf(outbreakId), query, ({ persons }) =>
          persons.map(({ id }) => id),
        )
      : peopleOf(store.labResults.rowsOf(outbreakId), query, ({ personId }) => [personId]);
  });
  const [first = new Set<string>(), ...others] = groups;
  const ids = [...first].filter(id => others.every(group => group.has(id)));
  return { ...filter, where: remaining, ids: new Set(ids) };
}

function peopleOf<T extends OutbreakRecord>(
  rows: Rows<T>,
  query: JsonObject,
  idsOf: (record: T) => readonly string[],
): Set<string> {
  const matches = whereToPredicate(query, false);
  const ids = new Set<string>();
  for (const record of rows.after()) {
    if (matches(record)) for (const id of idsOf(record)) ids.add(id);
  }
  return ids;
}
