import type {
  MappedPeopleBatch,
  MappedPerson,
  MappedRelationship,
} from '#common/handover/mapped-people-batch.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { ExistingPeople, ExistingPerson } from '../read/existing-people.js';
import { EXTERNAL_ID, isOfType } from '../read/existing-people.js';
import { type DecidedFields, decideFields, type Ownership } from './decide-fields.js';
import { diffFields, toNewRecord } from './diff-person.js';
import type { MergeContext } from './merge-lists.js';
import type { PeoplePlan, PersonCreate, PersonPath, PlannedPerson } from './planned-person.js';

/** The input of the plan besides the people. */
export interface PlanContext extends MergeContext, Ownership {
  whenDeleted: MappedPeopleBatch['whenDeleted'];
  /** The value to send to get the next visual id; undefined when Go.Data assigns none. */
  visualIdOf(path: PersonPath): string | undefined;
  /** Ids of people whose relationships have waited for the other person since an earlier run. */
  awaited: ReadonlySet<string>;
}

/**
 * Fields that the conversion of a contact to a case changes: the case is classified as suspect, and
 * it has a different form with its own answers (godata FACTS §2.2).
 */
const SET_BY_CONVERSION = { classification: undefined, questionnaireAnswers: undefined };

/**
 * Compares people with the records on the server, and makes the plan.
 *
 * @param people people with resolved references
 */
export function planPeople(
  people: readonly MappedPerson[],
  relationships: readonly MappedRelationship[],
  existing: ExistingPeople,
  context: PlanContext,
): PeoplePlan {
  const plan: PeoplePlan = {
    creates: [],
    converts: [],
    updates: [],
    deletes: [],
    planned: new Map(),
    unchanged: 0,
    rejected: [],
    adjusted: [],
  };
  const taken = new Map<string, string>();
  for (const person of people) planPerson(person, existing, context, plan, taken);
  for (const id of otherEnds(people, relationships)) {
    const [found, another] = existing.find({ id });
    if (!found || another || found.deleted) continue;
    const path = isOfType(found, 'CASE') ? 'cases' : 'contacts';
    const person: MappedPerson = { id, kind: 'case', orgUnit: '', fields: {}, labResults: [] };
    const own = { id: found.id, existing: found, record: found, given: {} };
    plan.planned.set(id, { person, path, ...own });
  }
  return plan;
}

function planPerson(
  person: MappedPerson,
  existing: ExistingPeople,
  context: PlanContext,
  plan: PeoplePlan,
  taken: Map<string, string>,
): void {
  const { id, kind, deleted } = person;
  const found = existing.find(person);
  if (found.length > 1) {
    plan.rejected.push(reject(kind, id, 'AMBIGUOUS_PERSON', ambiguous(found)));
    return;
  }
  const [record] = found;
  const recordId = record?.id ?? idOfNew(person);
  const other = taken.get(recordId);
  if (other !== undefined && (record || !deleted)) {
    plan.rejected.push(reject(kind, id, 'DUPLICATE_PERSON', duplicate(recordId, other)));
    return;
  }
  if (record || !deleted) taken.set(recordId, id);
  if (deleted) planDeleted(person, record, context, plan);
  else if (record?.deleted) plan.adjusted.push(deletedInGoData(kind, id));
  else if (record) planExisting(person, record, context, plan);
  else planNew(person, context, plan);
}

function planNew(person: MappedPerson, context: PlanContext, plan: PeoplePlan): void {
  const path = person.kind === 'case' ? 'cases' : 'contacts';
  const id = idOfNew(person);
  const record = { id, ...toNewRecord(person.fields, context) };
  const create: PersonCreate = { person, id, path, record, given: person.fields };
  plan.creates.push(create);
  plan.planned.set(person.id, create);
}

/**
 * The id of a new record. DHIS2 may name a record that the list does not show: it is of another
 * outbreak, out of the account's reach, or gone. With its id Go.Data refuses to store the person a
 * second time.
 */
function idOfNew({ id, link }: MappedPerson): string {
  return link ?? id;
}

