import { checkBound } from '#common/binding/check-bound.js';
import { type Brake, checkLargeChange } from '#common/brake/large-change.js';
import { type BatchCounts, withOwned } from '#common/brake/owned.js';
import { getOrCreate } from '#common/collections/get-or-create.js';
import type { BoundTo } from '#common/handover/bound-to.js';
import type {
  TrackedRelationship,
  TrackerCursor,
} from '#common/handover/fetched-tracked-entity-batch.js';
import type {
  MappedPeopleBatch,
  MappedRelationship,
} from '#common/handover/mapped-people-batch.js';
import { readStoredRelationships } from '#common/handover/waiting-relationships.js';
import { createJudge, type Memory } from '#common/ownership/index.js';
import { createLeftOutLedger, type LeftOutLedger } from '#common/reporting/left-out.js';
import type { PlanTable } from '#common/reporting/plan.js';
import {
  type Adjusted,
  type LeftOut,
  listed,
  type Rejected,
  type StepReport,
} from '#common/reporting/report.js';
import type { GoDataClient } from '../../client/client.js';
import type { OutbreakRecord } from '../../client/types/index.js';
import { applyPlans } from './apply/apply-plans.js';
import type { ResolvedUpsert } from './options.js';
import { checkNamed, readQuestionnaires } from './outbreaks/check-named.js';
import { chooseOutbreaks, type TargetOutbreak } from './outbreaks/choose-outbreaks.js';
import { fitAnswers } from './plan/fit-answers.js';
import { type OutbreakPlan, planOutbreak } from './plan/plan-outbreak.js';
import { resolvePeople } from './plan/resolve-people.js';
import { readReferences } from './read/references.js';
import { countChanges, toUnwritten } from './results/count-changes.js';
import { headlinesOf } from './results/headlines.js';
import { countBatch, lossesOf } from './results/losses.js';
import { toNextCursor } from './results/next-cursor.js';
import { toPlanTable } from './results/plan-table.js';
import { remember } from './results/remember.js';

