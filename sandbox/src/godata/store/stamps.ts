import type { GoDataRecord, JsonObject } from '../types.js';
import type { Dialect } from '../version.js';

/** Who writes, when and under which rules: everything that a stamp needs. */
export interface StampContext {
  now(): Date;
  dialect: Dialect;
}

/** Marks of a new record (godata FACTS §4); `createdOn` is IMPORT for imported locations (r079). */
export function createdStamps(
  context: StampContext,
  userId: string,
  createdOn = 'API',
): JsonObject {
  const now = context.now().toISOString();
  return {
    createdAt: now,
    createdBy: userId,
    ...updatedStamps(context, userId),
    createdOn,
    deleted: false,
  };
}

/** Marks of every later write: both timestamps move, deletions and restores included (FACTS §3). */
export function updatedStamps({ now, dialect }: StampContext, userId: string): JsonObject {
  const time = now().toISOString();
  const database = dialect.hasDbUpdatedAt ? { dbUpdatedAt: time } : {};
  return { updatedAt: time, updatedBy: userId, ...database };
}

/**
 * The record as deleted: it stays, as a tombstone (FACTS §3, r154).
 *
 * @param parentId of the record whose deletion took this one along
 */
export function deletedRecord<T extends GoDataRecord>(
  context: StampContext,
  record: T,
  userId: string,
  parentId?: string,
): T {
  const deletedAt = context.now().toISOString();
  const parent = parentId === undefined ? {} : { deletedByParent: parentId };
  return { ...record, ...updatedStamps(context, userId), deleted: true, deletedAt, ...parent };
}

/** The record as restored: `deletedAt` stays, as null, and so does `deletedByParent` (r157, r218). */
export function restoredRecord<T extends GoDataRecord>(
  context: StampContext,
  record: T,
  userId: string,
): T {
  const parent = record.deletedByParent ? { deletedByParent: null } : {};
  const stamps = updatedStamps(context, userId);
  return { ...record, ...stamps, deleted: false, deletedAt: null, ...parent };
}
