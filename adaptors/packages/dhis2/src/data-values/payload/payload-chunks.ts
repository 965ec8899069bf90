import type { Refusal } from '../import/refused-rows.js';

/** Data values that a job gives (dhis2 FACTS §1.1). */
export interface DataValueSet {
  dataValues?: unknown[];
  [header: string]: unknown;
}

interface Conflict {
  indexes?: number[];
  [other: string]: unknown;
}

/** The summary of an import, as the server returns it. */
export interface Summary {
  status?: string;
  importCount?: { imported?: number; updated?: number; ignored?: number; deleted?: number };
  conflicts?: Conflict[];
  rejectedIndexes?: number[];
  [other: string]: unknown;
}

/** Values in one request (FACTS §9). */
const CHUNK_SIZE = 1000;

/** Whether DHIS2 stores either all values or none. */
export function isAllOrNothing(
  { deletion }: DataValueSet,
  query: Record<string, unknown> = {},
): boolean {
  return Boolean(deletion) || String(query.atomic) === 'true';
}

/**
 * Splits values into parts to send with the same header, unless they must be sent together.
 *
 * @param positions positions of the values to send
 */
export function chunkPositions(
  payload: DataValueSet,
  positions: readonly number[],
  query: Record<string, unknown> = {},
): number[][] {
  const isWhole = Boolean(payload.completeDate) || isAllOrNothing(payload, query);
  if (positions.length <= CHUNK_SIZE || isWhole) return [[...positions]];
  return Array.from({ length: Math.ceil(positions.length / CHUNK_SIZE) }, (_, index) =>
    positions.slice(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE),
  );
}

const STATUSES = ['SUCCESS', 'OK', 'WARNING', 'ERROR'];

/** Joins the summaries of several requests. The status is WARNING if only a part was stored. */
export function mergeSummaries(summaries: readonly Summary[]): Summary {
  const merged = summaries.reduce(add);
  const isTaken = summaries.some(({ status }) => status !== 'ERROR');
  return merged.status === 'ERROR' && isTaken ? { ...merged, status: 'WARNING' } : merged;
}

/** Builds a summary of refusals, when the server's own only says that nothing was imported. */
export function toSummary(refusals: readonly Refusal[]): Summary {
  const indexes = refusals.map(({ index }) => index);
  const byReason = new Map<string, Conflict & { indexes: number[] }>();
  for (const { index, code, message } of refusals) {
    const known = byReason.get(`${code} ${message}`);
    if (known) known.indexes.push(index);
    else byReason.set(`${code} ${message}`, { errorCode: code, value: message, indexes: [index] });
  }
  return {
    status: 'ERROR',
    importCount: { imported: 0, updated: 0, ignored: refusals.length, deleted: 0 },
    conflicts: [...byReason.values()],
    rejectedIndexes: indexes,
  };
}

function add(a: Summary, b: Summary): Summary {
  const sum = (key: keyof NonNullable<Summary['importCount']>) =>
    (a.importCount?.[key] ?? 0) + (b.importCount?.[key] ?? 0);
  const isWorse = STATUSES.indexOf(b.status ?? '') > STATUSES.indexOf(a.status ?? '');
  return {
    ...a,
    ...b,
    status: isWorse ? b.status : a.status,
    importCount: {
      imported: sum('imported'),
      updated: sum('updated'),
      ignored: sum('ignored'),
      deleted: sum('deleted'),
    },
    conflicts: [...(a.conflicts ?? []), ...(b.conflicts ?? [])],
    rejectedIndexes: [...(a.rejectedIndexes ?? []), ...(b.rejectedIndexes ?? [])],
  };
}

/**
 * Changes the indexes of a summary to positions in the whole payload.
 *
 * @param positions positions of the values that were sent. The index -1 means that the row is
 * unknown (FACTS §1.3).
 */
export function placeSummary(summary: Summary, positions: readonly number[]): Summary {
  const place = (index: number) => positions[index] ?? index;
  return {
    ...summary,
    ...(summary.conflicts
      ? {
          conflicts: summary.conflicts.map(conflict =>
            conflict.indexes ? { ...conflict, indexes: conflict.indexes.map(place) } : conflict,
          ),
        }
      : {}),
    ...(summary.rejectedIndexes ? { rejectedIndexes: summary.rejectedIndexes.map(place) } : {}),
  };
}
