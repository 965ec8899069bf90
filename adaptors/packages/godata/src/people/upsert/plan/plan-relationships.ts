import { getOrCreate } from '#common/collections/get-or-create.js';
import type {
  MappedPeopleBatch,
  MappedRelationship,
} from '#common/handover/mapped-people-batch.js';
import { readMark, readOwner, withMark } from '#common/identity/marks.js';
import { uidsOf } from '#common/identity/uid.js';
import type { RelationshipRecord } from '#godata/client/types/index.js';
import { diffMarked, withoutEmpty } from './diff-marked.js';
import type { PlannedPerson } from './planned-person.js';
import { addExisting, emptyRelatedPlan, keepOne, type RelationshipPlan } from './related-plan.js';

/**
 * Compares relationships with those on the server. A relationship is found by its mark. A
 * relationship that users made between the same two people, in the same direction, counts as the
 * same one: the server would store a second one without an error (godata FACTS §2.3).
 *
 * Go.Data owns a relationship that DHIS2 got from Go.Data: it is not changed, deleted or not. Its
 * UID is computed from the record's id.
 *
 * @param existing also deleted ones
 * @param complete ids in the source of people who were read in full: their related records are in
 * the batch or no longer exist
 * @param batch the name of the Go.Data server, and where relationships were read
 */
export function planRelationships(
  wanted: readonly MappedRelationship[],
  existing: readonly RelationshipRecord[],
  planned: ReadonlyMap<string, PlannedPerson>,
  complete: ReadonlySet<string>,
  { server, relationshipsAtCases }: Pick<MappedPeopleBatch, 'server' | 'relationshipsAtCases'>,
): RelationshipPlan {
  const plan: RelationshipPlan = { ...emptyRelatedPlan(), waiting: [], partial: [] };
  const marked = new Map<string, RelationshipRecord[]>();
  const byEnds = new Map<string, RelationshipRecord>();
  const ownedByGoData = new Set<string>();
  for (const one of existing) {
    const key = readMark(one.comment);
    if (key === undefined) {
      for (const uid of uidsOf({ server, kind: 'relationship', id: one.id }))
        ownedByGoData.add(uid);
    }
    if (one.deleted) continue;
    if (key !== undefined) getOrCreate(marked, key, () => [] as RelationshipRecord[]).push(one);
    else byEnds.set(endsOf(one), one);
  }
  const recordOf = new Map([...planned.values()].map(one => [one.id, one]));
  const byMark = new Map<string, RelationshipRecord>();
  for (const [key, records] of marked) {
    const at = sourceOf(records[0]!, recordOf);
    byMark.set(key, at ? keepOne(plan, 'relationship', { at, key }, records) : records[0]!);
  }
  const keys = new Set(wanted.map(({ key }) => key));
  for (const relationship of wanted) {
    const { key, fields, partial, origin } = relationship;
    if (ownedByGoData.has(key)) {
      plan.unchanged += 1;
      continue;
    }
    const ends = [planned.get(relationship.source), planned.get(relationship.target)] as const;
    if (!ends[0] || !ends[1]) {
      plan.waiting.push(relationship);
      continue;
    }
    const [source, target] = inDirection(ends[0], ends[1]);
    // The kind of a person outside the batch was a guess, and may be different.
    const isWhole =
      !partial || (target.person.id === relationship.target && complete.has(target.person.id));
    const found = byMark.get(key) ?? byEnds.get(`${source.id} ${target.id}`);
    if (!found) {
      const comment = withMark(fields.comment, key, origin.from);
      const record = withoutEmpty({ ...fields, comment });
      plan.creates.push({ at: source, other: target, key, record });
      if (!isWhole) plan.partial.push({ key, target: target.person.id });
      continue;
    }
    byEnds.delete(endsOf(found));
    // Without the exposed person in the batch, not all fields are known. The record is not changed.
    const changes = isWhole ? diffMarked(found, fields, 'comment', key, origin.from) : {};
    addExisting(plan, { at: source, key, id: found.id }, changes);
  }
  for (const [key, { id, persons, comment }] of byMark) {
    const ends = (persons ?? []).flatMap(person => recordOf.get(person.id ?? '') ?? []);
    const owner = readOwner(comment);
    const isComplete =
      owner === undefined
        ? ends.length === 2 && ends.every(({ person }) => complete.has(person.id))
        : complete.has(owner);
    // Of a contact's, only those with a case of the batch are known.
    const isRead =
      !relationshipsAtCases ||
      ends.some(({ person }) => person.kind === 'case' && complete.has(person.id));
    const isGone = isComplete && isRead;
    if (!keys.has(key) && isGone && ends[0]) plan.changes.push({ at: ends[0], key, id });
  }
  return plan;
}

/** The person at an end of a relationship, the source if both are in the batch. */
function sourceOf(
  { persons = [] }: RelationshipRecord,
  recordOf: ReadonlyMap<string, PlannedPerson>,
): PlannedPerson | undefined {
  const inOrder = [...persons].sort(
    (a, b) => Number(b.source ?? false) - Number(a.source ?? false),
  );
  return inOrder.flatMap(({ id }) => recordOf.get(id ?? '') ?? [])[0];
}

/**
 * Puts the case first: the server makes the case the source of a contact's exposure (godata FACTS
 * §2.3).
 */
function inDirection(
  source: PlannedPerson,
  target: PlannedPerson,
): [source: PlannedPerson, target: PlannedPerson] {
  const isTurned = source.path === 'contacts' && target.path === 'cases';
  return isTurned ? [target, source] : [source, target];
}

function endsOf({ persons }: RelationshipRecord): string {
  const end = (role: 'source' | 'target') => (persons ?? []).find(person => person[role])?.id;
  return `${end('source')} ${end('target')}`;
}
