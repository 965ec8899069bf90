import { chooseNamed, type Named } from '#common/reporting/named.js';

/** Types of metadata, with the properties that this adaptor reads (dhis2 FACTS §5). */

export type { Named } from '#common/reporting/named.js';

export interface OrgUnit extends Named {
  /** Ids from the root down to this org unit: `/root/.../self`. */
  path: string;
  openingDate?: string;
  closedDate?: string;
}

export interface CategoryOption extends Named {
  access?: { data?: { write?: boolean } };
}

export interface CategoryCombo {
  id: string;
  name?: string;
  isDefault?: boolean;
  categories: (Named & { categoryOptions: CategoryOption[] })[];
  categoryOptionCombos: { id: string; name?: string; categoryOptions: { id: string }[] }[];
}

export interface DataElement extends Named {
  valueType: string;
  aggregationType: string;
  zeroIsSignificant: boolean;
  categoryCombo: { id: string };
}

export interface DataSet extends Named {
  periodType: string;
  openFuturePeriods?: number;
  expiryDays?: number;
  categoryCombo: { id: string };
  dataInputPeriods?: { period: { id: string }; openingDate?: string; closingDate?: string }[];
  dataSetElements: { dataElement: DataElement; categoryCombo?: { id: string } }[];
  organisationUnits: { id: string }[];
  access?: { data?: { write?: boolean } };
}

/** Finds the object that a mapping names. Returns `several` when more than one matches. */
export function findNamed<T extends Named>(
  word: string,
  objects: readonly T[],
): T | 'none' | 'several' {
  const { found, candidates } = chooseNamed(word, objects);
  return found ?? (candidates.length > 0 ? 'several' : 'none');
}
