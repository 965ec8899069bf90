import { isJsonObject, textIn } from '#common/http/index.js';
import { isUid } from '#common/identity/uid.js';
import { safeCode } from '#common/reporting/server-text.js';
import { TYPES } from './payload.js';

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
  errorReports?: unknown[] | null;
}

interface TypeReport {
  trackerType?: string;
  stats?: Partial<ImportStats>;
  objectReports?: ObjectReport[] | null;
}

/** The server's report on an import (dhis2 FACTS §4.1). */
export interface ImportReport {
  status: 'OK' | 'WARNING' | 'ERROR';
  stats?: Partial<ImportStats> | null;
  validationReport?: {
    errorReports?: TrackerError[] | null;
    warningReports?: TrackerWarning[] | null;
  } | null;
  bundleReport?: { typeReportMap?: Record<string, TypeReport> | null } | null;
  [other: string]: unknown;
}

const STATUSES = ['OK', 'WARNING', 'ERROR'] as const;

/**
 * Reads a report.
 *
 * @returns undefined for any other body; a report whose lists are no lists is none of DHIS2's either
 */
export function readImportReport(body: unknown): ImportReport | undefined {
  if (!isJsonObject(body)) return undefined;
  const { status, stats, validationReport, bundleReport } = body;
  if (!STATUSES.some(known => known === status)) return undefined;
  if (!isJsonObject(stats) && !isJsonObject(validationReport)) return undefined;
  const { errorReports, warningReports } = orEmpty(validationReport);
  const types = Object.values(orEmpty(orEmpty(bundleReport).typeReportMap));
  const lists = [
    ...[errorReports, warningReports],
    ...types.map(type => orEmpty(type).objectReports),
  ];
  const isList = (list: unknown) =>
    list === undefined || list === null || (Array.isArray(list) && list.every(isJsonObject));
  return lists.every(isList) ? (body as unknown as ImportReport) : undefined;
}

function orEmpty(value: unknown): Record<string, unknown> {
  return isJsonObject(value) ? value : {};
}

/** The errors of a report. Their codes, types and ids are safe to repeat; the messages are not. */
export function errorsIn({ validationReport }: ImportReport): TrackerError[] {
  return (validationReport?.errorReports ?? []).map(({ errorCode, ...rest }) => ({
    ...toSubject(rest),
    ...(errorCode === undefined ? {} : { errorCode: safeCode(errorCode) ?? 'UNKNOWN' }),
  }));
}

/** The warnings of a report, as {@link errorsIn} gives the errors. */
export function warningsIn({ validationReport }: ImportReport): TrackerWarning[] {
  return (validationReport?.warningReports ?? []).map(({ warningCode, ...rest }) => ({
    ...toSubject(rest),
    ...(warningCode === undefined ? {} : { warningCode: safeCode(warningCode) ?? 'UNKNOWN' }),
  }));
}

function toSubject({ trackerType, uid, message }: TrackerError): TrackerError {
  const type = Object.values(TYPES).find(known => known === trackerType);
  const id = uid !== undefined && isUid(uid) ? uid : undefined;
  return {
    ...(type === undefined ? {} : { trackerType: type }),
    ...(id === undefined ? {} : { uid: id }),
    message: textIn(message),
  };
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
export function statsOf({ stats }: ImportReport): ImportStats {
  return addStats(stats, {});
}

type Counts = Partial<ImportStats> | null | undefined;

function addStats(a: Counts, b: Counts): ImportStats {
  const sum = (key: keyof ImportStats) => (a?.[key] ?? 0) + (b?.[key] ?? 0);
  return {
    created: sum('created'),
    updated: sum('updated'),
    deleted: sum('deleted'),
    ignored: sum('ignored'),
    total: sum('total'),
  };
}

type Types = Record<string, TypeReport> | null | undefined;

function addTypes(a: Types, b: Types) {
  const types = [...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])];
  return Object.fromEntries(
    types.map(type => [
      type,
      {
        ...a?.[type],
        ...b?.[type],
        stats: addStats(a?.[type]?.stats, b?.[type]?.stats),
        objectReports: both(a?.[type]?.objectReports, b?.[type]?.objectReports),
      },
    ]),
  );
}

function both<T>(a: readonly T[] | null = [], b: readonly T[] | null = []): T[] {
  return [...(a ?? []), ...(b ?? [])];
}
