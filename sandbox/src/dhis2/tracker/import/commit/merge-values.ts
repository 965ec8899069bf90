import type { PayloadValue } from '../payload.js';

/** A value as it is stored, by the name of what it is of. */
type Stored<N extends string> = Record<N, string> & { value: string; storedBy?: string };

/**
 * Values with those of a payload in place of the ones before; one without a value is removed, and
 * what the payload does not name stays (dhis2 FACTS §4.1).
 *
 * @param name of the property that tells what a value is of
 */
export function mergeValues<N extends 'attribute' | 'dataElement', S extends Stored<N>>(
  name: N,
  before: readonly S[] = [],
  payload: readonly PayloadValue[],
): (S | Stored<N>)[] {
  const merged = new Map<string, S | Stored<N>>(before.map(one => [one[name], one]));
  for (const { id, value, storedBy, providedElsewhere } of payload) {
    if (id === undefined) continue;
    // A blank value of a data element is none, without a word (dhis2 LIVE 221).
    if (value === undefined || (name === 'dataElement' && value.trim() === '')) {
      merged.delete(id);
      continue;
    }
    const own = name === 'dataElement' ? { providedElsewhere } : {};
    merged.set(id, { [name]: id, value, storedBy, ...own } as unknown as Stored<N>);
  }
  return [...merged.values()];
}
