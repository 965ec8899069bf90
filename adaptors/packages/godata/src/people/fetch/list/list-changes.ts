import { unexpectedAnswer } from '#common/http/index.js';
import type { Where } from '#godata/client/query/filter.js';
import { EPOCH } from '../change-time.js';
import { readList, type Source } from '../source.js';
import type { ChangeList, ListedRecord } from './change-lists.js';

/** The last change of a record. */
export interface Change {
  id: string;
  /** ISO 8601. Empty for a record without this time. */
  time: string;
  /** Ids of the people to whom the change belongs. */
  owners: string[];
}

/** Where to continue in a list. The list is in the order of times, then of ids. */
export interface Bound {
  /** First time to read, ISO 8601. */
  from: string;
  /** Last id that was read among the records with exactly this time. */
  after?: string;
  /**
   * Whether to continue among the records without a time, which come first. `from` is then the
   * first time of the others.
   */
  untimed?: true;
}

/** A page of changes, and where the next page begins; undefined after the last page. */
export interface ChangePage {
  changes: Change[];
  next: Bound | undefined;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * Reads one page of the changes of one kind of records, the oldest first, with deletions (godata
 * FACTS §3, r268, r269).
 *
 * Records that were not written since the upgrade to 2.47 have no `dbUpdatedAt`, because the
 * migrations do not set it. They are read before the others, in the order of ids.
 *
 * @throws IntegrationError `UNEXPECTED_ANSWER`
 */
export async function listChanges(
  source: Source,
  list: ChangeList,
  bound: Bound,
): Promise<ChangePage> {
  const { time, pageSize } = source;
  const records = await readList<ListedRecord>(source, list.path, {
    where: { ...list.where, ...(bound.untimed ? withoutTime(bound) : from(bound, time.field)) },
    deleted: true,
    order: [...(bound.untimed ? [] : [`${time.field} ASC`]), `${list.idInOrder} ASC`],
    limit: pageSize,
    fields: ['id', time.field, ...list.fields],
  });
  const changes = records.map(record => toChange(list, record, time.field));
  return { changes, next: nextBound(bound, changes, pageSize) };
}

/** Reads the latest changes, the latest first. */
export async function latestChanges(
  source: Source,
  list: ChangeList,
  count: number,
): Promise<Change[]> {
  const { field } = source.time;
  const records = await readList<ListedRecord>(source, list.path, {
    ...(list.where ? { where: list.where } : {}),
    deleted: true,
    order: [`${field} DESC`],
    limit: count,
    fields: ['id', field, ...list.fields],
  });
  return records.map(record => toChange(list, record, field));
}

function from({ from: time, after }: Bound, field: string): Where {
  if (after === undefined) return { [field]: { gte: time } };
  return {
    or: [
      { [field]: { gt: time } },
      { and: [{ [field]: { gte: time, lte: time } }, { id: { gt: after } }] },
    ],
  };
}

/**
 * The condition for records without a time. It has two parts, because the lists differ in which
 * part finds a missing property.
 */
function withoutTime({ from: time, after }: Bound): Where {
  return {
    and: [
      { or: [{ dbUpdatedAt: null }, { dbUpdatedAt: { exists: false } }] },
      ...(time === EPOCH ? [] : [{ updatedAt: { gte: time } }]),
      ...(after === undefined ? [] : [{ id: { gt: after } }]),
    ],
  };
}

function toChange(list: ChangeList, record: ListedRecord, field: string): Change {
  const time = record[field] ?? '';
  if (typeof time !== 'string' || (time !== '' && !TIME.test(time))) {
    const request = { method: 'GET', path: `/outbreaks/{outbreakId}/${list.path}` } as const;
    throw unexpectedAnswer('Go.Data', request, 'times of change', record);
  }
  return { id: record.id, time, owners: list.ownersOf(record) };
}

function nextBound(bound: Bound, changes: readonly Change[], pageSize: number): Bound | undefined {
  const last = changes.at(-1);
  if (!last || changes.length < pageSize) return bound.untimed ? { from: bound.from } : undefined;
  if (bound.untimed) return { ...bound, after: last.id };
  return { from: last.time, after: last.id };
}
