import type { Loss } from '#common/brake/large-change.js';
import { type BatchCounts, ownedOf } from '#common/brake/owned.js';
import { ownOf } from '#common/collections/own.js';
import type { BoundTo } from '#common/handover/bound-to.js';
import { isSame } from '../plan/is-same.js';
import type { OutbreakPlan } from '../plan/plan-outbreak.js';
import type { PersonUpdate } from '../plan/planned-person.js';

/** The records of the batch, by kind. */
export function countBatch(plans: readonly OutbreakPlan[]): BatchCounts {
  const sum = (countOf: (plan: OutbreakPlan) => number) =>
    plans.reduce((total, plan) => total + countOf(plan), 0);
  const related = (kind: 'relationships' | 'labResults') => ({
    there: sum(plan => plan[kind].changes.length + plan[kind].unchanged),
    created: sum(plan => plan[kind].creates.length),
    deleted: sum(plan => plan[kind].changes.filter(({ changes }) => !changes).length),
  });
  return {
    people: {
      there: sum(({ people }) => people.updates.length + people.deletes.length + people.unchanged),
      created: sum(({ people }) => people.creates.length),
      deleted: sum(({ people }) => people.deletes.length),
    },
    relationships: related('relationships'),
    labResults: related('labResults'),
  };
}

/** What the plans would take away from Go.Data. */
export function lossesOf(plans: readonly OutbreakPlan[], next: BoundTo | undefined): Loss[] {
  const counts = countBatch(plans);
  const updates = plans.flatMap(({ people }) => people.updates);
  const marked = updates.filter(({ person }) => person.deleted).length;
  const cleared = updates.filter(update => !update.person.deleted && isCleared(update)).length;
  const owned = (kind: string) => ownedOf(next, kind, counts[kind]!);
  const people = { what: 'people', owned: owned('people') };
  return [
    { ...people, verb: 'delete or mark as deleted', count: counts.people!.deleted + marked },
    { ...people, verb: 'clear values of', count: cleared },
    {
      what: 'relationships',
      verb: 'delete',
      count: counts.relationships!.deleted,
      owned: owned('relationships'),
    },
    {
      what: 'lab results',
      verb: 'delete',
      count: counts.labResults!.deleted,
      owned: owned('labResults'),
    },
  ];
}

/** Whether a field that has a value loses it. */
function isCleared({ existing, changes }: PersonUpdate): boolean {
  return Object.entries(changes).some(([field, value]) => {
    const before = existing?.[field];
    if (field !== 'questionnaireAnswers') return !isSame(before, null) && isSame(value, null);
    const after = (value ?? {}) as Record<string, unknown>;
    const answers = Object.entries((before ?? {}) as Record<string, unknown>);
    return answers.some(([name, was]) => !isSame(was, null) && isSame(ownOf(after, name), null));
  });
}
