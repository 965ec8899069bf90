import { type Brake, checkLargeChange } from '#common/brake/large-change.js';
import { type BatchCounts, withOwned } from '#common/brake/owned.js';
import type { BoundTo } from '#common/handover/bound-to.js';
import type { PeopleCursor } from '#common/handover/fetched-people-batch.js';
import type {
  MappedEntity,
  MappedTrackedEntityBatch,
  MappedTrackedRelationship,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { MAX_GENERATION } from '#common/identity/uid.js';
import { createJudge, type Memory } from '#common/ownership/index.js';
import type { PlanTable } from '#common/reporting/plan.js';
import type { StepReport } from '#common/reporting/report.js';
import { identifyBound } from '../../client/identify.js';
import type { RestAccess } from '../../client/rest/request.js';
import { trackerDialect } from '../dialect.js';
import { applyPlan, hasWork } from './apply/apply-plan.js';
import { rehearsePlan } from './apply/rehearse.js';
import { badMapping } from './check/bad-mapping.js';
import { bindTarget } from './check/bind-target.js';
import { checkMapping } from './check/check-mapping.js';
import { describeGenerated } from './check/describe-generated.js';
import { describeRefusals } from './check/describe-refusals.js';
import { readMetadata } from './check/read-metadata.js';
import { fitValues } from './fit-values.js';
import { countBatch, lossesOf } from './losses.js';
import type { ResolvedUpsert } from './options.js';
import { createPlacing } from './place-people.js';
import { planBatch } from './plan/plan-batch.js';
import { createUniqueValues } from './plan/unique-values.js';
import { createEntityReader } from './read/entity-reader.js';
import { readCertainty } from './read/read-certainty.js';
import { readExisting, type Sought } from './read/read-existing.js';
import { createResults } from './results.js';

/** What an upsert needs besides the batch. */
export interface UpsertContext {
  /** Whether to stop after the plan, and how much may be taken away. */
  brake: Brake;
  /** What both systems had when they last agreed. */
  memory: Memory;
  /** Go.Data ids of people that an earlier run has rejected. */
  suspects?: readonly string[];
  /** What the cursor of the run before belongs to. */
  boundTo: BoundTo | undefined;
}

/** The result of a batch. */
export interface UpsertBatchResult {
  plan: PlanTable;
  report: StepReport;
  /** Where the next run continues. */
  cursor: PeopleCursor;
}

/**
 * Makes DHIS2's tracked entities match a batch: checks the mapping against the programs, reads what
 * DHIS2 has, plans, and applies only differences. A person who changed in the meantime, or whose
 * UID DHIS2 reports as used up, or as one of another person's, is read and planned again.
 *
 * Afterwards the memory holds what both systems have.
 *
 * @throws IntegrationError `BAD_MAPPING` (configuration) with every mismatch, `FOREIGN_STATE`
 * if the state belongs to another DHIS2, `LARGE_CHANGE`; nothing was written
 */
export async function upsertBatch(
  access: RestAccess,
  given: MappedTrackedEntityBatch,
  options: ResolvedUpsert,
  { brake, memory, suspects = [], boundTo }: UpsertContext,
): Promise<UpsertBatchResult> {
  const { dryRun } = brake;
  const { client } = access;
  const { version, minor, today } = await client.systemInfo();
  // Before anything is looked up: another DHIS2 rarely has the programs.
  const dhis2 = given.next.boundTo ? await identifyBound(client, boundTo) : {};
  const metadata = await readMetadata(client, given);
  const { place, orgUnitOf, problems: ofOrgUnits } = await createPlacing(client, given);
  const { entities, adjusted } = fitValues(given, { ...metadata, orgUnitOf });
  const batch = { ...given, entities };
  const problems = [...checkMapping(batch, metadata), ...ofOrgUnits];
  if (problems.length > 0) throw badMapping(problems, version);
  const findings = dryRun
    ? [...describeGenerated(batch, metadata), ...describeRefusals(batch, metadata)]
    : [];
  const bound = bindTarget(batch, metadata, dhis2, boundTo);
  const certainty = await readCertainty(client, batch);
  const reader = createEntityReader(client, trackerDialect(minor));
  const judge = createJudge(memory, 'dhis2');
  const results = createResults(batch, metadata, adjusted);
  const uniqueValues = createUniqueValues(metadata);
  const { linkAttribute } = batch;
  const asked = new Set(suspects);
  const sending = { access, metadata, options, linkAttribute, today, suspects: asked };
  const usedUp = new Set<string>();
  const foreign = new Set<string>();
  const created = new Set<string>();
  let validated: StepReport['validated'];
  let large: string[] = [];
  let counts: BatchCounts = {};
  let round: Round = batch;
  for (let number = 1; round.entities.length + round.relationships.length > 0; number += 1) {
    const others = othersOf(batch, round);
    const existing = await readExisting(
      reader,
      round.entities,
      others,
      round.relationships,
      batch,
      metadata,
      usedUp,
    );
    const planned = planBatch(round.entities, others, round.relationships, {
      batch,
      metadata,
      place,
      judge,
      recreate: options.recreate,
      certainty,
      existing,
      usedUp,
      foreign,
      created,
      uniqueValues,
    });
    if (number === 1) {
      large = checkLargeChange(lossesOf(planned, existing, batch.next.boundTo), brake);
      counts = countBatch(planned, existing);
    }
    if (dryRun && options.validateInDryRun && hasWork(planned)) {
      const rehearsed = await rehearsePlan(sending, planned);
      const { outcomes, notAsked } = rehearsed;
      validated = { requests: (validated?.requests ?? 0) + rehearsed.requests, notAsked };
      const isKnown =
        rehearsed.usedUp.every(uid => usedUp.has(uid)) &&
        rehearsed.foreign.every(uid => foreign.has(uid));
      for (const uid of rehearsed.usedUp) usedUp.add(uid);
      for (const uid of rehearsed.foreign) foreign.add(uid);
      if (!isKnown && number <= MAX_GENERATION) continue;
      results.add(planned, { outcomes });
      break;
    }
    if (dryRun || !hasWork(planned)) {
      results.add(planned, undefined);
      break;
    }
    const isFirst = number === 1;
    const applied = await applyPlan({ ...sending, reader, judge, isFirst }, planned);
    results.add(planned, applied);
    for (const uid of applied.usedUp) usedUp.add(uid);
    for (const uid of applied.foreign) foreign.add(uid);
    for (const uid of applied.created) created.add(uid);
    for (const one of applied.freed) uniqueValues.release(one);
    if (number > MAX_GENERATION) break;
    round = nextRound(batch, applied.again);
  }
  return {
    plan: results.table(),
    report: {
      read: batch.entities.length,
      ...results.report(),
      ...client.usage,
      dryRun,
      ...(validated ? { validated } : {}),
      ...(findings.length > 0 ? { findings } : {}),
      ...(large.length > 0 ? { warnings: large } : {}),
    },
    cursor: bound ? { ...results.cursor(), boundTo: withOwned(bound, counts) } : results.cursor(),
  };
}

/** People and relationships that are read and planned together. */
interface Round {
  entities: readonly MappedEntity[];
  relationships: readonly MappedTrackedRelationship[];
}

/** The people to read again, with all their relationships. */
function nextRound(batch: MappedTrackedEntityBatch, again: ReadonlySet<string>): Round {
  const relationships = batch.relationships.filter(
    ({ key, from, to }) => again.has(key) || again.has(from) || again.has(to),
  );
  const ends = new Set(
    relationships.filter(({ key }) => again.has(key)).flatMap(({ from, to }) => [from, to]),
  );
  return {
    entities: batch.entities.filter(({ id }) => again.has(id) || ends.has(id)),
    relationships,
  };
}

/** People at the ends of relationships who are not planned themselves. */
function othersOf(batch: MappedTrackedEntityBatch, { entities, relationships }: Round): Sought[] {
  const gone = batch.entities.filter(({ deleted }) => deleted);
  const own = new Set([...entities, ...gone].map(({ id }) => id));
  const known = new Map<string, Pick<Sought, 'links' | 'merged'>>([
    ...Object.entries(batch.others),
    ...batch.entities.map(one => [one.id, one] as const),
  ]);
  const ends = new Set(relationships.flatMap(({ from, to }) => [from, to]));
  return [...ends]
    .filter(id => !own.has(id))
    .map(id => {
      const { links = [], merged = [] } = known.get(id) ?? {};
      return { id, links, merged };
    });
}
