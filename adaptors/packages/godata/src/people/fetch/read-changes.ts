import type { LeftOutLedger } from '#common/reporting/left-out.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { FullPass } from './full-pass.js';
import type { ChangeList } from './list/change-lists.js';
import { type Bound, type Change, listChanges } from './list/list-changes.js';
import type { Pass } from './list/pass.js';
import type { PeopleCollector } from './people-collector.js';
import type { FullPerson } from './read/full-person.js';
import { readPeople } from './read/read-people.js';
import type { Source } from './source.js';

/** People in one read: as many ids as fit into one address. */
const MAX_PEOPLE = 250;

/** The tools of a run: its source, its passes and its results so far. */
export interface Reading {
  source: Source;
  fullPass: FullPass;
  collector: PeopleCollector;
  /** Ids that do not belong to people of the outbreak. */
  absent: Set<string>;
  leftOut: LeftOutLedger;
}

/** A change, and the people to read for it. For a known change the list is empty. */
interface Step {
  change: Change;
  needs: string[];
}

/**
 * Adds the people of the changes in a list to the collector, until it is full.
 *
 * @returns whether changes are left
 */
export async function readChanges(
  reading: Reading,
  list: ChangeList,
  pass: Pass,
): Promise<boolean> {
  for (let bound: Bound | undefined = pass.begin; bound; ) {
    pass.reach(bound);
    const { changes, next } = await listChanges(reading.source, list, bound);
    for (let from = 0, size = 0; from < changes.length; from += size) {
      const steps = nextSteps(reading, list, pass, changes.slice(from));
      if (steps.length === 0 || !(await take(reading, list, pass, steps))) return true;
      size = steps.length;
    }
    bound = next;
  }
  return false;
}

/**
 * The next changes whose people fit into one read and into the collector. Empty when there is no
 * room.
 */
function nextSteps(
  reading: Reading,
  list: ChangeList,
  pass: Pass,
  changes: readonly Change[],
): Step[] {
  const { source, collector } = reading;
  const limit = Math.min(MAX_PEOPLE, source.pageSize);
  const wanted = new Set<string>();
  const steps: Step[] = [];
  let missing = 0;
  for (const change of changes) {
    const needs = pass.isKnown(change) ? [] : needsOf(reading, list, change);
    const more = new Set(needs.filter(id => !wanted.has(id)));
    if (more.size > 0) {
      for (const id of more) if (!collector.get(id)) missing += 1;
      const isFirst = wanted.size === 0;
      if (!isFirst && wanted.size + more.size > limit) break;
      if (missing > collector.room && !(isFirst && collector.isEmpty)) break;
    }
    for (const id of more) wanted.add(id);
    steps.push({ change, needs });
  }
  return steps;
}

/**
 * The people to read for a change: those who are missing from the collector. When nobody is missing
 * but the record has a newer version, one of them is read again to get that version.
 */
function needsOf(
  { fullPass, collector, absent }: Reading,
  { name }: ChangeList,
  { id, time, owners }: Change,
): string[] {
  const present = owners.filter(owner => !absent.has(owner) && !fullPass.hasPassed(owner, time));
  const missing = present.filter(owner => !collector.get(owner));
  if (missing.length > 0) return missing;
  if (collector.versionOf(name, id) === time) return [];
  // For a deleted person only the deletion is passed on.
  const notDeleted =
    name === 'people' ? present : present.filter(owner => !collector.get(owner)!.deleted);
  return notDeleted.slice(0, 1);
}

/** @returns whether all of it fitted into the collector */
async function take(
  reading: Reading,
  list: ChangeList,
  pass: Pass,
  steps: readonly Step[],
): Promise<boolean> {
  const { source, fullPass, collector, absent, leftOut } = reading;
  const ids = [...new Set(steps.flatMap(({ needs }) => needs))];
  let people = new Map<string, FullPerson>();
  if (ids.length > 0) {
    await fullPass.beginReading();
    people = await readPeople(source, ids);
    for (const id of ids) if (!people.has(id)) absent.add(id);
  }
  for (const { change, needs } of steps) {
    if (!collector.put(needs.flatMap(id => people.get(id) ?? []))) return false;
    // The person is listed but not found: the server misreads the id (FACTS §3), or the person no
    // longer exists.
    if (list.name === 'people' && needs.some(id => absent.has(id))) {
      leftOut.add('person-not-found', change.id);
    }
    pass.handle(change, collector.versionOf(list.name, change.id) ?? change.time);
  }
  if (ids.length > 0)
    console.log(formatProgress({ label: 'people', done: collector.people().length }));
  return true;
}
