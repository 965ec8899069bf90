import type {
  MappedLabResult,
  MappedRelationship,
  RecordFields,
} from '#common/handover/mapped-people-batch.js';
import { readMark, readOwner, withMark } from '#common/identity/marks.js';
import { labResultEvent, uidsOf } from '#common/identity/uid.js';
import type { LabResultRecord, RelationshipRecord } from '#godata/client/types/index.js';
import type { PlannedPerson } from './person-plan.js';
import { isSame } from './same.js';

/** A relationship or a lab result to create, at a person. */
export interface RelatedCreate {
  at: PlannedPerson;
  /** Id in the source. */
  key: string;
  record: RecordFields;
  /** The other end of a relationship: who was exposed. */
  other?: PlannedPerson;
}

/** A change of one that is there, or its end. */
export interface RelatedChange {
  at: PlannedPerson;
  key: string;
  id: string;
  /** Absent: it is deleted. */
  changes?: RecordFields;
}

/** What becomes of the relationships, or of the lab results, of an outbreak's people. */
export interface RelatedPlan {
  creates: RelatedCreate[];
  changes: RelatedChange[];
  unchanged: number;
}

/** Relationships whose other end is nowhere yet, besides. */
export interface RelationshipPlan extends RelatedPlan {
  waiting: MappedRelationship[];
  /** New ones without what the exposed person says of it, who must be read again for that. */
  partial: { key: string; target: string }[];
}

/**
 * Compares relationships with those that the server has. One is known again by its mark; one that
 * people have made between the same two, in the same direction, is taken for it, since the server
 * would take a second one without a word (godata FACTS §2.3).
 *
 * One that DHIS2 has from Go.Data is Go.Data's, and stays as it is, deleted or not: its UID is made of
 * the record's id.
 *
 * @param existing deleted ones too
 * @param complete ids in the source of people who have been read anew: what they own is in the batch,
 * or is gone
 * @param server name of the Go.Data server
 */
export function planRelationships(
  wanted: readonly MappedRelationship[],
  existing: readonly RelationshipRecord[],
  planned: ReadonlyMap<string, PlannedPerson>,
  complete: ReadonlySet<string>,
  server: string,
): RelationshipPlan {
  const plan: RelationshipPlan = {
    creates: [],
    changes: [],
    unchanged: 0,
    waiting: [],
    partial: [],
  };
  const byMark = new Map<string, RelationshipRecord>();
  const byEnds = new Map<string, RelationshipRecord>();
  const goDatas = new Set<string>();
  for (const one of existing) {
    const key = readMark(one.comment);
    if (key === undefined) {
      for (const uid of uidsOf({ server, kind: 'relationship', id: one.id })) goDatas.add(uid);
    }
    if (one.deleted) continue;
    if (key !== undefined) byMark.set(key, one);
    else byEnds.set(endsOf(one), one);
  }
  const keys = new Set(wanted.map(({ key }) => key));
  for (const relationship of wanted) {
    const { key, fields, partial, origin } = relationship;
    if (goDatas.has(key)) {
      plan.unchanged += 1;
      continue;
    }
    const ends = [planned.get(relationship.source), planned.get(relationship.target)] as const;
    if (!ends[0] || !ends[1]) {
      plan.waiting.push(relationship);
      continue;
    }
    const [source, target] = inDirection(ends[0], ends[1]);
    // Whoever is not in the batch may have been of another kind than was guessed.
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
    // Of one whose exposed person is not in the batch, not all is known: it stays as it is.
    const changes = isWhole ? diffMarked(found, fields, 'comment', key, origin.from) : {};
    note(plan, { at: source, key, id: found.id }, changes);
  }
  const recordOf = new Map([...planned.values()].map(one => [one.id, one]));
  for (const [key, { id, persons, comment }] of byMark) {
    const ends = (persons ?? []).flatMap(person => recordOf.get(person.id ?? '') ?? []);
    const owner = readOwner(comment);
    const isGone =
      owner === undefined
        ? ends.length === 2 && ends.every(({ person }) => complete.has(person.id))
        : complete.has(owner);
    if (!keys.has(key) && isGone && ends[0]) plan.changes.push({ at: ends[0], key, id });
  }
  return plan;
}

/**
 * Compares the lab results of people with those that the server has, by their marks. One that DHIS2
 * has from Go.Data is Go.Data's, and stays as it is, deleted or not.
 *
 * @param existing deleted ones too
 * @param server name of the Go.Data server
 */
export function planLabResults(
  people: readonly PlannedPerson[],
  existing: readonly LabResultRecord[],
  server: string,
): RelatedPlan {
  const plan: RelatedPlan = { creates: [], changes: [], unchanged: 0 };
  const byPerson = new Map<string, Map<string, LabResultRecord>>();
  const goDatas = new Set<string>();
  for (const one of existing) {
    const key = readMark(one.notes);
    if (key === undefined)
      for (const uid of uidsOf(labResultEvent(server, one.id))) goDatas.add(uid);
    if (key === undefined || one.deleted) continue;
    const own = byPerson.get(String(one.personId)) ?? new Map<string, LabResultRecord>();
    byPerson.set(String(one.personId), own.set(key, one));
  }
  for (const at of people) {
    const own = byPerson.get(at.id) ?? new Map<string, LabResultRecord>();
    for (const result of at.person.labResults) {
      if (goDatas.has(result.key)) plan.unchanged += 1;
      else planLabResult(plan, at, result, own.get(result.key));
    }
    const keys = new Set(at.person.labResults.map(({ key }) => key));
    for (const [key, { id }] of own) if (!keys.has(key)) plan.changes.push({ at, key, id });
  }
  return plan;
}

function planLabResult(
  plan: RelatedPlan,
  at: PlannedPerson,
  { key, fields }: MappedLabResult,
  found: LabResultRecord | undefined,
): void {
  if (found) note(plan, { at, key, id: found.id }, diffMarked(found, fields, 'notes', key));
  else {
    const record = withoutEmpty({ ...fields, notes: withMark(fields.notes, key) });
    plan.creates.push({ at, key, record });
  }
}

function note(plan: RelatedPlan, one: RelatedChange, changes: RecordFields): void {
  if (Object.keys(changes).length === 0) plan.unchanged += 1;
  else plan.changes.push({ ...one, changes });
}

/** The free text is people's once the mark stands in it, unless the mapping has words of its own. */
function diffMarked(
  stored: object,
  fields: RecordFields,
  text: 'comment' | 'notes',
  key: string,
  owner?: string,
): RecordFields {
  const now = stored as RecordFields;
  const isMarked = readMark(now[text]) === key;
  const own = String(fields[text] ?? '').trim();
  const wanted = own === '' && isMarked ? now[text] : withMark(own || now[text], key, owner);
  const all = { ...fields, [text]: wanted };
  return Object.fromEntries(
    Object.entries(all)
      .filter(([field, value]) => !isSame(now[field], value))
      .map(([field, value]) => [field, value ?? null]),
  );
}

/** The server itself makes the case the source of a contact's exposure (godata FACTS §2.3). */
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

function withoutEmpty(fields: RecordFields): RecordFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}
