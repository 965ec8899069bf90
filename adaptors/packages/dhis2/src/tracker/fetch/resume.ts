import { checkBound } from '#common/binding/check-bound.js';
import { whyReadAgain } from '#common/binding/why-read-again.js';
import { countsOf } from '#common/brake/owned.js';
import type { BoundTo } from '#common/handover/bound-to.js';
import type { TrackerCursor } from '#common/handover/fetched-tracked-entity-batch.js';
import type { Dhis2Client } from '../../client/client.js';
import { localMs } from '../local-time.js';
import type { ResolvedTrackerFetch } from './options.js';

/** Where a run begins. */
export interface Resumed {
  /** The cursor of the state, without positions if everybody is read again. */
  cursor: TrackerCursor;
  /** First day of a first run, or of one that reads everybody again. */
  since: string | undefined;
  /** The server's present, as `localMs` reads it. */
  present: number | undefined;
  /** Binds the next cursor; `more`: the next run continues this reading. */
  bind(next: TrackerCursor, more: boolean): BoundTo;
  warnings: string[];
}

/**
 * Checks that a state belongs to these programs, and that its cursor can be trusted.
 *
 * @param dhis2 what `identifyBound` returned
 * @param programs ids of the programs of cases and contacts
 * @throws IntegrationError `FOREIGN_STATE` (configuration)
 */
export async function resume(
  client: Dhis2Client,
  cursor: TrackerCursor,
  dhis2: Pick<BoundTo, 'dhis2'>,
  [cases, contacts]: readonly string[],
  { since, overlapMs, jobs }: ResolvedTrackerFetch,
): Promise<Resumed> {
  const { present } = await client.systemInfo();
  const former = cursor.boundTo;
  const isFirst = !cursor.cases && !cursor.contacts;
  const first = isFirst ? since : former?.since;
  const boundTo: BoundTo = {
    ...lasting(former),
    ...dhis2,
    programs: { case: cases!, ...(contacts === undefined ? {} : { contact: contacts }) },
    ...(jobs === undefined ? {} : { jobs }),
    ...(first === undefined ? {} : { since: first }),
  };
  checkBound(former, boundTo);
  const times = [cursor.cases, cursor.contacts].flatMap(position =>
    position && !position.endsAt ? (localMs(position.updatedAt) ?? []) : [],
  );
  const why = whyReadAgain(former, boundTo, {
    system: 'DHIS2',
    server: localMs(present),
    cursor: times.length > 0 ? Math.max(...times) : undefined,
    host: Date.now(),
    toleranceMs: overlapMs,
    parse: localMs,
  });
  const isUnderWay = [cursor.cases, cursor.contacts].some(position => position?.underWay);
  const clocks = present === undefined ? {} : { clocks: { server: present } };
  const { cases: _cases, contacts: _contacts, ...others } = cursor;
  return {
    cursor: why === undefined ? cursor : others,
    since: first,
    present: localMs(present),
    bind: (next, more) => ({
      ...boundTo,
      ...countsOf(former, { isAnew: isFirst || why !== undefined, isUnderWay, more }),
      ...(hasMoved(cursor, next) ? clocks : {}),
    }),
    warnings: why === undefined ? [] : [why],
  };
}

/** The clocks belong to the time when a position was last moved. */
function hasMoved(former: TrackerCursor, next: TrackerCursor): boolean {
  return (['cases', 'contacts'] as const).some(
    key => former[key]?.updatedAt !== next[key]?.updatedAt,
  );
}

/** What stays true whatever this run does. */
function lasting(former: BoundTo = {}): BoundTo {
  const { readAgain: _, owned: _owned, isWhole: _isWhole, goesOn: _goesOn, ...boundTo } = former;
  return boundTo;
}
