/** Data values as a job gives them (dhis2 FACTS §1.1). */
export interface DataValueSet {
  dataValues?: unknown[];
  [header: string]: unknown;
}

interface Conflict {
  indexes?: number[];
  [other: string]: unknown;
}

/** The summary of an import, as it comes. */
export interface Summary {
  status?: string;
  importCount?: { imported?: number; updated?: number; ignored?: number; deleted?: number };
  conflicts?: Conflict[];
  rejectedIndexes?: number[];
  [other: string]: unknown;
}

/** Values a request (FACTS §9). */
const CHUNK_SIZE = 1000;
/** With these a part would not mean what the whole means (FACTS §1.1, §1.2, §1.6). */
const ONLY_WHOLE = ['completeDate', 'deletion'];

/** Cuts values into parts with the same header, unless they belong together. */
export function chunkDataValues(
  payload: DataValueSet,
  query: Record<string, unknown> = {},
): DataValueSet[] {
  const { dataValues } = payload;
  const isWhole = ONLY_WHOLE.some(key => payload[key]) || String(query.atomic) === 'true';
  if (!Array.isArray(dataValues) || dataValues.length <= CHUNK_SIZE || isWhole) return [payload];
  return Array.from({ length: Math.ceil(dataValues.length / CHUNK_SIZE) }, (_, index) => ({
    ...payload,
    dataValues: dataValues.slice(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE),
  }));
}

const STATUSES = ['SUCCESS', 'OK', 'WARNING', 'ERROR'];

/**
 * The summaries of the parts as one; positions of values are those in the whole.
 *
 * @param lengths values of each part
 */
export function mergeSummaries(summaries: readonly Summary[], lengths: readonly number[]): Summary {
  let offset = 0;
  const shifted = summaries.map((summary, part) => {
    const moved = shift(summary, offset);
    offset += lengths[part]!;
    return moved;
  });
  return shifted.reduce(add);
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

/** -1 stands for "somewhere" (FACTS §1.3). */
function shift(summary: Summary, offset: number): Summary {
  if (offset === 0) return summary;
  const move = (index: number) => (index < 0 ? index : index + offset);
  return {
    ...summary,
    ...(summary.conflicts
      ? {
          conflicts: summary.conflicts.map(conflict =>
            conflict.indexes ? { ...conflict, indexes: conflict.indexes.map(move) } : conflict,
          ),
        }
      : {}),
    ...(summary.rejectedIndexes ? { rejectedIndexes: summary.rejectedIndexes.map(move) } : {}),
  };
}
