import { checkBound } from '#common/binding/check-bound.js';
import { whyReadAgain } from '#common/binding/why-read-again.js';
import { countsOf } from '#common/brake/owned.js';
import type { BoundTo } from '#common/handover/bound-to.js';
import type { PeopleCursor } from '#common/handover/fetched-people-batch.js';
import type { GoDataClient } from '../../client/client.js';
import { type ChangeTime, EPOCH, later } from './change-time.js';
import { CHANGE_LISTS } from './list/change-lists.js';
import type { PassTimes } from './list/pass.js';
import type { ResolvedPeopleFetch } from './options.js';

/** Where a run begins. `since`: the first day of a first run, or of one that reads everybody again. */
export interface Resumed extends PassTimes {
  /** The cursor of the state, without positions if everybody is read again. */
  cursor: PeopleCursor;
  /** Binds the next cursor; `more`: the next run continues this reading. */
  bind(next: PeopleCursor, more: boolean): BoundTo;
  warnings: string[];
}

/**
 * Checks that a state belongs to this outbreak, and that its cursor can be trusted.
 *
 * @throws IntegrationError `FOREIGN_STATE` (configuration)
 */
export function resume(
  client: GoDataClient,
  cursor: PeopleCursor,
  outbreak: { id: string; createdAt: string | undefined },
  { overlapMs }: ChangeTime,
  { since, jobs }: ResolvedPeopleFetch,
): Resumed {
  const former = cursor.boundTo;
  const positions = CHANGE_LISTS.flatMap(({ name }) => cursor[name] ?? []);
  const first = positions.length === 0 ? since : former?.since;
  const boundTo: BoundTo = {
    ...lasting(former),
    outbreaks: { [outbreak.id]: outbreak.createdAt ?? '' },
    ...(jobs === undefined ? {} : { jobs }),
    ...(first === undefined ? {} : { since: first }),
  };
  checkBound(former, boundTo);
  const latest = positions
    .filter(({ endsAt }) => endsAt === undefined)
    .reduce((time, { updatedAt }) => later(time, updatedAt), EPOCH);
  const server = client.present;
  const present = server === undefined ? undefined : new Date(server).toISOString();
  const why = whyReadAgain(former, boundTo, {
    system: 'Go.Data',
    server,
    cursor: positions.length > 0 ? Date.parse(latest) : undefined,
    host: Date.now(),
    toleranceMs: overlapMs,
    parse: time => Date.parse(time),
  });
  const isUnderWay = positions.some(({ underWay }) => underWay);
  const clocks = present === undefined ? {} : { clocks: { server: present } };
  return {
    cursor: why === undefined ? cursor : withoutPositions(cursor),
    since: first,
    present,
    bind: (next, more) => ({
      ...boundTo,
      ...countsOf(former, {
        isAnew: positions.length === 0 || why !== undefined,
        isUnderWay,
        more,
      }),
      ...(hasMoved(cursor, next) ? clocks : {}),
    }),
    warnings: why === undefined ? [] : [why],
  };
}

function withoutPositions({ retry }: PeopleCursor): PeopleCursor {
  return retry ? { retry } : {};
}

/** The clocks belong to the time when a position was last moved. */
function hasMoved(former: PeopleCursor, next: PeopleCursor): boolean {
  return CHANGE_LISTS.some(({ name }) => former[name]?.updatedAt !== next[name]?.updatedAt);
}

/** What stays true whatever this run does. */
function lasting(former: BoundTo = {}): BoundTo {
  const { readAgain: _, owned: _owned, isWhole: _isWhole, goesOn: _goesOn, ...boundTo } = former;
  return boundTo;
}