/** The input of an upsert in addition to the batch and the options. */
export interface UpsertContext {
  /** Whether to stop after the plan, and how much may be taken away. */
  brake: Brake;
  /** `yyyy-MM-dd`. The start date of a new outbreak without cases. */
  today: string;
  /** The values on which both systems last agreed. */
  memory: Memory;
  /** What the cursor of the run before belongs to. */
  boundTo: BoundTo | undefined;
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
 *
 * @throws IntegrationError `BAD_MAPPING`, `FOREIGN_STATE`, `LARGE_CHANGE` (configuration) before
 * anything is written
 */
export async function upsertPeople(
  client: GoDataClient,
  batch: MappedPeopleBatch,
  { outbreak: choice, visualIds }: ResolvedUpsert,
  { brake, today, memory, boundTo }: UpsertContext,
): Promise<UpsertPeopleResult> {
  const { dryRun } = brake;
  const judge = createJudge(memory, 'godata');
  const leftOut = createLeftOutLedger();
  const rejected: Rejected[] = [];
  const references = await readReferences(client, batch);
  const people = resolvePeople(batch.people, references, leftOut, rejected);
  const vaccines = batch.vaccines.map(id => references.idOf(id) ?? id);
  const {
    targets: chosen,
    withoutOutbreak,
    known,
  } = await chooseOutbreaks(client, choice, {
    batch: { people, orgUnits: batch.orgUnits },
    locationOf: references.locationOf,
    today,
  });
  const questionnaires = await readQuestionnaires(client, batch.named, chosen);
  const findings = checkNamed(batch.named, questionnaires, references);
  const fitted = chosen.map((one, n) => fitAnswers(one.people, questionnaires[n]!, batch.owners));
  const targets = chosen.map((one, n) => ({ ...one, people: fitted[n]!.people }));
  if (batch.next.boundTo) checkBound(boundTo, { outbreaks: timesOf(known) });
  for (const { id, kind, deleted } of withoutOutbreak)
    if (!deleted) rejected.push(noOutbreak(kind, id));
  const { byTarget, waiting } = divideRelationships(batch, targets, leftOut);
  const former = readStoredRelationships(batch.next.waiting);
  const awaited = new Set(former.flatMap(({ from, to }) => [from, to]));
  const untried = untriedOf(former, batch);
  const plans: OutbreakPlan[] = [];
  for (const target of targets) {
    const wanted = byTarget.get(target) ?? [];
    const asked = { ...batch, vaccines, awaited };
    plans.push(await planOutbreak(client, target, asked, wanted, visualIds, judge, leftOut));
  }
  const planned = plans.flatMap(plan => plan.people.rejected);
  const warnings = [
    ...fitted.flatMap(one => one.warnings),
    ...checkLargeChange(lossesOf(plans, batch.next.boundTo), brake),
  ];
  const { refused, adjusted, outbreaks } = dryRun
    ? { refused: [], adjusted: [], outbreaks: [] }
    : await applyPlans(client, plans);
  const unwritten = toUnwritten(plans, refused);
  if (!dryRun) remember(plans, refused, { judge, owners: batch.owners });
  const waitingInPlans = plans.flatMap(({ relationships }) => relationships.waiting);
  const all = [...rejected, ...planned, ...refused];
  const headlines = headlinesOf(plans, dryRun);
  return {
    plan: toPlanTable(plans, unwritten),
    report: {
      ...(headlines.length > 0 ? { headlines } : {}),
      read: batch.people.length,
      ...countChanges(plans, unwritten),
      leftOut: [...leftOut.list(), ...toLeftOut(untried.length + waitingInPlans.length)],
      ...listed(all, [
        ...fitted.flatMap(one => one.adjusted),
        ...plans.flatMap(adjustedIn),
        ...adjusted,
      ]),
      ...(warnings.length > 0 ? { warnings } : {}),
      ...(dryRun && findings.length > 0 ? { findings } : {}),
      ...client.usage,
      dryRun,
    },
    cursor: bind(
      toNextCursor(batch.next, {
        plans,
        rejected: all,
        refused,
        waiting: [...waiting, ...waitingInPlans],
        former,
        untried,
      }),
      { ...boundTo?.outbreaks, ...timesOf([...existingOf(targets), ...outbreaks]) },
      countBatch(plans),
    ),
  };
}

/** Binds a cursor to outbreaks, if the fetching step has bound it, and counts the batch. */
function bind(
  cursor: TrackerCursor,
  outbreaks: Record<string, string>,
  counts: BatchCounts,
): TrackerCursor {
  const { boundTo } = cursor;
  if (!boundTo) return cursor;
  return { ...cursor, boundTo: withOwned({ ...boundTo, outbreaks }, counts) };
}

function adjustedIn({ people, relationships, labResults }: OutbreakPlan): Adjusted[] {
  return [...people.adjusted, ...relationships.adjusted, ...labResults.adjusted];
}

function existingOf(targets: readonly TargetOutbreak[]): OutbreakRecord[] {
  return targets.flatMap(({ existing }) => existing ?? []);
}

function timesOf(outbreaks: readonly OutbreakRecord[]): Record<string, string> {
  return Object.fromEntries(outbreaks.map(({ id, createdAt }) => [id, createdAt ?? '']));
}

/**
 * Divides relationships by the outbreak of their people. Go.Data has no relationships between two
 * outbreaks.
 */
function divideRelationships(
  batch: MappedPeopleBatch,
  targets: readonly TargetOutbreak[],
  leftOut: LeftOutLedger,
) {
  const outbreakOf = new Map(
    targets.flatMap(one => one.people.map(({ id }) => [id, one] as const)),
  );
  const byTarget = new Map<TargetOutbreak, MappedRelationship[]>();
  const waiting: MappedRelationship[] = [];
  for (const relationship of batch.relationships) {
    const source = outbreakOf.get(relationship.source);
    const target = outbreakOf.get(relationship.target);
    const outbreak = source ?? target ?? (targets.length === 1 ? targets[0] : undefined);
    if (source && target && source !== target) leftOut.add('between-outbreaks', '');
    else if (outbreak)
      getOrCreate(byTarget, outbreak, () => [] as MappedRelationship[]).push(relationship);
    else waiting.push(relationship);
  }
  return { byTarget, waiting };
}

/** The waiting relationships that this run did not try. */
function untriedOf(
  former: readonly TrackedRelationship[],
  { tried = former.length, relationships }: MappedPeopleBatch,
): TrackedRelationship[] {
  // A person of the batch may have brought one of them.
  const keys = new Set(relationships.map(({ key }) => key));
  return former.slice(tried).filter(({ id }) => !keys.has(id));
}

/** The cursor holds these relationships, so that the next runs try them again. */
function toLeftOut(count: number): LeftOut[] {
  if (count === 0) return [];
  return [{ reason: 'waiting-for-other-person', subject: '', count, isCurrent: true }];
}

function noOutbreak(kind: string, id: string): Rejected {
  const message = 'Neither the org unit nor one above it has an outbreak.';
  return { kind, id, code: 'NO_OUTBREAK', message };
}
