import type { GoDataRecord, JsonObject } from '../types.js';
import type { Dialect } from '../version.js';

/** The user, the time and the rules of a write: everything that a stamp needs. */
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

/** Stamps of every later write: both timestamps change, also for deletions and restores (FACTS §3). */
export function updatedStamps({ now, dialect }: StampContext, userId: string): JsonObject {
  const time = now().toISOString();
  const database = dialect.hasDbUpdatedAt ? { dbUpdatedAt: time } : {};
  return { updatedAt: time, updatedBy: userId, ...database };
}

/**
 * The record as deleted: it stays in the database, with a mark (FACTS §3, r154).
 *
 * @param parentId of the record whose deletion causes this one
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
