import type { PeopleCursor } from '#common/handover/fetched-people-batch.js';
import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import { createLeftOutLedger } from '#common/reporting/left-out.js';
import type { PlanTable } from '#common/reporting/plan.js';
import { type Adjusted, listed, type Rejected, type StepReport } from '#common/reporting/report.js';
import type { Applied } from './apply/apply-plan.js';
import type { Outcome } from './apply/outcome.js';
import { omissionsOf, refusalsOf, warningsOf } from './apply/refusals.js';
import type { Metadata } from './check/read-metadata.js';
import type { LeftOutRow, PlannedObject } from './plan/person-plan.js';
import type { BatchPlan } from './plan/plan-batch.js';
import { toPlanTable } from './plan-table.js';

/** The result for a person or a relationship. */
interface Result {
  /** Written in earlier rounds. */
  done: PlannedObject[];
  /** Of the last round. */
  objects: PlannedObject[];
  unchanged: number;
  rejected: Rejected[];
  adjusted: Adjusted[];
  /** DHIS2's warnings of all rounds. */
  warned: Adjusted[];
  leftOut: readonly LeftOutRow[];
}

/** Collects the results of a batch, round by round. For each person the last round counts. */
export interface Results {
  /** @param applied absent: there is only a plan */
  add(plan: BatchPlan, applied: Pick<Applied, 'outcomes'> | undefined): void;
  table(): PlanTable;
  report(): StepReport;
  cursor(): PeopleCursor;
}

/** @param fitted what was adjusted before anything was planned */
export function createResults(
  batch: MappedTrackedEntityBatch,
  metadata: Metadata,
  fitted: readonly Adjusted[],
): Results {
  const people = new Map<string, Result>();
  const relationships = new Map<string, Result>();
  const all = () => [...people, ...relationships];
  const outcomes = new Map<PlannedObject, Outcome>();
  /** In a dry run everything counts as written. */
  const isTaken = (object: PlannedObject) => (outcomes.get(object)?.state ?? 'taken') === 'taken';
  const isLost = (object: PlannedObject) =>
    ['refused', 'held', 'orphaned', 'unsure'].includes(outcomes.get(object)?.state ?? '');
  const takenOf = ({ done, objects }: Result) => [...done, ...objects.filter(isTaken)];

  return {
    add(plan, applied) {
      for (const [object, outcome] of applied?.outcomes ?? []) outcomes.set(object, outcome);
      for (const { entity, objects, ...rest } of plan.people) {
        const owner = { kind: entity.kind as string, id: entity.id };
        const refused = objects.flatMap(one => refusalsOf(one, outcomes.get(one), owner, metadata));
        const warned = objects.flatMap(one => warningsOf(one, outcomes.get(one), owner, metadata));
        const omitted = objects.map(one => omissionsOf(one, outcomes.get(one), owner, metadata));
        const before = people.get(entity.id);
        people.set(entity.id, {
          ...rest,
          objects,
          done: before ? takenOf(before) : [],
          rejected: [...rest.rejected, ...refused, ...omitted.flatMap(one => one.rejected)],
          warned: unlike([
            ...(before?.warned ?? []),
            ...warned,
            ...omitted.flatMap(one => one.adjusted),
          ]),
        });
      }
      for (const { relationship, objects, ...rest } of plan.relationships) {
        const owner = { kind: 'relationship', id: relationship.key };
        const refused = objects.flatMap(one => refusalsOf(one, outcomes.get(one), owner, metadata));
        const warned = objects.flatMap(one => warningsOf(one, outcomes.get(one), owner, metadata));
        const before = relationships.get(relationship.key);
        relationships.set(relationship.key, {
          ...rest,
          objects,
          done: before ? takenOf(before) : [],
          rejected: [...rest.rejected, ...refused],
          warned: [...(before?.warned ?? []), ...warned],
        });
      }
    },

    table: () => {
      const made = all().flatMap(([id, result]) => takenOf(result).map(object => ({ id, object })));
      const refused = all().flatMap(([, { objects }]) => objects.filter(isLost)).length;
      return toPlanTable(made, refused, metadata);
    },

    report() {
      const counts = { created: 0, updated: 0, unchanged: 0, deleted: 0 };
      const leftOut = createLeftOutLedger();
      for (const [, result] of all()) {
        for (const { change } of takenOf(result)) {
          if (change === 'create') counts.created += 1;
          else if (change === 'delete') counts.deleted += 1;
          else counts.updated += 1;
        }
        const isThere = (one: PlannedObject) => {
          const state = outcomes.get(one)?.state ?? '';
          return state === 'dropped' ? one.change !== 'create' : ['there', 'kept'].includes(state);
        };
        const there = result.objects.filter(isThere).length;
        // What an earlier round has written must not be changed by a later one.
        counts.unchanged += Math.max(0, result.unchanged + there - result.done.length);
        for (const [reason, subject] of result.leftOut) leftOut.add(reason, subject);
      }
      const results = all().map(([, result]) => result);
      return {
        ...counts,
        leftOut: leftOut.list(),
        ...listed(
          results.flatMap(({ rejected }) => rejected),
          [...fitted, ...results.flatMap(({ adjusted, warned }) => [...adjusted, ...warned])],
        ),
      };
    },

    cursor() {
      const isBad = (result: Result | undefined) => (result?.rejected.length ?? 0) > 0;
      const known = new Set(people.keys());
      const retry = [
        ...(batch.next.retry ?? []),
        ...[...people].filter(([, result]) => isBad(result)).map(([id]) => id),
        ...batch.relationships
          .filter(({ key }) => isBad(relationships.get(key)))
          .flatMap(({ from, to }) => [from, to].find(id => known.has(id)) ?? []),
      ];
      const { retry: _retry, ...next } = batch.next;
      return retry.length > 0 ? { ...next, retry: [...new Set(retry)] } : next;
    },
  };
}

/** Rows without those that an earlier round has already. */
function unlike(rows: readonly Adjusted[]): Adjusted[] {
  return [...new Map(rows.map(row => [`${row.code} ${row.message}`, row])).values()];
}
