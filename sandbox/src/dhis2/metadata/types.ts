import type { DataShared, MetadataObject, Ref } from './object-types.js';

/** A metadata attribute: a property that a country adds to some kinds of objects. */
export interface MetadataAttribute extends MetadataObject {
  shortName?: string;
  valueType: string;
  /** Whether no two objects of a kind may have the same value (E4009). */
  unique?: boolean;
  mandatory?: boolean;
  organisationUnitAttribute?: boolean;
  dataElementAttribute?: boolean;
}

/** The name of a level of the org unit tree; 1 is the top. */
export interface OrgUnitLevel extends MetadataObject {
  level: number;
}

export interface OrgUnit extends MetadataObject {
  shortName?: string;
  parent?: Ref;
  /** First day of operation, `yyyy-MM-dd`. */
  openingDate?: string;
  /** Last day of operation, `yyyy-MM-dd`. */
  closedDate?: string;
  geometry?: unknown;
}

export interface CategoryOption extends DataShared {
  shortName?: string;
}

export interface Category extends MetadataObject {
  shortName?: string;
  categoryOptions: Ref[];
  dataDimensionType?: string;
}

export interface CategoryCombo extends MetadataObject {
  categories: Ref[];
  dataDimensionType?: string;
}

export interface CategoryOptionCombo extends MetadataObject {
  categoryCombo: Ref;
  categoryOptions: Ref[];
}

export interface Option extends MetadataObject {
  code: string;
  optionSet: Ref;
  /** Position in the option set, from 0 (recording 034). */
  sortOrder?: number;
}

export interface OptionSet extends MetadataObject {
  valueType?: string;
  /**
   * The options in order, as an abbreviation: a store keeps them in the collection `options`,
   * together with the options that refer to this set.
   */
  options?: Omit<Option, 'optionSet'>[];
}

export interface DataElement extends MetadataObject {
  shortName?: string;
  valueType: string;
  aggregationType: string;
  domainType?: string;
  zeroIsSignificant: boolean;
  categoryCombo: Ref;
  optionSet?: Ref;
}

export interface DataSetElement {
  dataElement: Ref;
  /** Overrides the data element's own combo in this data set (dhis2 FACTS §5). */
  categoryCombo?: Ref;
}

export interface DataInputPeriod {
  period: Ref;
  /** First and last instant of data entry; absent: no limit. */
  openingDate?: string;
  closingDate?: string;
}

export interface DataSet extends DataShared {
  shortName?: string;
  periodType: string;
  categoryCombo: Ref;
  dataSetElements: DataSetElement[];
  organisationUnits: Ref[];
  /** 0: the current, unfinished period is closed (dhis2 FACTS §1.4). */
  openFuturePeriods: number;
  /** Days after the end of a period during which it is still open; 0: always. */
  expiryDays: number;
  openPeriodsAfterCoEndDate?: number;
  timelyDays?: number;
  dataInputPeriods?: DataInputPeriod[];
}
