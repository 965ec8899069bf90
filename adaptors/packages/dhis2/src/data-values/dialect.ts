import type { DataElement } from '../client/metadata/metadata.js';

/** Differences between the two importers of data values (dhis2 FACTS §0). */
export interface ImportDialect {
  /** Whether DHIS2 keeps a zero of this data element. If not, a missing value means zero. */
  keepsZero(element: DataElement): boolean;
}

/** Averages always keep their zeros, whatever zeroIsSignificant says (FACTS §0, importer up to 2.42). */
const AVERAGES = new Set(['AVERAGE', 'AVERAGE_SUM_ORG_UNIT']);

const UP_TO_2_42: ImportDialect = {
  keepsZero: ({ zeroIsSignificant, aggregationType }) =>
    zeroIsSignificant || AVERAGES.has(aggregationType),
};

const SINCE_2_43: ImportDialect = {
  keepsZero: () => true,
};

/** @param minor the number after "2." in the server's version */
export function importDialect(minor: number): ImportDialect {
  return minor >= 43 ? SINCE_2_43 : UP_TO_2_42;
}
