import type { DataElement } from '../../client/metadata/metadata.js';
import type { ImportDialect } from '../dialect.js';
import type { StoredValue } from '../plan/current-values.js';

/** The ids of a data value. */
export interface CellId {
  orgUnit: string;
  period: string;
  dataElement: string;
  categoryOptionCombo: string;
  attributeOptionCombo: string;
}

/** The ids in the id of an undo row, and its data set. */
export function readCellId(id: string): CellId & { dataSet: string } {
  const [orgUnit, period, dataElement, categoryOptionCombo, attributeOptionCombo, dataSet] =
    id.split('/') as [string, string, string, string, string, string];
  return { orgUnit, period, dataElement, categoryOptionCombo, attributeOptionCombo, dataSet };
}

/** One key for each data value. */
export function cellKey(cell: CellId): string {
  const { orgUnit, period, dataElement, categoryOptionCombo, attributeOptionCombo } = cell;
  return [orgUnit, period, dataElement, categoryOptionCombo, attributeOptionCombo].join('/');
}

/** The value that DHIS2 has; null if it has none, or only a comment. */
export function storedText(stored: Pick<StoredValue, 'value'> | undefined): string | null {
  return stored?.value?.trim() ? stored.value : null;
}

/** Compares values of a data element: numbers by what they say, and a zero that is not kept as none. */
export function createComparison(
  element: DataElement,
  dialect: ImportDialect,
): (a: string | null, b: string | null) => boolean {
  const plain = (text: string | null): string | number | null => {
    const value = text === null || text.trim() === '' ? null : text.trim();
    const number = Number(value);
    if (value === null || !Number.isFinite(number)) return value;
    return number === 0 && !dialect.keepsZero(element) ? null : number;
  };
  return (a, b) => plain(a) === plain(b);
}
