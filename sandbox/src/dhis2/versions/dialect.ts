import { createTrackerDialect, type TrackerDialect } from '../tracker/dialect.js';
import { hasChange, parseServerVersion } from './version.js';

/** How servers differ by version, as data; no other part of the sandbox compares versions. */
export interface Dialect {
  /** As `/api/system/info` reports it: `2.42.5`. */
  version: string;
  minor: number;
  /**
   * The aggregate importer. `per-value` ignores invalid values and stores the rest. `group`, since
   * 2.43, rejects all values of a data set if one is inconsistent (dhis2 FACTS §0).
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
  /** The server's name for the change log of data values (recording 426). */
  valueHistory: 'DataValueAudit' | 'DataValueChangelog';
  /** Where the login page is (recording 007). */
  loginPath: string;
  /** Whether paged metadata lists are read as 2.44 does (dhis2 LIVE, "Master (2.44...)"). */
  listsGist: boolean;
  /** Whether an unknown property in `order` is ignored (recording 056). */
  ignoresUnknownOrder: boolean;
  /** Status of a metadata object with an unreadable geometry (recording 072). */
  unreadableGeometryStatus: 409 | 500;
  /** Whether period types have display texts and are sorted by name (recording 039). */
  namesPeriodTypes: boolean;
  /** Whether `/api/system/info` contains the server's id (dhis2 LIVE, "Master (2.44...)"). */
  tellsSystemId: boolean;
  /** The `/api/NN` paths of the server: up to its own number (dhis2 LIVE 251). */
  apiVersions: { from: number; to: number };
  /**
   * Whether data values can be selected by their last change alone. 2.43 requires a period, and
   * then ignores the duration (dhis2 LIVE 196).
   */
  readsByChangeAlone: boolean;
  /**
   * Whether a registration of completeness fails once for each period that is new in the database.
   */
  failsOnNewPeriods: boolean;
  /**
   * Whether the check of input periods is inverted: 2.43.0 and 2.43.1 (dhis2 LIVE, the sandbox).
   */
  isInputPeriodInverted: boolean;
  /** Whether the rows of a read of one data set, period and org unit omit these. */
  exportsCompactRows: boolean;
  tracker: TrackerDialect;
}

/**
 * The dialect of a version.
 *
 * @param version `2.38` to `2.44`, or with a patch number
 * @throws Error when the sandbox cannot imitate that version
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
