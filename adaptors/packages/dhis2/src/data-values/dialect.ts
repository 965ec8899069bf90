import type { DataElement } from '../client/metadata/metadata.js';

/** What differs between the two aggregate importers (dhis2 FACTS §0). */
export interface ImportDialect {
  /** Whether a zero of this data element is kept; if not, an absent value means the same. */
  keepsZero(element: DataElement): boolean;
}

/** Averages count their zeros, whatever zeroIsSignificant says (FACTS §0, importer up to 2.42). */
const AVERAGES = new Set(['AVERAGE', 'AVERAGE_SUM_ORG_UNIT']);

const UP_TO_2_42: ImportDialect = {
  keepsZero: ({ zeroIsSignificant, aggregationType }) =>
    zeroIsSignificant || AVERAGES.has(aggregationType),
};

const SINCE_2_43: ImportDialect = {
  keepsZero: () => true,
};

/** @param minor the number behind "2." in the server's version */
export function importDialect(minor: number): ImportDialect {
  return minor >= 43 ? SINCE_2_43 : UP_TO_2_42;
}
