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

/** What came of the objects of one kind. */
export interface TypeReport extends Counts {
  kind: TrackerKind;
  /** Objects that are right and stay as they are. */
  unchanged: number;
  /** Of those that were written or deleted, in their order. */
  uids: string[];
}

/** What came of an import, before a client asks how much of it. */
export interface ImportReport {
  /**
   * ERROR only when nothing was written because something was wrong. An import that wrote what it
   * could is OK, whatever it left out or warns of (the server's source,
   * ImportReport.withImportCompleted, and its end-to-end tests; DHIS2's documentation says otherwise).
   */
  status: 'OK' | 'ERROR';
  errors: readonly Finding[];
  warnings: readonly Finding[];
  stats: Counts;
  /** Absent when the import stopped before it wrote anything. */
  types: readonly TypeReport[] | undefined;
}

const NOTHING: Counts = { created: 0, updated: 0, deleted: 0, ignored: 0 };

/** The report of an import that wrote nothing because of an error: all of it is ignored. */
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
 * The report of an import that went through. Objects with errors count as ignored in all; those that
 * are left out without an error only in their kind.
 *
 * @param types none when the import was to validate only
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

/** A report as a version writes it (dhis2 FACTS §4.1). */
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

/** The report of an import that broke down: nothing but why (the server's source, ImportReport). */
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
