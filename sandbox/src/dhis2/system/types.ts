/** The aggregate importer's system settings; all are off on a fresh server (dhis2 FACTS §0). */
export interface SystemSettings {
  dataImportStrictPeriods?: boolean;
  dataImportStrictDataElements?: boolean;
  dataImportStrictCategoryOptionCombos?: boolean;
  dataImportStrictAttributeOptionCombos?: boolean;
  dataImportStrictOrganisationUnits?: boolean;
  dataImportRequireCategoryOptionCombo?: boolean;
  dataImportRequireAttributeOptionCombo?: boolean;
  /** Since 2.43: take the first data set that fits when the payload names none. */
  dataEntryAutoGroup?: boolean;
  /** The most tracked entities that one answer holds (dhis2 FACTS §4.2). @default 50000 */
  KeyTrackedEntityMaxLimit?: number;
}

export interface SystemInfo {
  /** @default 'iso8601' */
  calendar?: string;
  /** IANA name. @default 'Etc/UTC' */
  serverTimeZoneId?: string;
  systemId?: string;
}

/** What real servers do by chance, one way or the other: a seed says which. */
export interface ServerChance {
  /**
   * Whether people with one unique value in one payload are all stored, as servers do that miss the
   * equal values (dhis2 LIVE 264); else they are refused with E1064. @default false
   */
  storesUniqueTwins?: boolean;
}
