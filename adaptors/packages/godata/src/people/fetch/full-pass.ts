import type {
  PassedPeople,
  PeopleCursor,
  RecordPosition,
} from '#common/handover/fetched-people-batch.js';
import { openSeenVersions } from '#common/handover/seen-versions.js';
import { type ChangeTime, EPOCH, earlier, later } from './change-time.js';
import { CHANGE_LISTS, type ListName } from './list/change-lists.js';
import { type Change, latestChanges } from './list/list-changes.js';
import { beginPass, type Pass, type PassTimes } from './list/pass.js';
import type { Source } from './source.js';

/** Maximum number of people who are remembered between the runs of one full pass: 400 KB of JSON. */
const MAX_PASSED = 10_000;

/** Records at the present end of a list that are remembered when a first run begins there. */
const MAX_AT_END = 4000;

/**
 * One pass through all four lists. It can take several runs. A person is read with all related
 * records, so changes of these records in the other lists are known already.
 */
export interface FullPass {
  passes: Readonly<Record<ListName, Pass>>;
  /** Call it before people are read. */
  beginReading(): Promise<void>;
  /** Whether an earlier run of the full pass passed on a person with all changes up to a time. */
  hasPassed(id: string, time: string): boolean;
  /** The people whom the next run of the full pass has to remember. */
  passed(people: readonly { id: string }[]): PassedPeople | undefined;
}

/**
 * Begins a full pass, or continues one that is not finished.
 *
 * A first run without a first day reads everybody with all related records. So the other lists
 * begin at their present end, and remember the records there.
 *
 */
export async function beginFullPass(
  source: Source,
  cursor: PeopleCursor,
  { since, present }: PassTimes,
): Promise<FullPass> {
  const before: PeopleCursor = { ...cursor };
  const isFirst = CHANGE_LISTS.every(({ name }) => !cursor[name]);
  const readsAll = isFirst && since === undefined;
  if (readsAll) {
    for (const list of CHANGE_LISTS.filter(({ name }) => name !== 'people')) {
      before[list.name] = endOf(await latestChanges(source, list, MAX_AT_END), source.time.field);
    }
  }
  const passOf = (name: ListName) =>
    beginPass(before[name], { since: isFirst ? since : undefined, present }, source.time);
  const { overlapMs } = source.time;
  const continues = CHANGE_LISTS.some(({ name }) => cursor[name]?.underWay);
  let until = continues ? cursor.passed?.until : undefined;
  const earlierRuns = new Set(until === undefined ? [] : cursor.passed?.ids);
  return {
    passes: {
      people: passOf('people'),
      relationships: passOf('relationships'),
      labResults: passOf('labResults'),
      followUps: passOf('followUps'),
    },
    async beginReading() {
      if (continues || readsAll || until !== undefined) return;
      const latest = await Promise.all(CHANGE_LISTS.map(list => latestChanges(source, list, 1)));
      const last = latest.flat().reduce((time, change) => later(time, change.time), EPOCH);
      until = present !== undefined && present < last ? present : last;
    },
    hasPassed(id, time) {
      // A change may have become visible late, or its clock may have been set back. Then it was not
      // read.
      return until !== undefined && time <= earlier(until, overlapMs) && earlierRuns.has(id);
    },
    passed(people) {
      if (until === undefined) return undefined;
      const ids = new Set([...earlierRuns, ...people.map(({ id }) => id)]);
      return { until, ids: [...ids].slice(-MAX_PASSED) };
    },
  };
}

/** The position at the end of a list, as if the list had been read. */
function endOf(latest: readonly Change[], field: ChangeTime['field']): RecordPosition {
  const timed = latest.filter(({ time }) => time !== '');
  const seen = openSeenVersions();
  for (const { id, time } of timed) seen.add(id, time);
  return {
    updatedAt: timed[0]?.time ?? EPOCH,
    seen: seen.since(EPOCH),
    ...(field === 'updatedAt' ? { by: field } : {}),
  };
}
