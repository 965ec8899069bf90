import type { PayloadValue } from '../payload.js';

/** A stored value, with the id of its attribute or data element. */
type Stored<N extends string> = Record<N, string> & { value: string; storedBy?: string };

/**
 * Merges the values of a payload into the existing ones. A value that is empty in the payload is
 * removed; values that the payload does not name are kept (dhis2 FACTS §4.1).
 *
 * @param name of the property with the id of the attribute or data element
 */
export function mergeValues<N extends 'attribute' | 'dataElement', S extends Stored<N>>(
  name: N,
  before: readonly S[] = [],
  payload: readonly PayloadValue[],
): (S | Stored<N>)[] {
  const merged = new Map<string, S | Stored<N>>(before.map(one => [one[name], one]));
  for (const { id, value, storedBy, providedElsewhere } of payload) {
    if (id === undefined) continue;
    // A blank value of a data element is silently ignored (dhis2 LIVE 221).
    if (value === undefined || (name === 'dataElement' && value.trim() === '')) {
      merged.delete(id);
      continue;
    }
    const own = name === 'dataElement' ? { providedElsewhere } : {};
    merged.set(id, { [name]: id, value, storedBy, ...own } as unknown as Stored<N>);
  }
  return [...merged.values()];
}
