import type { ServerVersion } from '../versions/version.js';
import { createReadDialect, type ReadDialect } from './read/dialect.js';
import type { TrackerKind } from './types.js';

/**
 * How Tracker differs by version, as data: dhis2 FACTS §4. Other facts (the default order, what a
 * list requires, pages without paging, mandatory values, statuses without values) are from the
 * server's source: its request parameter mappers, tracked entity stores and import validators.
 */
export interface TrackerDialect {
  /** The key of a list: `instances` for every kind, or the kind's own name. */
  listKey: 'instances' | 'own';
  /** Whether the answer has the position of a page at its top level, in a `pager`, or in both. */
  pager: 'flat' | 'both' | 'nested';
  /** Statuses of an invalid request, and of a request for data that the user may not read. */
  refusals: { bad: 400 | 409; forbidden: 403 | 409 };
  /**
   * Whether a list without org units and mode has everything that the user can read; otherwise it
   * is an error.
   */
  hasDefaultScope: boolean;
  /** Whether a mode that chooses org units itself can be combined with org units. */
  allowsOrgUnitsWithAnyMode: boolean;
  /** Whether the form of UIDs is checked. */
  checksUids: boolean;
  /** Whether a list of tracked entities requires a program, a type or ids. */
  needsSelection: boolean;
  /** Whether lists of enrollments and events require a program. */
  needsProgram: boolean;
  /** Whether pages of tracked entities above the system's limit are refused. */
  limitsPageSize: boolean;
  /** Whether paging parameters are refused together with `paging=false`. */
  refusesPageWithoutPaging: boolean;
  /** Whether lists begin with the newest object by default. */
  isNewestFirst: boolean;
  hasStoredBy: boolean;
  /**
   * Whether single events name the one enrollment of all single events in their program (recording
   * 312).
   */
  hasPlaceholderEnrollments: boolean;
  /** How reading differs. */
  read: ReadDialect;
  /** How an import differs (dhis2 FACTS §4.1). */
  import: ImportDialect;
}

export interface ImportDialect {
  /** The strategy of a request that names none. */
  strategy: 'CREATE' | 'CREATE_AND_UPDATE';
  /**
   * Whether a string that is not a UID makes the payload unreadable; otherwise the object has an
   * error (E1048).
   */
  readsUids: boolean;
  /**
   * Whether stored values, and those of the tracked entity in the same payload, count as given
   * (E1018, E1090, E1303). Older versions require every mandatory value in an update, and in an
   * enrollment those of its tracked entity.
   */
  countsKnownValues: boolean;
  /** Whether attributes of a wrong type have an error of their own, E1085, in addition to E1007. */
  hasTypeErrors: boolean;
  /** Whether data values are refused for events that have not happened (E1315, E1316). */
  checksStatuses: boolean;
  /** Whether a completion date is refused for an object that is not completed (E1051, E1052). */
  checksCompletion: boolean;
  /**
   * Whether an event of a program with registration must name its enrollment (E1123, otherwise
   * E1033).
   */
  requiresEnrollments: boolean;
  /**
   * Whether an event without an enrollment also lacks a tracked entity: E1313 in addition to E1033.
   */
  missesPersonOfNoEnrollment: boolean;
  /** Whether some statuses are refused for single events (E1318; dhis2 LIVE 219). */
  checksSingleStatus: boolean;
  /** Whether the stored completion date decides when an event can no longer be changed (E1043). */
  countsStoredCompletion: boolean;
  /** Whether the error of a tracked entity outside the search scope is E1105, not E1003. */
  namesSearchScope: boolean;
  /**
   * Whether changing a tracked entity requires a program in which the user has ownership of it
   * (E1323, E1324).
   */
  asksForOwnership: boolean;
  /** Whether superusers may register tracked entities outside their capture scope. */
  exemptsSuperusers: boolean;
  /** Whether the errors of a tracked entity are written as a list (dhis2 LIVE 236). */
  listsArguments: boolean;
  /** Statuses of events with data values, in the order of the message. */
  statusesWithValues: readonly string[];
  /**
   * Whether all objects of a kind that are not written count as ignored in it, or only those with
   * an error of their own (recordings 242, 243).
   */
  countsLeftOut: boolean;
  /** Kinds whose objects may be in a payload twice; no recording shows it for other kinds. */
  readsTwice: readonly TrackerKind[];
  /**
   * Whether such a payload fails when it is written; otherwise both objects count and the last one
   * is stored.
   */
  failsForObjectTwice: boolean;
  /**
   * Whether an attribute that an object has twice fails (recording 187), or its last value is
   * stored.
   */
  failsForAttributeTwice: boolean;
  /** Whether the right to write relationships is checked (E4020). */
  checksRelationshipAccess: boolean;
  /**
   * Whether rules see the stored values of an event, and the attributes of a tracked entity that
   * the payload does not contain (the server's source of August 2026; dhis2 LIVE 200 for earlier
   * versions).
   */
  rulesSeeStoredValues: boolean;
  /** The parts of reports: the bundle's status, positions in the payload, arguments of errors. */
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
      // If errorcodes.csv has the codes of the version.
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
      // From Java's sets, which have no order: as in recording 234.
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
