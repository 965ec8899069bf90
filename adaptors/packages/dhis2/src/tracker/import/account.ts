import type { Adjusted, Rejected } from '#common/reporting/report.js';
import { ID_OF, KINDS, type Kind, type TrackerPayload, TYPES } from './payload.js';
import { errorsIn, type ImportReport, statsOf, warningsIn } from './report.js';
import { explainWarning } from './warnings.js';

/** The result of everything that was sent. */
export interface Account {
  /** Objects that were not written, or the reasons if there are more of those. */
  rejectedCount: number;
  /** One for each reason; objects without an id are only counted. */
  rejected: Rejected[];
  /** DHIS2's warnings about what it accepted. */
  adjusted: Adjusted[];
}

/** A relationship that already exists. DHIS2 counts it as ignored and gives no reason (dhis2 LIVE 210). */
const IS_THERE = 'E4015';

/**
 * Accounts for every object of an import. DHIS2 counts a relationship that already exists without a
 * reason (dhis2 LIVE 210), does not count a second one between the same two at all (LIVE 211), and
 * does not always count what belongs to a refused object.
 *
 * @param isRehearsal whether nothing was to be written: DHIS2 then counts nothing (LIVE 198)
 */
export function accountFor(
  payload: TrackerPayload,
  report: ImportReport,
  isRehearsal: boolean,
): Account {
  const { created, updated, deleted, ignored } = statsOf(report);
  const errors = errorsIn(report);
  const warnings = warningsIn(report);
  const there = warnings.filter(({ warningCode }) => warningCode === IS_THERE);
  const told = new Set([...errors, ...there].map(toKey));
  const rejected = [
    ...errors.map(one => toRow(one, one.errorCode ?? 'UNKNOWN', 'DHIS2 refused this object.')),
    ...there.map(one => toRow(one, IS_THERE, explainWarning(one))),
    ...(isRehearsal ? [] : findUnstored(payload, report, told)),
  ];
  const sent = isRehearsal ? ignored : countSent(payload);
  return {
    rejectedCount: Math.max(sent - created - updated - deleted, errors.length),
    rejected,
    adjusted: warnings
      .filter(one => !there.includes(one))
      .map(one => toRow(one, one.warningCode ?? 'UNKNOWN', explainWarning(one))),
  };
}

interface Subject {
  trackerType?: string;
  uid?: string;
}

const toKey = ({ trackerType, uid }: Subject) => `${trackerType} ${uid}`;

function toRow({ trackerType, uid = '' }: Subject, code: string, message: string): Rejected {
  const kind = (trackerType ?? 'tracker object').toLowerCase().replaceAll('_', ' ');
  return { kind, id: uid, code, message };
}

const NOT_STORED =
  'DHIS2 has not stored this object: something in the same request was refused (atomicMode), or what it belongs to was, or a relationship between the same two came before it.';

/** Objects with an id that the report neither counts as stored nor mentions. */
function findUnstored(
  payload: TrackerPayload,
  { bundleReport }: ImportReport,
  told: ReadonlySet<string>,
): Rejected[] {
  const types = Object.entries(bundleReport?.typeReportMap ?? {});
  const stored = new Set(
    types.flatMap(([trackerType, type]) =>
      (type?.objectReports ?? []).map(({ uid }) => toKey({ trackerType, uid })),
    ),
  );
  // Without details on single objects nothing can be said about them.
  if (stored.size === 0) return [];
  return listSent(payload)
    .filter(one => !stored.has(toKey(one)) && !told.has(toKey(one)))
    .map(one => toRow(one, 'NOT_STORED', NOT_STORED));
}

type Holder = Partial<Record<Kind, unknown>>;

function countSent(holder: Holder): number {
  return childrenOf(holder).reduce((sum, [, object]) => sum + 1 + countSent(object), 0);
}

/** All objects that were sent with an id, nested ones included. */
function listSent(holder: Holder): Required<Subject>[] {
  return childrenOf(holder).flatMap(([kind, object]) => {
    const uid = (object as Record<string, unknown>)[ID_OF[kind]];
    const own = typeof uid === 'string' ? [{ trackerType: TYPES[kind], uid }] : [];
    return [...own, ...listSent(object)];
  });
}

function childrenOf(holder: Holder): [Kind, Holder][] {
  return KINDS.flatMap(kind => {
    const objects = holder[kind];
    return Array.isArray(objects) ? objects.map((one): [Kind, Holder] => [kind, one ?? {}]) : [];
  });
}
