import type { Dialect } from '../../versions/dialect.js';
import type { TrackerKind } from '../types.js';
import type { ReportMode } from './report-mode.js';
import type { Finding, Reporter } from './reporter.js';

interface Counts {
  created: number;
  updated: number;
  deleted: number;
  ignored: number;
}

/** The result for the objects of one kind. */
export interface TypeReport extends Counts {
  kind: TrackerKind;
  /** Valid objects that are not changed. */
  unchanged: number;
  /** UIDs of the written or deleted objects, in order. */
  uids: string[];
}

/** The complete result of an import; a client may request only a part of it. */
export interface ImportReport {
  /**
   * ERROR only if errors stopped the whole import. An import that wrote the valid objects is OK,
   * whatever it omitted or warned of (the server's source, ImportReport.withImportCompleted, and
   * its end-to-end tests; DHIS2's documentation says otherwise).
   */
  status: 'OK' | 'ERROR';
  errors: readonly Finding[];
  warnings: readonly Finding[];
  stats: Counts;
  /** Absent if the import stopped before it wrote anything. */
  types: readonly TypeReport[] | undefined;
}

const NOTHING: Counts = { created: 0, updated: 0, deleted: 0, ignored: 0 };

/** The report of an import that wrote nothing because of an error: all objects are ignored. */
export function refusedReport({ errors, warnings }: Reporter, size: number): ImportReport {
  return {
    status: 'ERROR',
    errors,
    warnings,
    stats: { ...NOTHING, ignored: size },
    types: undefined,
  };
}

/**
 * The report of a completed import. Objects with errors count as ignored in the total; objects that
 * are omitted without an error count only in their kind.
 *
 * @param types undefined when the import only validates
 */
export function completedReport(
  { errors, warnings }: Reporter,
  types: readonly TypeReport[],
): ImportReport {
  const sum = (name: keyof Counts | 'unchanged') => types.reduce((all, one) => all + one[name], 0);
  const wrong = new Set(errors.map(({ kind, uid }) => `${kind} ${uid}`)).size;
  return {
    status: 'OK',
    errors,
    warnings,
    stats: {
      created: sum('created'),
      updated: sum('updated'),
      deleted: sum('deleted'),
      ignored: wrong + sum('unchanged'),
    },
    types,
  };
}

/** The server's names of kinds. */
export const TYPES: Readonly<Record<TrackerKind, string>> = {
  trackedEntities: 'TRACKED_ENTITY',
  enrollments: 'ENROLLMENT',
  events: 'EVENT',
  relationships: 'RELATIONSHIP',
};

/** A report in the format of a version (dhis2 FACTS §4.1). */
export function reportToJson(report: ImportReport, mode: ReportMode, dialect: Dialect): object {
  const has = dialect.tracker.import.report;
  const describe = ({ kind, uid, message }: Finding) => ({
    message,
    trackerType: TYPES[kind],
    uid,
  });
  return {
    status: report.status,
    validationReport: {
      errorReports: report.errors.map(one => ({
        ...describe(one),
        errorCode: one.code,
        ...(has.args ? { args: one.args } : {}),
      })),
      warningReports:
        mode === 'ERRORS'
          ? []
          : report.warnings.map(one => ({ ...describe(one), warningCode: one.code })),
    },
    stats: statsToJson(report.stats),
    ...(report.types
      ? {
          bundleReport: {
            ...(has.status ? { status: 'OK' } : {}),
            typeReportMap: Object.fromEntries(
              report.types.map(one => [TYPES[one.kind], typeToJson(one, has.index)]),
            ),
          },
        }
      : {}),
  };
}

/** The report of an import that crashed: only its cause (the server's source, ImportReport). */
export function failureToJson(failure: string): object {
  return {
    status: 'ERROR',
    validationReport: { errorReports: [], warningReports: [] },
    message: `Exception:${failure}`,
  };
}

function typeToJson(
  { kind, uids, unchanged: _unchanged, ...counts }: TypeReport,
  hasIndex: boolean,
): object {
  const trackerType = TYPES[kind];
  return {
    trackerType,
    stats: statsToJson(counts),
    objectReports: uids.map((uid, index) => ({
      trackerType,
      uid,
      ...(hasIndex ? { index } : {}),
      errorReports: [],
    })),
  };
}

function statsToJson({ created, updated, deleted, ignored }: Counts): object {
  return { created, updated, deleted, ignored, total: created + updated + deleted + ignored };
}
