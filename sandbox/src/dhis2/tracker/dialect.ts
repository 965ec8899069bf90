/**
 * How the reading side of Tracker differs by version, as data: dhis2 FACTS §4.2, and what those do
 * not have (order without one, what a list needs, pages without paging) from the server's source,
 * its request parameter mappers and tracked entity stores.
 */
export interface TrackerDialect {
  /** The key of a list: `instances` for every kind, or the kind's own name. */
  listKey: 'instances' | 'own';
  /** Whether a page tells where it stands in the answer itself, in a `pager`, or in both. */
  pager: 'flat' | 'both' | 'nested';
  /** Statuses of a request that makes no sense, and of one for what the user must not see. */
  refusals: { bad: 400 | 409; forbidden: 403 | 409 };
  /** Whether a list without org units and mode is all that the user can reach, not an error. */
  hasDefaultScope: boolean;
  /** Whether a mode that chooses org units itself can be combined with org units. */
  allowsOrgUnitsWithAnyMode: boolean;
  /** Whether ids are checked to have the form of a UID. */
  checksUids: boolean;
  /** Whether a list of tracked entities needs a program, a type or ids. */
  needsSelection: boolean;
  /** Whether lists of enrollments and events need a program. */
  needsProgram: boolean;
  /** Whether pages of tracked entities above the system's limit are refused. */
  limitsPageSize: boolean;
  /** Whether parameters of a page are refused beside `paging=false`. */
  refusesPageWithoutPaging: boolean;
  /** Whether lists begin with the newest object when no order is asked for. */
  isNewestFirst: boolean;
  hasStoredBy: boolean;
}

/** The dialect of a minor version. */
export function createTrackerDialect(minor: number): TrackerDialect {
  return {
    listKey: minor <= 40 ? 'instances' : 'own',
    pager: minor <= 40 ? 'flat' : minor === 41 ? 'both' : 'nested',
    refusals: minor <= 40 ? { bad: 409, forbidden: 409 } : { bad: 400, forbidden: 403 },
    hasDefaultScope: minor >= 41,
    allowsOrgUnitsWithAnyMode: minor <= 40,
    checksUids: minor >= 41,
    needsSelection: minor >= 42,
    needsProgram: minor >= 43,
    limitsPageSize: minor >= 42,
    refusesPageWithoutPaging: minor >= 42,
    isNewestFirst: minor >= 41,
    hasStoredBy: minor <= 43,
  };
}
