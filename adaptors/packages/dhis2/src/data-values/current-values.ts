import type { Dhis2Client } from '../client.js';
import type { TimeSlice } from './scope.js';

/** A data value as the server gives it (dhis2 FACTS §1.9). */
export interface StoredValue {
  dataElement: string;
  period: string;
  orgUnit: string;
  categoryOptionCombo: string;
  attributeOptionCombo: string;
  value?: string;
  comment?: string;
  storedBy?: string;
  deleted?: boolean;
}

/** Org units a request: their ids stay far below the length of an address. */
const ROOTS_A_REQUEST = 100;

/**
 * Reads the values of a data set in a slice of time, in the given org units and all below them.
 * Since 2.43 what all values share may stand in the header alone.
 */
export async function readCurrentValues(
  client: Dhis2Client,
  dataSetId: string,
  roots: readonly string[],
  slice: TimeSlice,
): Promise<StoredValue[]> {
  const values: StoredValue[] = [];
  for (let i = 0; i < roots.length; i += ROOTS_A_REQUEST) {
    const { dataValues = [], ...header } = await client.get<
      Partial<StoredValue> & { dataValues?: StoredValue[] }
    >('/dataValueSets', {
      dataSet: dataSetId,
      ...('periods' in slice ? { period: slice.periods } : slice),
      orgUnit: roots.slice(i, i + ROOTS_A_REQUEST),
      children: true,
    });
    // A loop: a spread of 100,000 arguments overflows the stack.
    for (const value of dataValues) {
      if (!value.deleted)
        values.push(
          value.period && value.orgUnit && value.attributeOptionCombo
            ? value
            : { ...header, ...value },
        );
    }
  }
  return values;
}
