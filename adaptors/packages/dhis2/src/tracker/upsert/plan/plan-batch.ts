import { getOrCreate } from '#common/collections/get-or-create.js';
import type {
  MappedEntity,
  MappedTrackedEntityBatch,
  MappedTrackedRelationship,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { uidsOf } from '#common/identity/uid.js';
import type { Judge } from '#common/ownership/index.js';
import { isFreed } from '../../rules/is-freed.js';
import { omitAssigned } from '../../rules/omit-assigned.js';
import type { ProgramModel } from '../check/metadata.js';
import type { Metadata } from '../check/read-metadata.js';
import type { PlaceIn } from '../place-people.js';
import type { Certainty } from '../read/read-certainty.js';
import { type Existing, entitySource, type Sought } from '../read/read-existing.js';
import { awaitValues } from './await-values.js';
import { holdBack } from './hold-back.js';
import { type IdentifyContext, type Identity, identify, TOO_OFTEN } from './identify.js';
import { isTakenOver } from './link-notes.js';
import { emptyPlan, leaveDeleted, type PersonPlan, reject } from './person-plan.js';
import type { PersonEntity, PlanContext } from './plan-context.js';
import { planDeleted, planDeletedEvents } from './plan-deleted.js';
import { planLiving } from './plan-living.js';
import { planRelationships, type RelationshipPlan } from './plan-relationships.js';
import type { TakenValue, UniqueValues } from './unique-values.js';

/** The plan for a batch. */
export interface BatchPlan {
  people: PersonPlan[];
  relationships: RelationshipPlan[];
}

/** What planning needs. */
export interface BatchContext {
  batch: MappedTrackedEntityBatch;
  metadata: Metadata;
  place: PlaceIn;
  judge: Judge;
  recreate: boolean;
  /** How to tell that no other program has a tracked entity. */
  certainty: Certainty;
  existing: Existing;
  /** UIDs that DHIS2 reports as deleted. */
  usedUp: ReadonlySet<string>;
  /** UIDs that objects of other people have. */
  foreign: ReadonlySet<string>;
  /** UIDs of objects that this run has created. */
  created: ReadonlySet<string>;
  uniqueValues: UniqueValues;
}

/** Plans what to do with people and relationships; reads and writes nothing. */
export function planBatch(
  entities: readonly MappedEntity[],
  others: readonly Sought[],
  relationships: readonly MappedTrackedRelationship[],
  context: BatchContext,
): BatchPlan {
  const identifying = { ...context, server: context.batch.server };
  const taken = new Map<string, string>();
  const claimed = new Set<string>();
  // A deleted person does not keep the tracked entity if another person has the same one.
  const living = entities.filter(({ deleted }) => !deleted);
  const deleted = entities.filter(one => one.deleted);
  const gone = new Set(context.batch.entities.filter(one => one.deleted).map(({ id }) => id));
  const contexts = new Map<ProgramModel, PlanContext>();
  const contextFor = (program: ProgramModel) =>
    getOrCreate(contexts, program, () => ({
      ...context,
      program,
      nameOf: context.metadata.nameOf,
      place: location => context.place(program, location),
    }));
  const plan = (one: MappedEntity) =>
    planPerson(one, { taken, claimed }, context, identifying, contextFor);
  const plans = new Map([...living, ...deleted].map(one => [one.id, plan(one)]));
  keepUnique([...living, ...deleted], plans, plan, context);
  const fresh = new Set([...plans.values()].flatMap(({ id, objects }) => newEntity(id, objects)));
  let later: ReadonlySet<string> | undefined;
  const isLater = (uid: string) => {
    later ??= new Set(
      entities.flatMap(({ id }) => uidsOf(entitySource(context.batch.server, id)).slice(1)),
    );
    return later.has(uid);
  };
  return {
    people: entities.map(({ id }) => plans.get(id)!),
    relationships: planRelationships(relationships, {
      ...context,
      types: context.metadata.relationshipTypes,
      isDeleted: id => gone.has(id),
      entityOf: id => entityOf(id, plans, others, identifying),
      isNew: uid => fresh.has(uid) || context.created.has(uid) || isLater(uid),
    }),
  };
}

/**
 * Holds back people whose unique values others have. A person who has the value in DHIS2 comes
 * first, then the first in the batch.
 */
function keepUnique(
  entities: readonly MappedEntity[],
  plans: Map<string, PersonPlan>,
  replan: (entity: MappedEntity) => PersonPlan,
  { existing, metadata, uniqueValues }: BatchContext,
): void {
  const heldBack = new Map<string, TakenValue[]>();
  for (const one of existing.stored.values()) uniqueValues.note(one);
  for (const entity of entities) {
    const plan = plans.get(entity.id)!;
    const orgUnit = existing.stored.get(plan.id ?? '')?.orgUnit;
    const taken = uniqueValues.claim(plan, orgUnit);
    if (taken.length === 0) continue;
    plans.set(entity.id, holdBack(entity, plan, taken, metadata, replan));
    heldBack.set(entity.id, taken);
  }
  awaitValues(plans, heldBack);
}

function newEntity(id: string | undefined, objects: PersonPlan['objects']): string[] {
  const isNew = objects.some(
    ({ kind, change }) => kind === 'trackedEntities' && change === 'create',
  );
  return id !== undefined && isNew ? [id] : [];
}

/** The tracked entity of a person at an end of a relationship. */
function entityOf(
  id: string,
  plans: ReadonlyMap<string, PersonPlan>,
  others: readonly Sought[],
  identifying: IdentifyContext,
): string | undefined {
  const plan = plans.get(id);
  if (plan) return plan.id;
  const other = others.find(one => one.id === id);
  const identity = other && identify(other, identifying);
  return identity && 'found' in identity ? identity.found : undefined;
}

/** The tracked entities that living people of the batch have. */
interface Holders {
  /** Go.Data ids of those who have them, by tracked entity. */
  taken: Map<string, string>;
  /**
   * Those that may be somebody's who may have several. A merge of duplicates in Go.Data deletes
   * them and makes one record with the documents of all: its tracked entities are not deleted.
   */
  claimed: Set<string>;
}

function planPerson(
  entity: MappedEntity,
  { taken, claimed }: Holders,
  context: BatchContext,
  identifying: IdentifyContext,
  contextFor: (program: ProgramModel) => PlanContext,
): PersonPlan {
  const plan = emptyPlan(entity);
  const identity = identify(entity, identifying);
  const program = context.metadata.programOf(entity.program)!;
  const { batch, certainty, existing } = context;
  const deleting = { batch, programs: context.metadata.programs, certainty };
  if (entity.deleted && !('ambiguous' in identity)) {
    const found = 'found' in identity ? identity.found : '';
    const isOthers =
      taken.has(found) || claimed.has(found) || isTakenOver(existing.stored.get(found), entity);
    const id = isOthers ? '' : found;
    planDeleted(plan, existing.stored.get(id), existing.shadows.get(id), program, deleting);
    return plan;
  }
  if ('ambiguous' in identity) for (const id of identity.ambiguous) claimed.add(id);
  const unsearchable = context.existing.unsearchable.get(entity.id) ?? [];
  for (const id of unsearchable) reject(plan, 'BAD_VALUE', badValue(id, context.metadata));
  if (unsearchable.length > 0) return plan;
  const own = toPersonEntity(plan, identity, context);
  if (!own) return plan;
  const other = taken.get(own.id);
  if (other !== undefined && other !== entity.id) {
    const message = `The tracked entity ${own.id} is already that of the person ${other}. Merge both in Go.Data, or correct their documents of type EXTERNAL_ID.`;
    reject(plan, 'DUPLICATE_PERSON', message);
    return plan;
  }
  taken.set(own.id, entity.id);
  const { entity: free, omitted, assigned } = omitAssigned(entity, own.stored, program);
  const isUnfinished = isFreed(entity, own.stored, program, omitted);
  Object.assign(plan, { entity: free, assigned, isUnfinished });
  for (const { path, value } of omitted) {
    if (value !== null) plan.leftOut.push(['assigned-by-rule', path]);
  }
  planDeletedEvents(plan, own.stored, deleting);
  planLiving(plan, own, contextFor(program));
  return plan;
}

function badValue(attribute: string, { definitionOf, nameOf }: Metadata): string {
  const type = definitionOf(attribute)?.valueType;
  return `${nameOf(attribute) ?? attribute} (${attribute}): the value is not of the type ${type}, so that DHIS2 cannot search for it. Correct it in Go.Data.`;
}

/** The tracked entity of a person; none if the person is rejected, or left as it is. */
function toPersonEntity(
  plan: PersonPlan,
  identity: Identity,
  { existing }: BatchContext,
): PersonEntity | undefined {
  if ('ambiguous' in identity) {
    const ids = identity.ambiguous;
    const message = `${ids.length} tracked entities may be this person: ${ids.join(', ')}. Merge them in DHIS2, or correct the documents of type EXTERNAL_ID in Go.Data.`;
    reject(plan, 'AMBIGUOUS_PERSON', message);
    return undefined;
  }
  if ('deleted' in identity) {
    plan.unchanged += 1;
    leaveDeleted(plan, `the tracked entity ${identity.deleted}`);
    return undefined;
  }
  if ('usedUp' in identity) {
    reject(plan, 'GENERATIONS_USED_UP', TOO_OFTEN);
    return undefined;
  }
  const id = 'found' in identity ? identity.found : identity.fresh;
  const stored = 'found' in identity ? existing.stored.get(id) : undefined;
  if ('found' in identity && !stored) {
    const message = `DHIS2 has the tracked entity ${id}, but does not return its data. Check what the account may read, or run again.`;
    reject(plan, 'UNREADABLE', message);
    return undefined;
  }
  const known = new Set([...existing.candidatesOf(plan.entity), id]);
  const shadows = [...known].flatMap(one => existing.shadows.get(one) ?? []);
  return { id, stored, shadows, isLoose: 'found' in identity && identity.isLoose };
}
