import { createTrackerDialect, type TrackerDialect } from '../tracker/dialect.js';
import { hasChange, parseServerVersion } from './version.js';

/** How servers differ by version, as data: nothing else in the sandbox asks for a version. */
export interface Dialect {
  /** As `/api/system/info` reports it: `2.42.5`. */
  version: string;
  minor: number;
  /**
   * The aggregate importer: `per-value` ignores what is wrong and stores the rest; `group`, since
   * 2.43, rejects a whole data set's values for one that does not fit (dhis2 FACTS §0).
   */
  importer: 'per-value' | 'group';
  /** HTTP status and message of an import that ends with status WARNING (dhis2 FACTS §0). */
  warning: { httpStatus: 200 | 409; message: string };
  /** Whether a summary lists `rejectedIndexes` (dhis2 FACTS §1.3). */
  hasRejectedIndexes: boolean;
  /** Whether a value that equals the stored one counts as ignored, not updated (dhis2 FACTS §0). */
  ignoresUnchanged: boolean;
  /** Whether `/api/37` and below answer an import without the envelope (dhis2 FACTS §1.3). */
  hasPlainResponses: boolean;
  /** What the server calls the record of changes of data values (recording 426). */
  valueHistory: 'DataValueAudit' | 'DataValueChangelog';
  /** Where the login page is (recording 007). */
  loginPath: string;
  /** Whether paged metadata lists are read as 2.44 does (dhis2 LIVE, "Master (2.44...)"). */
  listsGist: boolean;
  /** Whether the order by a property that is none is passed over (recording 056). */
  ignoresUnknownOrder: boolean;
  /** Status of a metadata object with a geometry that cannot be read (recording 072). */
  unreadableGeometryStatus: 409 | 500;
  /** Whether period types have texts and come by their names (recording 039). */
  namesPeriodTypes: boolean;
  /** Whether `/api/system/info` tells the id of the server (dhis2 LIVE, "Master (2.44...)"). */
  tellsSystemId: boolean;
  /** `/api/NN` paths that the server takes for its own: up to its own number (dhis2 LIVE 251). */
  apiVersions: { from: number; to: number };
  /**
   * Whether data values can be read by their last change alone; 2.43 wants a period, and beside one a
   * duration does nothing there (dhis2 LIVE 196).
   */
  readsByChangeAlone: boolean;
  /** Whether a registration of completeness fails once for each period that is new to the database. */
  failsOnNewPeriods: boolean;
  /** Whether input periods are read the wrong way round: 2.43.0 and 2.43.1 (dhis2 LIVE, the sandbox). */
  isInputPeriodInverted: boolean;
  /** Whether a read of one data set, period and org unit leaves both out of its rows. */
  exportsCompactRows: boolean;
  tracker: TrackerDialect;
}

/**
 * The dialect of a version.
 *
 * @param version `2.38` to `2.44`, or with a patch number
 * @throws Error when the sandbox cannot be that version
 * @example
 * createDialect('2.43').importer; // group
 */
export function createDialect(version: string): Dialect {
  const server = parseServerVersion(version);
  const isGroup = server.minor >= 43;
  return {
    version: server.text,
    minor: server.minor,
    importer: isGroup ? 'group' : 'per-value',
    warning: isGroup
      ? {
          httpStatus: 200,
          message: 'Import completed with warnings, please check import summary.',
        }
      : {
          httpStatus: 409,
          message: 'One more conflicts encountered, please check import summary.',
        },
    hasRejectedIndexes: hasChange(server, { 38: Number.POSITIVE_INFINITY, 39: 2, 40: 1 }),
    ignoresUnchanged: hasChange(server, { 38: 6, 39: 5, 40: 3 }),
    hasPlainResponses: server.minor <= 41,
    valueHistory: isGroup ? 'DataValueChangelog' : 'DataValueAudit',
    loginPath: server.minor === 42 ? '/dhis-web-login/' : '/login/',
    listsGist: server.minor >= 44,
    ignoresUnknownOrder: server.minor <= 42,
    unreadableGeometryStatus: server.minor >= 43 ? 409 : 500,
    namesPeriodTypes: server.minor >= 43,
    tellsSystemId: server.minor <= 43,
    apiVersions: { from: 28, to: server.minor },
    readsByChangeAlone: server.minor !== 43,
    failsOnNewPeriods: isGroup,
    isInputPeriodInverted: server.minor === 43 && server.patch <= 1,
    exportsCompactRows: isGroup,
    tracker: createTrackerDialect(server),
  };
}
