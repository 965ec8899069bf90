import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import type { Adjusted } from '#common/reporting/report.js';
import { isSame } from './is-same.js';

/** A record that Go.Data stores for somebody. */
interface StoredRecord {
  id: string;
  createdAt?: string;
}

/** Records with the same mark: the one to keep, and the others. */
export interface Doubles<T> {
  kept: T;
  /** The same in every field: they are removed. */
  same: T[];
  /** Somebody has changed one of them: they stay, and are reported. */
  unlike: T[];
}

/** What the server computes. */
const COMPUTED = new Set([
  'id',
  '_id',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'dbUpdatedAt',
  'createdOn',
  'deleted',
  'deletedAt',
  'duplicateKeys',
]);

/**
 * Divides records with the same mark. Go.Data stores a lab result or a relationship twice when its
 * request is delivered twice: it takes no id for them, and compares nothing (godata FACTS §2.3). The
 * first one is kept.
 *
 * @param records at least one
 */
export function divideDoubles<T extends StoredRecord>(records: readonly T[]): Doubles<T> {
  const [kept, ...others] = [...records].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const isDouble = (one: T) => isSame(contentOf(one), contentOf(kept!));
  return {
    kept: kept!,
    same: others.filter(isDouble),
    unlike: others.filter(one => !isDouble(one)),
  };
}

/** The report of doubles that cannot be removed without a person's judgement. */
export function unlikeRow(kind: string, key: string, ids: readonly string[]): Adjusted {
  const message = `Go.Data has it ${ids.length} times, with differences: ${ids.join(', ')}. Delete the wrong ones there.`;
  return { kind, id: key, code: 'DOUBLED', message };
}

/** The report of doubles that were removed. */
export function removedRow(kind: string, key: string, ids: readonly string[]): Adjusted {
  const message = `Go.Data had stored it ${ids.length + 1} times, because a request was delivered again. Removed: ${ids.join(', ')}.`;
  return { kind, id: key, code: 'DOUBLE_REMOVED', message };
}

function placeOf({ createdAt = '', id }: StoredRecord): string {
  return `${createdAt} ${id}`;
}

function contentOf(record: StoredRecord): RecordFields {
  return Object.fromEntries(Object.entries(record).filter(([field]) => !COMPUTED.has(field)));
}
