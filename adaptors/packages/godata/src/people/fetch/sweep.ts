import type {
  PassedPeople,
  PeopleCursor,
  RecordPosition,
} from '#common/handover/fetched-people-batch.js';
import { type ChangeTime, EPOCH, earlier, later } from './change-time.js';
import { CHANGE_LISTS, type ListName } from './list/change-lists.js';
import { type Change, latestChanges } from './list/list-changes.js';
import { beginPass, MAX_SEEN, type Pass } from './list/pass.js';
import type { Source } from './source.js';

/** People that are remembered between the runs of one sweep: 400 KB of JSON. */
const MAX_PASSED = 10_000;

/**
 * One way through all four lists, which may take several runs. Somebody comes with everything that
 * there is, so that what the other lists then say of the same changes is nothing new.
 */
export interface Sweep {
  passes: Readonly<Record<ListName, Pass>>;
  /** To be called before people are read. */
  beginReading(): Promise<void>;
  /** Whether an earlier run of the sweep has passed on somebody, with all that there was at a time. */
  hasPassed(id: string, time: string): boolean;
  /** What the next run of the sweep is told. */
  passed(people: readonly { id: string }[]): PassedPeople | undefined;
}

/**
 * Begins a sweep, or goes on with one that is under way.
 *
 * In a first run without a first day everybody is read, with everything: the other lists begin where
 * they end now, and know what they end with.
 *
 * @param since first day of a first run, `yyyy-MM-dd`
 */
export async function beginSweep(
  source: Source,
  cursor: PeopleCursor,
  since: string | undefined,
): Promise<Sweep> {
  const before: PeopleCursor = { ...cursor };
  const isFirst = CHANGE_LISTS.every(({ name }) => !cursor[name]);
  const readsAll = isFirst && since === undefined;
  if (readsAll) {
    for (const list of CHANGE_LISTS.filter(({ name }) => name !== 'people')) {
      before[list.name] = endOf(await latestChanges(source, list, MAX_SEEN), source.time.field);
    }
  }
  const passOf = (name: ListName) =>
    beginPass(before[name], isFirst ? since : undefined, source.time);
  const { overlapMs } = source.time;
  const goesOn = CHANGE_LISTS.some(({ name }) => cursor[name]?.underWay);
  let until = goesOn ? cursor.passed?.until : undefined;
  const earlierRuns = new Set(until === undefined ? [] : cursor.passed?.ids);
  return {
    passes: {
      people: passOf('people'),
      relationships: passOf('relationships'),
      labResults: passOf('labResults'),
      followUps: passOf('followUps'),
    },
    async beginReading() {
      if (goesOn || readsAll || until !== undefined) return;
      const latest = await Promise.all(CHANGE_LISTS.map(list => latestChanges(source, list, 1)));
      until = latest.flat().reduce((time, change) => later(time, change.time), EPOCH);
    },
    hasPassed(id, time) {
      // What comes into sight late, or from a clock that was put back, need not have been read.
      return until !== undefined && time <= earlier(until, overlapMs) && earlierRuns.has(id);
    },
    passed(people) {
      if (until === undefined) return undefined;
      const ids = new Set([...earlierRuns, ...people.map(({ id }) => id)]);
      return { until, ids: [...ids].slice(-MAX_PASSED) };
    },
  };
}

/** Where a list ends, as if it had been read until there. */
function endOf(latest: readonly Change[], field: ChangeTime['field']): RecordPosition {
  const timed = latest.filter(({ time }) => time !== '');
  return {
    updatedAt: timed[0]?.time ?? EPOCH,
    seen: Object.fromEntries(timed.map(({ id, time }) => [id, time])),
    ...(field === 'updatedAt' ? { by: field } : {}),
  };
}
