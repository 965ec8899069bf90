import type {
  MappedTrackedEntityBatch,
  MappedTrackedRelationship,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { uidsOf } from '#common/identity/uid.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { RelationshipType } from '../check/metadata.js';
import {
  betweenOf,
  type ExistingRelationships,
  endsOf,
  sidesOf,
} from '../read/read-relationships.js';
import type { LeftOutRow, PlannedObject } from './person-plan.js';

/** The plan for a relationship. */
export interface RelationshipPlan {
  relationship: MappedTrackedRelationship;
  /** Deletions first. */
  objects: PlannedObject[];
  unchanged: number;
  rejected: Rejected[];
  adjusted: Adjusted[];
  leftOut: LeftOutRow[];
}

/** What planning relationships needs. */
export interface RelationshipContext {
  batch: Pick<MappedTrackedEntityBatch, 'server' | 'whenDeleted'>;
  types: ReadonlyMap<string, RelationshipType>;
  existing: { relationships: ExistingRelationships };
  /** Id of a person's tracked entity; undefined if there is none. */
  entityOf(person: string): string | undefined;
  /** Whether a person was deleted in Go.Data. */
  isDeleted(person: string): boolean;
  /**
   * Whether a tracked entity is new or created again: relationships of the former one were deleted
   * with it.
   */
  isNew(entity: string): boolean;
  recreate: boolean;
  usedUp: ReadonlySet<string>;
  /** UIDs that DHIS2 has between others than it was read for. */
  foreign: ReadonlySet<string>;
}

/**
 * Plans relationships. If DHIS2 already has one of the same type between the same two, it is used,
 * whoever created it: a second one would be refused (E4018). Deletions are planned first, because
 * one that is deleted makes room for a new one between the same two.
 *
 * A relationship of DHIS2 never changes (E4015). One that was created from Go.Data and that now has
 * other people there, because somebody corrected who exposed whom, is replaced.
 */
export function planRelationships(
  wanted: readonly MappedTrackedRelationship[],
  context: RelationshipContext,
): RelationshipPlan[] {
  const known = indexRelationships(context.existing.relationships);
  const outdated = new Map(wanted.map(one => [one, findOutdated(one, known, context)] as const));
  for (const uid of [...outdated.values()].flat()) part(uid, known);
  const deletionsFirst = [...wanted].sort((a, b) => Number(!a.deleted) - Number(!b.deleted));
  const plans = new Map(
    deletionsFirst.map(
      one => [one, planRelationship(one, known, context, outdated.get(one)!)] as const,
    ),
  );
  return wanted.map(one => plans.get(one)!);
}

/** Relationships of the batch's people. */
interface Known extends ExistingRelationships {
  /** `<type> <from> <to>` of all that exist, or will. */
  ends: Set<string>;
  /** `<type> <from> <to>` of those that this plan deletes. */
  parted: Set<string>;
}

function indexRelationships(existing: ExistingRelationships): Known {
  return {
    ...existing,
    ends: new Set([...existing.living.values()].map(betweenOf)),
    parted: new Set(),
  };
}

/** The relationship no longer counts as one between its two. */
function part(uid: string, { living, ends, parted }: Known): void {
  const stored = living.get(uid);
  if (!stored) return;
  ends.delete(betweenOf(stored));
  parted.add(betweenOf(stored));
}

/** UIDs of those that were created from a relationship when it had other people. */
function findOutdated(
  { key, type, from, to, deleted: isDeleted }: MappedTrackedRelationship,
  { living, deleted }: Known,
  { batch: { server }, entityOf, isDeleted: isGone, foreign }: RelationshipContext,
): string[] {
  const ends = [entityOf(from), entityOf(to)];
  if (isDeleted || isGone(from) || isGone(to) || ends.includes(undefined)) return [];
  return uidsOf({ server, kind: 'relationship', id: key }).filter(uid => {
    const stored = living.get(uid);
    if (!stored) return foreign.has(uid) && !deleted.has(uid);
    return stored.relationshipType === type && sidesOf(stored).some((end, n) => end !== ends[n]);
  });
}

function planRelationship(
  relationship: MappedTrackedRelationship,
  known: Known,
  context: RelationshipContext,
  outdated: readonly string[],
): RelationshipPlan {
  const { key, type } = relationship;
  const { living, deleted, ends, parted } = known;
  const { server, whenDeleted } = context.batch;
  const plan: RelationshipPlan = {
    relationship,
    objects: outdated.map(toDeletion),
    unchanged: 0,
    rejected: [],
    adjusted: [],
    leftOut: [],
  };
  const uids = uidsOf({ server, kind: 'relationship', id: key });
  const found = uids.find(uid => living.has(uid) && !outdated.includes(uid));
  if (relationship.deleted) {
    if (found !== undefined && whenDeleted !== 'leave') {
      plan.objects.push(toDeletion(found));
      part(found, known);
    } else plan.unchanged += 1;
    return plan;
  }
  if ([relationship.from, relationship.to].some(context.isDeleted)) {
    // It is handled with the person.
    plan.unchanged += 1;
    return plan;
  }
  const from = context.entityOf(relationship.from);
  const to = context.entityOf(relationship.to);
  if (from === undefined || to === undefined) {
    // It comes again together with the person who is not in DHIS2 yet.
    plan.leftOut.push(['waiting-for-other-person', '']);
    return plan;
  }
  const isBoth = context.types.get(type)?.bidirectional === true;
  const isIn = (known: ReadonlySet<string>) =>
    known.has(endsOf(type, from, to)) || (isBoth && known.has(endsOf(type, to, from)));
  const isThere = isIn(ends);
  if (from === to || isThere || found !== undefined) {
    if (outdated.length === 0) plan.unchanged += 1;
    return plan;
  }
  const free = uids.filter(uid => !outdated.includes(uid));
  const uid = chooseUid(free, deleted, [from, to], context);
  if (uid === 'deleted') plan.adjusted.push(deletedByHand(key));
  else if (uid === undefined) plan.rejected.push(tooOften(key));
  else {
    ends.add(endsOf(type, from, to));
    plan.objects.push({
      kind: 'relationships',
      uid,
      change: 'create',
      fields: [],
      ...(isIn(parted) ? { isAfterDeletion: true } : {}),
      body: {
        relationship: uid,
        relationshipType: type,
        from: { trackedEntity: { trackedEntity: from } },
        to: { trackedEntity: { trackedEntity: to } },
      },
    });
  }
  return plan;
}

function toDeletion(uid: string): PlannedObject {
  const body = { relationship: uid };
  return { kind: 'relationships', uid, change: 'delete', body, fields: [] };
}

/**
 * The first free UID. A deleted relationship between the same two was deleted by people; one
 * between others was deleted together with a tracked entity.
 */
function chooseUid(
  uids: readonly string[],
  deleted: Known['deleted'],
  ends: readonly [string, string],
  { usedUp, recreate, isNew }: RelationshipContext,
): string | 'deleted' | undefined {
  for (const uid of uids) {
    const former = deleted.get(uid);
    if (!former && !usedUp.has(uid)) return uid;
    const isSame = former
      ? ends.every((end, side) => sidesOf(former)[side] === end)
      : !ends.some(isNew);
    if (isSame && !recreate) return 'deleted';
  }
  return undefined;
}

function deletedByHand(id: string): Adjusted {
  const message =
    'Somebody deleted it in DHIS2, and DHIS2 does not bring it back. With recreate: true a new one is created.';
  return { kind: 'relationship', id, code: 'DELETED_IN_DHIS2', message };
}

function tooOften(id: string): Rejected {
  const message = 'It was deleted in DHIS2 too often. Enter it there by hand.';
  return { kind: 'relationship', id, code: 'GENERATIONS_USED_UP', message };
}
