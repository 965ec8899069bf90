import { fingerprint, type Judge } from '#common/ownership/index.js';
import { loses } from '../plan/await-values.js';
import type { FieldWrite, FreedValue, PersonPlan, PlannedObject } from '../plan/person-plan.js';
import type { BatchPlan } from '../plan/plan-batch.js';
import type { EntityReader } from '../read/entity-reader.js';
import { DELETED_UID, FOREIGN_UID, NOT_UNIQUE, OUT_OF_DATE } from './codes.js';
import { divide, divideDoomed, divideHeld, isEntity } from './divide.js';
import { hasUidOf, type Outcome } from './outcome.js';
import { readBack } from './read-back.js';
import { fieldsIn } from './refusals.js';
import { type SendOptions, sendGroups } from './send.js';
import { type PeopleContext, sendPeople } from './send-people.js';

/** What applying needs. */
export interface ApplyContext extends PeopleContext {
  reader: EntityReader;
  judge: Judge;
  /** Whether people who changed in the meantime are planned again. */
  isFirst: boolean;
}

/** The result of a plan. */
export interface Applied {
  outcomes: ReadonlyMap<PlannedObject, Outcome>;
  /** UIDs that DHIS2 reports as deleted. */
  usedUp: string[];
  /** UIDs that objects of other people have. */
  foreign: string[];
  /** UIDs of objects that were created. */
  created: string[];
  /** Go.Data ids of people and relationships to read and plan again. */
  again: ReadonlySet<string>;
  /** Unique values that other people wait for. */
  freed: FreedValue[];
}

/** Whether there is anything to send. */
export function hasWork({ people, relationships }: BatchPlan): boolean {
  return [...people, ...relationships].some(({ objects }) => objects.length > 0);
}

/**
 * Writes a plan: people, then the relationships between them, then deletions. Relationships are
 * deleted before new ones are written, because DHIS2 refuses a second one between the same two
 * (E4018). What DHIS2 accepted is remembered.
 */
export async function applyPlan(context: ApplyContext, plan: BatchPlan): Promise<Applied> {
  const { access, options } = context;
  const send = (label: string): SendOptions => ({ ...options, label });
  const strategy = 'CREATE_AND_UPDATE';
  const people = await sendPeople(context, plan.people);
  const { orphans, parted, possible } = divide(plan.relationships, people);
  const sent = new Map([
    ...people,
    ...orphans,
    ...(await sendGroups(access, 'DELETE', parted, send('deletions of relationships'))),
    ...(await sendGroups(access, strategy, possible, send('relationships'))),
    ...(await sendDeletions(context, plan, people)),
  ]);
  const outcomes = await settle(context, plan, sent);
  for (const one of plan.people) remember(one, outcomes, context);
  return { outcomes, ...consequences(context, plan, outcomes) };
}

/**
 * Adds the marks of deletion first, so that what is deleted comes back with its person or record. A
 * tracked entity is deleted after its enrollments: DHIS2 then checks whether another program has
 * it.
 */
async function sendDeletions(
  { access, options }: ApplyContext,
  plan: BatchPlan,
  written: ReadonlyMap<PlannedObject, Outcome>,
): Promise<Map<PlannedObject, Outcome>> {
  const [held, people] = divideHeld(plan.people, written);
  const doomed = people.map(({ objects }) => objects.filter(({ change }) => change === 'delete'));
  const parts = doomed.map(objects => objects.filter(one => !isEntity(one)));
  const marks = people.map(one => one.marks);
  const label = { ...options, label: 'deletions' };
  await sendGroups(access, 'CREATE_AND_UPDATE', marks, { ...label, label: 'marks of deletion' });
  const gone = await sendGroups(access, 'DELETE', parts, label);
  const { orphans, possible } = divideDoomed(doomed, gone);
  return new Map([
    ...held,
    ...gone,
    ...orphans,
    ...(await sendGroups(access, 'DELETE', possible, { ...label, label: 'tracked entities' })),
  ]);
}

/** Checks objects that the reports do not mention. */
async function settle(
  { reader }: ApplyContext,
  { people, relationships }: BatchPlan,
  sent: ReadonlyMap<PlannedObject, Outcome>,
): Promise<Map<PlannedObject, Outcome>> {
  const isUnsure = (object: PlannedObject) => sent.get(object)?.state === 'unsure';
  const unsure = [
    ...people.flatMap(({ id = '', objects }) =>
      objects.filter(isUnsure).map(object => ({ object, entity: entityOf(object) ?? id })),
    ),
    ...relationships.flatMap(({ objects }) =>
      objects.filter(isUnsure).map(object => ({ object, entity: entityOf(object) ?? '' })),
    ),
  ];
  const settled = new Map(sent);
  if (unsure.length === 0) return settled;
  for (const object of await readBack(reader, unsure)) settled.set(object, { state: 'taken' });
  return settled;
}

