import { getOrCreate } from '#common/collections/get-or-create.js';
import type {
  OutbreakPerson,
  OutbreakRelationship,
} from '#common/handover/fetched-people-batch.js';
import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { readAgainIfEmpty } from '#common/http/index.js';
import type { Where } from '#godata/client/query/filter.js';
import type { RecordQuery } from '#godata/client/query/record-query.js';
import { idChunks } from '../../id-chunks.js';
import { kindOfType } from '../../person-type.js';
import type { ListName } from '../list/change-lists.js';
import { readList, type Source } from '../source.js';
import type { FullPerson, Version } from './full-person.js';
import { readMerged } from './read-merged.js';
import { toPersonRecord, toRelatedRecord } from './to-record.js';

/** A record as the server sends it. */
interface Raw extends RecordFields {
  id: string;
  deleted?: boolean;
}

interface RawRelationship extends Raw {
  persons?: { id: string; type?: string; source?: boolean; target?: boolean }[];
}

/** The related records of people, by person id. */
interface Related {
  relationships: Map<string, RawRelationship[]>;
  labResults: Map<string, Raw[]>;
  followUps: Map<string, Raw[]>;
}

const STAMPS = ['personId', 'createdAt', 'updatedAt', 'dbUpdatedAt'];

/** Without a list of fields, these two lists include whole people (FACTS §2.4). */
const LAB_RESULT_FIELDS = [
  ...STAMPS,
  'dateSampleTaken',
  'dateSampleDelivered',
  'dateTesting',
  'dateOfResult',
  'labName',
  'sampleIdentifier',
  'sampleType',
  'testType',
  'testedFor',
  'result',
  'quantitativeResult',
  'status',
  'notes',
  'sequence',
  'questionnaireAnswers',
];

const FOLLOW_UP_FIELDS = [
  ...STAMPS,
  'date',
  'statusId',
  'index',
  'targeted',
  'teamId',
  'comment',
  'address',
  'fillLocation',
  'usualPlaceOfResidenceLocationId',
  'responsibleUserId',
  'createdAs',
  'questionnaireAnswers',
];

/**
 * Reads people of all kinds with all related records, also deleted ones. Requests: for about 260
 * people one for each of four lists, and one for each thousand of their records; one more if some
 * of them were merged.
 *
 * @returns the people who exist, without events
 */
export async function readPeople(
  source: Source,
  ids: readonly string[],
): Promise<Map<string, FullPerson>> {
  const people: Raw[] = [];
  for (const chunk of idChunks(ids)) {
    // No list of fields: it would have to name all properties of the three kinds.
    const filter = { where: { id: { inq: chunk } }, deleted: true };
    // Something has named them, a list of changes or a report.
    const read = () => readList<Raw>(source, 'people', filter);
    people.push(...(await readAgainIfEmpty(true, read)));
  }
  const notDeleted = people.filter(person => !person.deleted).map(person => person.id);
  const related = await readRelated(source, notDeleted);
  const merged = await readMerged(source, people);
  const bundles = new Map<string, FullPerson>();
  for (const person of people) {
    const kind = kindOfType(person.type);
    if (kind)
      bundles.set(person.id, toBundle(person, kind, { ...related, merged }, source.time.field));
  }
  return bundles;
}

async function readRelated(source: Source, ids: readonly string[]): Promise<Related> {
  const { relationships, labResults, followUps } = source.client.outbreak(source.outbreakId);
  const found: Related = { relationships: new Map(), labResults: new Map(), followUps: new Map() };
  for (const chunk of idChunks(ids)) {
    const of = (path: string, fields?: string[]): RecordQuery => {
      const where: Where = { [path]: { inq: chunk } };
      return { where, deleted: true, ...(fields ? { fields } : {}) };
    };
    const [exposures, results, visits] = await Promise.all([
      relationships.list(of('persons.id')),
      labResults.list(of('personId', LAB_RESULT_FIELDS)),
      followUps.list(of('personId', FOLLOW_UP_FIELDS)),
    ]);
    for (const one of exposures as unknown as RawRelationship[]) {
      for (const { id } of one.persons ?? []) addTo(found.relationships, id, one);
    }
    for (const one of results) addTo(found.labResults, one.personId, one as unknown as Raw);
    for (const one of visits) addTo(found.followUps, one.personId, one as unknown as Raw);
  }
  return found;
}

function addTo<T>(map: Map<string, T[]>, id: string | undefined, value: T): void {
  if (id !== undefined) getOrCreate(map, id, () => []).push(value);
}

function toBundle(
  raw: Raw,
  kind: OutbreakPerson['kind'],
  related: Related & { merged: ReadonlyMap<string, string[]> },
  timeField: string,
): FullPerson {
  const { id, deleted, deletedAt } = raw;
  const merged = related.merged.get(id);
  const known = { id, kind, ...(merged ? { merged } : {}) };
  const versionsOf = (list: ListName, records: readonly Raw[]): Version[] =>
    records.map(record => ({ list, id: record.id, time: String(record[timeField] ?? '') }));
  if (deleted) {
    const when = typeof deletedAt === 'string' ? { deletedAt } : {};
    return {
      person: { ...known, deleted: true, ...when, record: {}, labResults: [], followUps: [] },
      relationships: [],
      versions: versionsOf('people', [raw]),
    };
  }
  const relationships = related.relationships.get(id) ?? [];
  const labResults = related.labResults.get(id) ?? [];
  const followUps = related.followUps.get(id) ?? [];
  return {
    person: {
      ...known,
      record: toPersonRecord(raw),
      labResults: labResults.map(toOwnRecord),
      followUps: followUps.map(toOwnRecord),
    },
    relationships: relationships.flatMap(toRelationship),
    versions: [
      ...versionsOf('people', [raw]),
      ...versionsOf('relationships', relationships),
      ...versionsOf('labResults', labResults),
      ...versionsOf('followUps', followUps),
    ],
  };
}

function toOwnRecord(raw: Raw): RecordFields {
  return raw.deleted ? { id: raw.id, deleted: true } : toRelatedRecord(raw);
}

/** Omits relationships with an event: they are not between two people. */
function toRelationship(raw: RawRelationship): OutbreakRelationship[] {
  const [first, second] = raw.persons ?? [];
  if (!first || !second || !kindOfType(first.type) || !kindOfType(second.type)) return [];
  const [source, target] = first.target || second.source ? [second, first] : [first, second];
  const ends = { id: raw.id, source: source.id, target: target.id };
  if (raw.deleted) return [{ ...ends, deleted: true, record: {} }];
  const { id: _id, ...record } = toRelatedRecord(raw);
  return [{ ...ends, record }];
}
