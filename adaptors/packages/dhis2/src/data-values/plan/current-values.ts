import { getOrCreate } from '#common/collections/get-or-create.js';
import { createListReader, type ListReader } from '#common/http/index.js';
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
 * dropped at once, while the answer arrives. Since 2.43 properties that all values share may be in
 * the header only.
 *
 * @returns the values, and the number of values in the answers
 */
export async function readCurrentValues(
  client: Dhis2Client,
  { account, dataSet, elements }: ReadTarget,
  slice: TimeSlice,
): Promise<{ values: StoredValue[]; received: number }> {
  const mapped = new Set(elements.map(({ element }) => element.id));
  const reduce = createReducer();
  const pick = (element: unknown) => {
    const value = element as StoredValue;
    return value.deleted || !mapped.has(value.dataElement) ? undefined : reduce(value);
  };
  const roots = account.captureRoots;
  const values: StoredValue[] = [];
  let received = 0;
  for (let i = 0; i < roots.length; i += ROOTS_A_REQUEST) {
    let reader: ListReader<StoredValue | undefined>;
    const { dataValues = [], ...header } = await client.get<
      Partial<StoredValue> & { dataValues?: StoredValue[] }
    >(
      '/dataValueSets',
      {
        dataSet: dataSet.id,
        ...('periods' in slice ? { period: slice.periods } : slice),
        orgUnit: roots.slice(i, i + ROOTS_A_REQUEST),
        children: true,
      },
      {},
      limit => {
        reader = createListReader(pick, limit, 'dataValues');
        return reader;
      },
    );
    const picked = reader!.pickRest(dataValues);
    received += picked.length;
    for (const value of picked) {
      if (value === undefined) continue;
      value.period ??= header.period!;
      value.orgUnit ??= header.orgUnit!;
      value.categoryOptionCombo ??= header.categoryOptionCombo!;
      value.attributeOptionCombo ??= header.attributeOptionCombo!;
      values.push(value);
    }
  }
  return { values, received };
}

/** Keeps what is needed of a value, and one copy of each text: most are in hundreds of values. */
function createReducer(): (value: StoredValue) => StoredValue {
  const texts = new Map<string, string>();
  const shared = <T>(text: T): T =>
    typeof text === 'string' ? (getOrCreate(texts, text, () => text) as T) : text;
  return value => ({
    dataElement: shared(value.dataElement),
    period: shared(value.period),
    orgUnit: shared(value.orgUnit),
    categoryOptionCombo: shared(value.categoryOptionCombo),
    attributeOptionCombo: shared(value.attributeOptionCombo),
    value: value.value,
    comment: shared(value.comment),
    followup: value.followup,
    storedBy: shared(value.storedBy),
  });
}
