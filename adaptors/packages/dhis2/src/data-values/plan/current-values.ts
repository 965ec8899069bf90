import type { Dhis2Client } from '../../client/client.js';
import type { Target } from '../mapping/target.js';
import type { TimeSlice } from './time-slice.js';

/** A data value as DHIS2 returns it (dhis2 FACTS §1.9). */
export interface StoredValue {
  dataElement: string;
  period: string;
  orgUnit: string;
  categoryOptionCombo: string;
  attributeOptionCombo: string;
  value?: string;
  comment?: string;
  followup?: boolean;
  storedBy?: string;
  deleted?: boolean;
}

/** What must be known to read the values of some data elements. */
export interface ReadTarget extends Pick<Target, 'account' | 'cellsAPlace'> {
  dataSet: { id: string; organisationUnits: readonly unknown[] };
  elements: readonly { element: { id: string } }[];
}

/** Org units in one request. Their ids stay far below the maximum length of a URL. */
const ROOTS_A_REQUEST = 100;

/**
 * Reads the values of the report's data elements in a slice of time, in all org units where the
 * account enters data. DHIS2 returns only whole data sets, so values of other data elements are
 * dropped at once. Since 2.43 properties that all values share may be in the header only.
 *
 * @returns the values, and the number of values in the answers
 */
export async function readCurrentValues(
  client: Dhis2Client,
  { account, dataSet, elements }: ReadTarget,
  slice: TimeSlice,
): Promise<{ values: StoredValue[]; received: number }> {
  const mapped = new Set(elements.map(({ element }) => element.id));
  const roots = account.captureRoots;
  const values: StoredValue[] = [];
  let received = 0;
  for (let i = 0; i < roots.length; i += ROOTS_A_REQUEST) {
    const { dataValues = [], ...header } = await client.get<
      Partial<StoredValue> & { dataValues?: StoredValue[] }
    >('/dataValueSets', {
      dataSet: dataSet.id,
      ...('periods' in slice ? { period: slice.periods } : slice),
      orgUnit: roots.slice(i, i + ROOTS_A_REQUEST),
      children: true,
    });
    received += dataValues.length;
    for (const value of dataValues) {
      if (value.deleted || !mapped.has(value.dataElement)) continue;
      const isWhole = value.period && value.orgUnit && value.attributeOptionCombo;
      values.push(isWhole ? value : { ...header, ...value });
    }
  }
  return { values, received };
}
