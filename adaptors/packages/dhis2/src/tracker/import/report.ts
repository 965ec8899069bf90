/** Counts of an import. */
export interface ImportStats {
  created: number;
  updated: number;
  deleted: number;
  ignored: number;
  total: number;
}

/** An error about an object. */
export interface TrackerError {
  errorCode?: string;
  trackerType?: string;
  uid?: string;
  /** May repeat personal data: only for `data` of a state, never for an error or a log. */
  message?: string;
}

/** A warning about an object that DHIS2 accepted. */
export interface TrackerWarning extends Omit<TrackerError, 'errorCode'> {
  warningCode?: string;
}

/** The result for one object. */
export interface ObjectReport {
  uid?: string;
  errorReports?: unknown[];
}

interface TypeReport {
  trackerType?: string;
  stats?: Partial<ImportStats>;
  objectReports?: ObjectReport[];
}

/** The server's report on an import (dhis2 FACTS §4.1). */
export interface ImportReport {
  status: 'OK' | 'WARNING' | 'ERROR';
  stats?: Partial<ImportStats>;
  validationReport?: { errorReports?: TrackerError[]; warningReports?: TrackerWarning[] };
  bundleReport?: { typeReportMap?: Record<string, TypeReport> };
  [other: string]: unknown;
}

const STATUSES = ['OK', 'WARNING', 'ERROR'] as const;

/** Whether a body is a report. */
export function isImportReport(body: unknown): body is ImportReport {
  const { status, stats, validationReport } = (body ?? {}) as Partial<ImportReport>;
  return STATUSES.includes(status!) && (stats !== undefined || validationReport !== undefined);
}

/** Merges the reports of the parts of an import into one of the same form. */
export function mergeReports(reports: readonly ImportReport[]): ImportReport {
  return reports.reduce(addReports);
}

function addReports(a: ImportReport, b: ImportReport): ImportReport {
  return {
    ...a,
    ...b,
    status: STATUSES[Math.max(STATUSES.indexOf(a.status), STATUSES.indexOf(b.status))]!,
    stats: addStats(a.stats, b.stats),
    validationReport: {
      errorReports: both(a.validationReport?.errorReports, b.validationReport?.errorReports),
      warningReports: both(a.validationReport?.warningReports, b.validationReport?.warningReports),
    },
    bundleReport: {
      ...a.bundleReport,
      ...b.bundleReport,
      typeReportMap: addTypes(a.bundleReport?.typeReportMap, b.bundleReport?.typeReportMap),
    },
  };
}

/** Counts; missing ones are zero. */
export function statsOf({ stats = {} }: ImportReport): ImportStats {
  return addStats(stats, {});
}

function addStats(a: Partial<ImportStats> = {}, b: Partial<ImportStats> = {}): ImportStats {
  const sum = (key: keyof ImportStats) => (a[key] ?? 0) + (b[key] ?? 0);
  return {
    created: sum('created'),
    updated: sum('updated'),
    deleted: sum('deleted'),
    ignored: sum('ignored'),
    total: sum('total'),
  };
}

function addTypes(a: Record<string, TypeReport> = {}, b: Record<string, TypeReport> = {}) {
  const types = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(
    types.map(type => [
      type,
      {
        ...a[type],
        ...b[type],
        stats: addStats(a[type]?.stats, b[type]?.stats),
        objectReports: both(a[type]?.objectReports, b[type]?.objectReports),
      },
    ]),
  );
}

function both<T>(a: readonly T[] = [], b: readonly T[] = []): T[] {
  return [...a, ...b];
}
