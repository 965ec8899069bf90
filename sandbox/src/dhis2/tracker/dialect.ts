import type { ServerVersion } from '../versions/version.js';
import { createReadDialect, type ReadDialect } from './read/dialect.js';
import type { TrackerKind } from './types.js';

/**
 * How Tracker differs by version, as data: dhis2 FACTS §4, and what those do not have (order without
 * one, what a list needs, pages without paging; mandatory values, statuses without values) from the
 * server's source, its request parameter mappers, tracked entity stores and import validators.
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
  /** Whether single events name the enrollment that all of their program share (recording 312). */
  hasPlaceholderEnrollments: boolean;
  /** How reading differs. */
  read: ReadDialect;
  /** How an import differs (dhis2 FACTS §4.1). */
  import: ImportDialect;
}

export interface ImportDialect {
  /** The strategy of a request that names none. */
  strategy: 'CREATE' | 'CREATE_AND_UPDATE';
  /** Whether what is no UID is a payload that cannot be read, not an object that is wrong (E1048). */
  readsUids: boolean;
  /**
   * Whether values that are stored, and those of the tracked entity in the same payload, count as
   * given (E1018, E1090, E1303). Until then an update had to repeat every mandatory value, and an
   * enrollment those of its tracked entity.
   */
  countsKnownValues: boolean;
  /** Whether attributes of a wrong type have an error of their own, E1085, beside E1007. */
  hasTypeErrors: boolean;
  /** Whether events that have not happened are refused data values (E1315, E1316). */
  checksStatuses: boolean;
  /** Whether a day of completion is refused for what is not completed (E1051, E1052). */
  checksCompletion: boolean;
  /** Whether an event of an enrolling program has to name its enrollment (E1123, else E1033). */
  requiresEnrollments: boolean;
  /** Whether an event without an enrollment is also one of nobody: E1313 beside E1033. */
  missesPersonOfNoEnrollment: boolean;
  /** Whether single events have statuses that they cannot have (E1318; dhis2 LIVE 219). */
  checksSingleStatus: boolean;
  /** Whether the stored day of completion tells when an event can no longer be changed (E1043). */
  countsStoredCompletion: boolean;
  /** Whether a tracked entity beyond the search scope has E1105 as its error, not E1003. */
  namesSearchScope: boolean;
  /** Whether changing a tracked entity needs a program that the user owns it in (E1323, E1324). */
  asksForOwnership: boolean;
  /** Whether superusers register tracked entities beyond where they capture data. */
  exemptsSuperusers: boolean;
  /** Whether what is wrong with a tracked entity is told as a list (dhis2 LIVE 236). */
  listsArguments: boolean;
  /** Statuses of events with data values, in the order in which a message names them. */
  statusesWithValues: readonly string[];
  /**
   * Whether all objects of a kind that are not written count as ignored in it, or only those with an
   * error of their own (recordings 242, 243).
   */
  countsLeftOut: boolean;
  /** Kinds of which one object may be in a payload twice; of others no recording shows it. */
  readsTwice: readonly TrackerKind[];
  /** Whether such a payload fails when it is written; else both count and the last one stays. */
  failsForObjectTwice: boolean;
  /** Whether an attribute twice in an object fails (recording 187), or its last value stays. */
  failsForAttributeTwice: boolean;
  /** Whether the right to write relationships is checked (E4020). */
  checksRelationshipAccess: boolean;
  /**
   * Whether rules see the stored values of an event, and the attributes of a person whom the payload
   * does not name (the server's source of August 2026; dhis2 LIVE 200 for those before).
   */
  rulesSeeStoredValues: boolean;
  /** What reports have: their bundle's status, places in the payload, arguments of errors. */
  report: { status: boolean; index: boolean; args: boolean };
}

/** The dialect of a version. */
export function createTrackerDialect(server: ServerVersion): TrackerDialect {
  const { minor } = server;
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
    hasPlaceholderEnrollments: minor <= 42,
    read: createReadDialect(server),
    import: {
      strategy: minor <= 39 ? 'CREATE' : 'CREATE_AND_UPDATE',
      readsUids: minor >= 42,
      // Pull requests 18035 and 18068 of dhis2-core; the sandbox's 2.39 and 2.40 are older.
      countsKnownValues: minor >= 41,
      // As far as errorcodes.csv has the codes of the version.
      hasTypeErrors: minor <= 40,
      checksStatuses: minor >= 40,
      checksCompletion: minor >= 42,
      requiresEnrollments: minor >= 43,
      missesPersonOfNoEnrollment: minor <= 41,
      checksSingleStatus: minor >= 43,
      countsStoredCompletion: minor >= 43,
      namesSearchScope: minor >= 44,
      asksForOwnership: minor === 43,
      exemptsSuperusers: minor >= 43,
      listsArguments: minor === 43,
      // From Java's sets, which keep no order: as recording 234 shows them.
      statusesWithValues:
        minor <= 42 ? ['COMPLETED', 'VISITED', 'ACTIVE'] : ['VISITED', 'ACTIVE', 'COMPLETED'],
      countsLeftOut: minor <= 42,
      readsTwice: minor <= 42 ? ['trackedEntities', 'events'] : ['trackedEntities'],
      failsForObjectTwice: minor >= 43,
      failsForAttributeTwice: minor <= 42,
      checksRelationshipAccess: minor >= 40,
      rulesSeeStoredValues: minor >= 44,
      report: { status: minor <= 39, index: minor <= 40, args: minor >= 42 },
    },
  };
}
