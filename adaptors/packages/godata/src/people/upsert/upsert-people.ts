import { getOrCreate } from '#common/collections/get-or-create.js';
import type { TrackerCursor } from '#common/handover/fetched-tracked-entity-batch.js';
import type {
  MappedPeopleBatch,
  MappedRelationship,
} from '#common/handover/mapped-people-batch.js';
import { createJudge, type Memory } from '#common/ownership/index.js';
import { createLeftOutLedger, type LeftOutLedger } from '#common/reporting/left-out.js';
import type { PlanTable } from '#common/reporting/plan.js';
import { listed, type Rejected, type StepReport } from '#common/reporting/report.js';
import type { GoDataClient } from '../../client/client.js';
import { applyAll } from './apply/apply-all.js';
import type { ResolvedUpsert } from './options.js';
import { chooseOutbreaks, type TargetOutbreak } from './outbreaks/choose-outbreaks.js';
import { type OutbreakWork, planOutbreak } from './plan/plan-outbreak.js';
import { resolvePeople } from './plan/resolve-people.js';
import { readReferences } from './read/references.js';
import { countChanges, toUnmade } from './results/count-changes.js';
import { toNextCursor } from './results/next-cursor.js';
import { toPlanTable } from './results/plan-table.js';
import { remember } from './results/remember.js';

/** What an upsert needs besides its options. */
export interface UpsertContext {
  /** Whether to stop after the plan. */
  dryRun: boolean;
  /** `yyyy-MM-dd`. The start date of a new outbreak without cases. */
  today: string;
  /** The values on which both systems last agreed. */
  memory: Memory;
}

/** The result of a batch. */
export interface UpsertPeopleResult {
  plan: PlanTable;
  report: StepReport;
  /** Where the next run begins. */
  cursor: TrackerCursor;
}

/**
 * Writes a batch of people to Go.Data: checks every reference, chooses outbreaks, reads the
 * existing records, makes a plan and writes only the differences.
 *
 * Updates the memory with the values that both systems have at the end.
 */
export async function upsertPeople(
  client: GoDataClient,
  batch: MappedPeopleBatch,
  { outbreak: choice, visualIds }: ResolvedUpsert,
  { dryRun, today, memory }: UpsertContext,
): Promise<UpsertPeopleResult> {
  const judge = createJudge(memory, 'godata');
  const leftOut = createLeftOutLedger();
  const rejected: Rejected[] = [];
  const references = await readReferences(client, batch);
  const people = resolvePeople(batch.people, references, leftOut, rejected);
  const vaccines = batch.vaccines.map(id => references.idOf(id) ?? id);
  const { targets, homeless } = await chooseOutbreaks(client, choice, {
    batch: { people, orgUnits: batch.orgUnits },
    locationOf: references.locationOf,
    today,
  });
  for (const { id, kind, deleted } of homeless) if (!deleted) rejected.push(noOutbreak(kind, id));
  const { byTarget, waiting } = divide(batch, targets, leftOut);
  const works: OutbreakWork[] = [];
  for (const target of targets) {
    const wanted = byTarget.get(target) ?? [];
    works.push(
      await planOutbreak(client, target, { ...batch, vaccines }, wanted, visualIds, judge, leftOut),
    );
  }
  const planned = works.flatMap(work => work.people.rejected);
  const refused = dryRun ? [] : await applyAll(client, works);
  const unmade = toUnmade(works, refused);
  if (!dryRun) remember(works, refused, { judge, owners: batch.owners });
  const late = works.flatMap(({ relationships }) => relationships.waiting);
  if (late.length > 0) leftOut.add('waiting-for-other-person', '', late.length);
  const all = [...rejected, ...planned, ...refused];
  return {
    plan: toPlanTable(works, unmade),
    report: {
      read: batch.people.length,
      ...countChanges(works, unmade),
      leftOut: leftOut.list(),
      ...listed(
        all,
        works.flatMap(work => work.people.adjusted),
      ),
      requests: client.requests,
      dryRun,
    },
    cursor: toNextCursor(batch.next, {
      works,
      rejected: all,
      refused,
      waiting: [...waiting, ...late],
    }),
  };
}

/**
 * Divides relationships by the outbreak of their people. Go.Data has no relationships between two
 * outbreaks.
 */
function divide(
  batch: MappedPeopleBatch,
  targets: readonly TargetOutbreak[],
  leftOut: LeftOutLedger,
) {
  const homeOf = new Map(targets.flatMap(one => one.people.map(({ id }) => [id, one] as const)));
  const byTarget = new Map<TargetOutbreak, MappedRelationship[]>();
  const waiting: MappedRelationship[] = [];
  for (const relationship of batch.relationships) {
    const source = homeOf.get(relationship.source);
    const target = homeOf.get(relationship.target);
    const home = source ?? target ?? (targets.length === 1 ? targets[0] : undefined);
    if (source && target && source !== target) leftOut.add('between-outbreaks', '');
    else if (home) getOrCreate(byTarget, home, () => [] as MappedRelationship[]).push(relationship);
    else waiting.push(relationship);
  }
  return { byTarget, waiting };
}

function noOutbreak(kind: string, id: string): Rejected {
  const message = 'Neither its org unit nor one above it has an outbreak.';
  return { kind, id, code: 'NO_OUTBREAK', message };
}
