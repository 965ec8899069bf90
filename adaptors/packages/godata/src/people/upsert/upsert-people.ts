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
import { withActiveOutbreaks } from './active-outbreak.js';
import { applyWork } from './apply/apply-work.js';
import type { ResolvedUpsert } from './options.js';
import { chooseOutbreaks, type TargetOutbreak } from './outbreaks/choose-outbreaks.js';
import { noteWritten, type Ownership } from './plan/decide-fields.js';
import type { PlannedPerson } from './plan/person-plan.js';
import { type OutbreakWork, planOutbreak } from './plan/plan-outbreak.js';
import { resolvePeople } from './plan/resolve-people.js';
import { toPlanTable } from './plan-table.js';
import { readReferences } from './read/references.js';

/** Relationships that are kept until their other end comes; more than that is another program's. */
const MAX_WAITING = 5000;

/** What an upsert needs to know besides. */
export interface UpsertContext {
  /** Stop after the plan. */
  dryRun: boolean;
  /** `yyyy-MM-dd`, for a new outbreak without cases. */
  today: string;
  /** What both systems had when they last agreed. */
  memory: Memory;
}

/** What became of a batch. */
export interface UpsertPeopleResult {
  plan: PlanTable;
  report: StepReport;
  /** Where the next run goes on. */
  cursor: TrackerCursor;
}

/**
 * Brings Go.Data's people to a batch: checks every reference, chooses outbreaks, reads what is there,
 * plans, applies only differences.
 *
 * The memory is changed by what both systems have in the end.
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
    cursor: {
      ...toCursor(batch.next, toRetry(all, works), [...waiting, ...late]),
      // People who are to be read again for what was written of them in part.
      ...(partialOf(works, refused).length > 0 ? { isPartial: true } : {}),
    },
  };
}

/** Relationships by the outbreak of their ends; Go.Data has none between two outbreaks. */
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

async function applyAll(client: GoDataClient, works: readonly OutbreakWork[]): Promise<Rejected[]> {
  const busy = works.filter(hasWork);
  if (busy.length === 0) return [];
  return withActiveOutbreaks(client, async activate => {
    const refused: Rejected[] = [];
    for (const work of busy) {
      const { existing, create } = work.outbreak;
      const { id } = existing ?? (await client.server.outbreaks.create(create!));
      await activate(id);
      refused.push(...(await applyWork(client, id, work)));
    }
    return refused;
  });
}

/** What was written is what both systems have. */
function remember(
  works: readonly OutbreakWork[],
  refused: readonly Rejected[],
  ownership: Ownership,
): void {
  const bad = new Set(refused.map(({ id }) => id));
  for (const { people } of works) {
    for (const one of [...people.creates, ...people.updates]) {
      if (!bad.has(one.person.id)) noteWritten(one, ownership);
    }
  }
}

function hasWork({ people, relationships, labResults }: OutbreakWork): boolean {
  return [
    people.creates,
    people.converts,
    people.updates,
    people.deletes,
    relationships.creates,
    relationships.changes,
    labResults.creates,
    labResults.changes,
  ].some(list => list.length > 0);
}

/** Ids of what the server did not take, and of what waits for a new person whom it did not take. */
function toUnmade(works: readonly OutbreakWork[], refused: readonly Rejected[]): Set<string> {
  const bad = new Set(refused.map(({ id }) => id));
  const isMissing = (one?: PlannedPerson) => one && !one.existing && bad.has(one.person.id);
  const waiting = works.flatMap(({ relationships, labResults }) =>
    [...relationships.creates, ...labResults.creates].filter(
      ({ at, other }) => isMissing(at) || isMissing(other),
    ),
  );
  return new Set([...bad, ...waiting.map(({ key }) => key)]);
}

function countChanges(works: readonly OutbreakWork[], bad: ReadonlySet<string>) {
  const good = (ids: string[]) => ids.filter(id => !bad.has(id)).length;
  const counts = { created: 0, updated: 0, unchanged: 0, deleted: 0 };
  for (const { people, relationships, labResults } of works) {
    counts.created += good(people.creates.map(({ person }) => person.id));
    counts.updated += good([
      ...new Set([...people.converts, ...people.updates].map(({ person }) => person.id)),
    ]);
    counts.unchanged += people.unchanged;
    counts.deleted += good(people.deletes.map(({ person }) => person.id));
    for (const { creates, changes, unchanged } of [relationships, labResults]) {
      counts.created += good(creates.map(({ key }) => key));
      counts.updated += good(changes.filter(one => one.changes).map(({ key }) => key));
      counts.deleted += good(changes.filter(one => !one.changes).map(({ key }) => key));
      counts.unchanged += unchanged;
    }
  }
  return counts;
}

/** People who are read again by the next run, whether they have changed or not: what they are about was
 * rejected, or not known in full. */
function toRetry(rejected: readonly Rejected[], works: readonly OutbreakWork[]): Set<string> {
  const owners = new Map<string, string>();
  for (const { relationships, labResults } of works) {
    for (const { key, at } of [
      ...relationships.creates,
      ...relationships.changes,
      ...labResults.creates,
      ...labResults.changes,
    ]) {
      owners.set(key, at.person.id);
    }
  }
  return new Set([
    ...rejected.map(({ id }) => owners.get(id) ?? id),
    ...partialOf(works, []).map(({ target }) => target),
  ]);
}

/** New relationships without what the exposed person says of them, unless they were refused. */
function partialOf(works: readonly OutbreakWork[], refused: readonly Rejected[]) {
  const bad = new Set(refused.map(({ id }) => id));
  return works.flatMap(({ relationships }) =>
    relationships.partial.filter(({ key }) => !bad.has(key)),
  );
}

function toCursor(
  next: TrackerCursor,
  retry: ReadonlySet<string>,
  waiting: readonly MappedRelationship[],
): TrackerCursor {
  const { retry: earlier = [], waiting: _waiting, ...rest } = next;
  const again = [...new Set([...earlier, ...retry])];
  return {
    ...rest,
    ...(again.length > 0 ? { retry: again } : {}),
    ...(waiting.length > 0
      ? { waiting: waiting.slice(-MAX_WAITING).map(({ origin }) => origin) }
      : {}),
  };
}

function noOutbreak(kind: string, id: string): Rejected {
  const message = 'No outbreak is for its org unit, nor for one above it.';
  return { kind, id, code: 'NO_OUTBREAK', message };
}
