/** The key of a data value (dhis2 FACTS §1.5). */
export interface DataValueKey {
  dataElement: string;
  period: string;
  orgUnit: string;
  categoryOptionCombo: string;
  attributeOptionCombo: string;
}

export interface DataValue extends DataValueKey {
  value?: string;
  comment?: string;
  /** Absent if nobody has set it, since 2.43 (recording 382). */
  followup?: boolean;
  /** Soft-deleted: kept, but exported only with `includeDeleted`. */
  deleted: boolean;
  storedBy: string;
  /** ISO 8601 instants. */
  created: string;
  lastUpdated: string;
}

export interface CompleteRegistration {
  dataSet: string;
  period: string;
  organisationUnit: string;
  attributeOptionCombo: string;
  /** Day of completion, `yyyy-MM-dd`. */
  date: string;
  storedBy: string;
  completed: boolean;
}
