import type { CollectionName } from '../metadata/collections.js';
import type { DataValue, DataValueKey } from './types.js';

/** The data values of a server, by key, with an index by org unit for exports. */
export class DataValueTable {
  private readonly byOrgUnit = new Map<string, Map<string, DataValue>>();
  private readonly periods = new Set<string>();

  constructor(values: readonly DataValue[]) {
    for (const value of values) this.set(value);
  }

  /** All values, soft-deleted ones included. */
  list(): DataValue[] {
    return [...this.byOrgUnit.values()].flatMap(values => [...values.values()]);
  }

  /** All values of this org unit alone, soft-deleted ones included. */
  listOfOrgUnit(orgUnit: string): Iterable<DataValue> {
    return this.byOrgUnit.get(orgUnit)?.values() ?? [];
  }

  /** Whether any value belongs to an org unit or a data element, soft-deleted values included. */
  refersTo(collection: CollectionName, id: string): boolean {
    if (collection === 'organisationUnits') return (this.byOrgUnit.get(id)?.size ?? 0) > 0;
    if (collection !== 'dataElements') return false;
    return this.list().some(({ dataElement }) => dataElement === id);
  }

  /** Whether a value of a period was ever stored. */
  knowsPeriod(period: string): boolean {
    return this.periods.has(period);
  }

  get(key: DataValueKey): DataValue | undefined {
    return this.byOrgUnit.get(key.orgUnit)?.get(keyText(key));
  }

  /** Stores a copy of a value, and replaces the one with its key. */
  set(value: DataValue): void {
    let values = this.byOrgUnit.get(value.orgUnit);
    if (!values) {
      values = new Map();
      this.byOrgUnit.set(value.orgUnit, values);
    }
    values.set(keyText(value), Object.freeze({ ...value }));
    this.periods.add(value.period);
  }

  /** Removes a value completely, which no request to DHIS2 does; returns whether it existed. */
  delete(key: DataValueKey): boolean {
    return this.byOrgUnit.get(key.orgUnit)?.delete(keyText(key)) ?? false;
  }
}

/** A key as one string, for use in a Map. */
export function keyText(key: DataValueKey): string {
  const { dataElement, period, orgUnit, categoryOptionCombo, attributeOptionCombo } = key;
  return `${dataElement}/${period}/${orgUnit}/${categoryOptionCombo}/${attributeOptionCombo}`;
}