/** The tracked entity of an object, if the report names it separately. */
function entityOf({ kind, uid, body }: PlannedObject): string | undefined {
  if (kind === 'trackedEntities') return uid;
  if (kind !== 'relationships') return undefined;
  const from = body.from as { trackedEntity?: { trackedEntity?: string } } | undefined;
  return from?.trackedEntity?.trackedEntity;
}

function remember(
  { subject, writes, objects }: PersonPlan,
  outcomes: ReadonlyMap<PlannedObject, Outcome>,
  { judge }: ApplyContext,
): void {
  if (!subject) return;
  const lost = new Set(
    objects.filter(one => outcomes.get(one)?.state !== 'taken').map(({ uid }) => uid),
  );
  const omitted = new Set(objects.flatMap(omittedPaths));
  const isLost = ({ uid, path }: FieldWrite['parts'][number]) => lost.has(uid) || omitted.has(path);
  for (const write of writes) {
    if (write.needs.some(uid => lost.has(uid))) continue;
    const dhis2 = printAfter(write, isLost);
    const isWhole = !write.parts.some(isLost);
    // For a person written in part, DHIS2's side is known, and Go.Data's is still the newer one.
    const last = isWhole ? undefined : judge.last(subject, write.field);
    const godata = isWhole ? write.godata : last?.godata;
    if (godata !== undefined) judge.written(subject, write.field, { godata, dhis2 });
  }
}

/** Places of values that were not sent because DHIS2 refuses them, as an owner table names them. */
function omittedPaths({ stage, omitted = [] }: PlannedObject): string[] {
  return omitted.map(({ path }) => (stage === undefined ? path : `${stage}.${path}`));
}

function printAfter(
  { paths, stored, parts, dhis2 }: FieldWrite,
  isLost: (part: FieldWrite['parts'][number]) => boolean,
): string {
  if (dhis2 !== undefined) return dhis2;
  const kept = parts.filter(part => !isLost(part));
  const texts = new Map(kept.map(({ path, text }) => [path, text]));
  return fingerprint(paths.map((path, n) => texts.get(path) ?? stored[n] ?? ''));
}

/** What follows from the refusals. */
function consequences(
  { isFirst, metadata }: ApplyContext,
  { people, relationships }: BatchPlan,
  outcomes: ReadonlyMap<PlannedObject, Outcome>,
): Omit<Applied, 'outcomes'> {
  const usedUp: string[] = [];
  const foreign: string[] = [];
  const created: string[] = [];
  const again = new Set<string>();
  const look = (owner: string, object: PlannedObject) => {
    const outcome = outcomes.get(object);
    if (outcome?.state === 'taken' && object.change === 'create') created.push(object.uid);
    if (object.change === 'create' && outcome && hasUidOf(outcome)) {
      foreign.push(object.uid);
      again.add(owner);
    }
    if (outcome?.state !== 'refused') return;
    for (const error of outcome.errors) {
      const { errorCode = '' } = error;
      const isUsedUp = DELETED_UID.has(errorCode);
      if (isUsedUp) usedUp.push(object.uid);
      const isForeign = object.change === 'create' && FOREIGN_UID.has(errorCode);
      if (isForeign) foreign.push(object.uid);
      const isTaken =
        errorCode === NOT_UNIQUE && fieldsIn(error, object, metadata).some(one => one.generated);
      if (isUsedUp || isForeign || isTaken || (isFirst && OUT_OF_DATE.has(errorCode))) {
        again.add(owner);
      }
    }
  };
  for (const { entity, objects, isUnfinished } of people) {
    for (const one of objects) look(entity.id, one);
    const isWritten = objects.some(one => outcomes.get(one)?.state === 'taken');
    if (isFirst && isUnfinished && isWritten) again.add(entity.id);
  }
  for (const { relationship, objects } of relationships) {
    for (const one of objects) look(relationship.key, one);
  }
  const freed = freedValues(people, outcomes);
  if (freed.length > 0) for (const { awaits, entity } of people) if (awaits) again.add(entity.id);
  return { usedUp, foreign, created, again, freed };
}

/** The values that people wait for and that their holders have lost. */
function freedValues(
  people: readonly PersonPlan[],
  outcomes: ReadonlyMap<PlannedObject, Outcome>,
): FreedValue[] {
  const written = new Map(
    people.map(one => {
      const objects = one.objects.filter(object => outcomes.get(object)?.state === 'taken');
      return [one.id, { ...one, objects }];
    }),
  );
  return people
    .flatMap(({ awaits = [] }) => awaits)
    .filter(({ trackedEntity, attribute }) => {
      const holder = written.get(trackedEntity);
      return holder !== undefined && loses(holder, attribute);
    });
}