function planExisting(
  person: MappedPerson,
  existing: ExistingPerson,
  context: PlanContext,
  plan: PeoplePlan,
): void {
  const isCase = isOfType(existing, 'CASE');
  const isContact = person.kind === 'case' && isOfType(existing, 'CONTACT');
  // Users converted the case: a conversion back would undo that, in every run.
  const isRevoked = isContact && existing.wasCase === true;
  const isConverted = isContact && !isRevoked;
  if (isRevoked) plan.adjusted.push(contactKept(person.id));
  const path: PersonPath = isCase || isConverted ? 'cases' : 'contacts';
  // A contact who is a case or a contact of a contact in Go.Data keeps that kind.
  const isKept = isRevoked || (person.kind === 'contact' && !isOfType(existing, 'CONTACT'));
  const { visualId: _visualId, ...fields } = person.fields;
  const visualId = existing.visualId ? undefined : context.visualIdOf(path);
  const stored = isConverted ? { ...existing, ...SET_BY_CONVERSION } : existing;
  const decided = isKept
    ? { fields: {}, changes: {}, conflicts: [], merged: [] }
    : decideFields(person, fields, stored, context);
  for (const field of decided.conflicts) {
    plan.rejected.push({
      ...reject(person.kind, person.id, 'CONFLICT', conflict(field)),
      field,
      ...(typeof existing.updatedAt === 'string' && {
        changedAt: { godata: existing.updatedAt },
      }),
    });
  }
  const changes = {
    ...changesOf(person, stored, decided, context),
    ...(visualId === undefined || isKept ? {} : { visualId }),
  };
  const planned: PlannedPerson = {
    person,
    id: existing.id,
    path,
    existing,
    record: Object.keys(changes).length > 0 ? { ...existing, ...changes } : existing,
    given: decided.fields,
    merged: decided.merged,
  };
  plan.planned.set(person.id, planned);
  if (isConverted) plan.converts.push(planned);
  if (Object.keys(changes).length > 0) plan.updates.push({ ...planned, changes });
  else if (!isConverted) plan.unchanged += 1;
}

/**
 * The fields to change. Ids of DHIS2 alone are not a change of somebody whose tracked entity was
 * created from this record: DHIS2 names the record in a note, so the ids are not needed to find it,
 * and a two-way run would write everybody once more whom the run before has created. They come with
 * the first other change, or when a relationship waits, whose other person may be in another batch.
 */
function changesOf(
  { id, link, origin }: MappedPerson,
  stored: ExistingPerson,
  { fields, changes }: DecidedFields,
  context: PlanContext,
): MappedPerson['fields'] {
  const isMadeFromIt = origin === 'godata' && link === stored.id && !context.awaited.has(id);
  if (!isMadeFromIt || !Array.isArray(fields.documents)) return changes;
  const documents = fields.documents.filter(({ type }) => type !== EXTERNAL_ID);
  const others = diffFields(stored, { ...fields, documents }, context);
  return Object.keys(others).length > 0 ? changes : {};
}

function planDeleted(
  person: MappedPerson,
  existing: ExistingPerson | undefined,
  context: PlanContext,
  plan: PeoplePlan,
): void {
  const { whenDeleted } = context;
  if (!existing || existing.deleted || whenDeleted === 'leave') {
    plan.unchanged += 1;
    return;
  }
  const path = isOfType(existing, 'CASE') ? 'cases' : 'contacts';
  const planned: PlannedPerson = {
    person,
    id: existing.id,
    path,
    existing,
    record: existing,
    given: {},
  };
  if (whenDeleted === 'delete') {
    plan.deletes.push(planned);
    return;
  }
  const changes = diffFields(existing, whenDeleted.fields, context);
  if (Object.keys(changes).length > 0) plan.updates.push({ ...planned, changes });
  else plan.unchanged += 1;
}

/** Ids of people at the other ends of relationships who are not in the batch. */
export function otherEnds(
  people: readonly Pick<MappedPerson, 'id'>[],
  relationships: readonly MappedRelationship[],
): string[] {
  const own = new Set(people.map(({ id }) => id));
  const ends = relationships.flatMap(({ source, target }) => [source, target]);
  return [...new Set(ends.filter(id => !own.has(id)))];
}

function reject(kind: string, id: string, code: string, message: string): Rejected {
  return { kind, id, code, message };
}

function ambiguous(found: readonly ExistingPerson[]): string {
  return `${found.length} records in Go.Data have this id as EXTERNAL_ID: ${found.map(({ id }) => id).join(', ')}. Merge them, or correct their documents.`;
}

function duplicate(record: string, other: string): string {
  return `The Go.Data record ${record} already belongs to ${other}. Merge both in DHIS2, or correct the link.`;
}

function conflict(field: string): string {
  return `${field} was changed in both systems, to different values. Both values stay. Enter the right value in both systems.`;
}

function contactKept(id: string): Adjusted {
  const message =
    'Somebody converted the case to a contact in Go.Data. It stays one, and is not updated. Delete its enrollment in the program of cases in DHIS2, or convert it to a case in Go.Data.';
  return { kind: 'case', id, code: 'CONTACT_KEPT', message };
}

function deletedInGoData(kind: string, id: string): Adjusted {
  const message = 'The person was deleted in Go.Data. Restore the record there to update it again.';
  return { kind, id, code: 'DELETED_IN_GODATA', message };
}
