/** The aggregate importer's system settings; all are off on a fresh server (dhis2 FACTS §0). */
export interface SystemSettings {
  dataImportStrictPeriods?: boolean;
  dataImportStrictDataElements?: boolean;
  dataImportStrictCategoryOptionCombos?: boolean;
  dataImportStrictAttributeOptionCombos?: boolean;
  dataImportStrictOrganisationUnits?: boolean;
  dataImportRequireCategoryOptionCombo?: boolean;
  dataImportRequireAttributeOptionCombo?: boolean;
  /** Since 2.43: use the first matching data set when the payload names none. */
  dataEntryAutoGroup?: boolean;
  /** The most tracked entities in one answer (dhis2 FACTS §4.2). @default 50000 */
  KeyTrackedEntityMaxLimit?: number;
}

export interface SystemInfo {
  /** @default 'iso8601' */
  calendar?: string;
  /** IANA name. @default 'Etc/UTC' */
  serverTimeZoneId?: string;
  systemId?: string;
}

/** Behaviour that varies by chance on real servers; a seed fixes it. */
export interface ServerChance {
  /**
   * Whether all people of one payload who share a unique value are stored, as on servers that miss
   * the equal values (dhis2 LIVE 264). Otherwise they are refused with E1064. @default false
   */
  storesUniqueTwins?: boolean;
}
