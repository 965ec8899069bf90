import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import type {
  MappedLabResult,
  MappedPerson,
  RecordFields,
} from '#common/handover/mapped-people-batch.js';
import {
  createDhis2Reader,
  dhis2PathsOf,
  fingerprintsOf,
  type Owners,
  ownerEntries,
  ownersFor,
  readGoDataField,
} from '#common/ownership/index.js';
import type { Rejected } from '#common/reporting/report.js';
import { badMapping } from './bad-mapping.js';
import { EXTERNAL_ID } from './fields/read-members.js';
import { readRecord } from './fields/read-record.js';
import type { Fault, Reading } from './fields/reading.js';
import type { CaseMapping, LabResultFields } from './mapping.js';
import type { ResolvedMapOptions } from './options.js';
import { enteredIn, rejectFor } from './reject-for.js';
import type { PersonView } from './view/person-view.js';

/** The functions that map one person. */
export interface PersonMapping {
  toFields: (person: PersonView) => RecordFields;
  labResults: CaseMapping['labResults'];
}

/**
 * Maps a person, or returns why the person must not be written to Go.Data.
 *
 * @param reading with no faults yet
 * @throws IntegrationError `BAD_MAPPING` (configuration) when a function gives a field that the
 * record does not have
 */
export function mapPerson(
  entity: TrackedEntity,
  person: PersonView,
  { toFields, labResults: toLabResults }: PersonMapping,
  { link, owners }: Pick<ResolvedMapOptions, 'link' | 'owners'>,
  reading: Reading,
): MappedPerson | Rejected {
  const { id, kind, orgUnit } = person;
  const fields = withExternalId(readRecord(kind, toFields(person), reading), id);
  const labResults = readLabResults(toLabResults?.(person) ?? [], reading);
  if (reading.faults.length > 0) {
    const [{ field }] = reading.faults as [Fault];
    return rejectFor(reading.faults, kind, id, enteredIn(entity, owners, field));
  }
  const linked = readLink(link(person)) || entity.link?.id;
  const fingerprints = readFingerprints(entity, fields, owners);
  const assigned = readAssigned(entity, owners);
  return {
    id,
    kind,
    orgUnit,
    ...(linked ? { link: linked } : {}),
    fields,
    labResults,
    ...(entity.link?.isOrigin ? { origin: 'godata' } : {}),
    ...(fingerprints === '' ? {} : { fingerprints }),
    ...(assigned.length > 0 ? { assigned } : {}),
  };
}

/** The fields of values that a program rule of DHIS2 assigns. */
function readAssigned({ kind, assigned = [] }: TrackedEntity, owners: Owners): string[] {
  if (assigned.length === 0) return [];
  return ownerEntries(ownersFor(owners, kind))
    .filter(([, owner]) => dhis2PathsOf(owner).some(path => assigned.includes(path)))
    .map(([field]) => field);
}

/**
 * Fingerprints of the fields that both systems may change: of DHIS2's own value where it is known,
 * else of the mapped value.
 */
function readFingerprints(entity: TrackedEntity, fields: RecordFields, owners: Owners) {
  const readDhis2 = createDhis2Reader(entity);
  return fingerprintsOf(ownersFor(owners, entity.kind), (field, owner) => {
    const isPaired = dhis2PathsOf(owner).length > 0;
    return isPaired ? readDhis2(owner) : readGoDataField(fields, field, owner);
  });
}

/** Adds a document with the tracked entity's id, by which later runs find the person. */
function withExternalId(fields: RecordFields, id: string): RecordFields {
  const others = (fields.documents ?? []) as { type: string; number: string }[];
  const own = { type: EXTERNAL_ID, number: id };
  const isOwn = (one: typeof own) => one.type === own.type && one.number === own.number;
  return { ...fields, documents: [own, ...others.filter(one => !isOwn(one))] };
}

function readLabResults(given: LabResultFields[], reading: Reading): MappedLabResult[] {
  if (!Array.isArray(given)) throw badMapping('must give a list for labResults');
  const keys = new Set<string>();
  return given.map(labResult => {
    const { event, ...fields } = labResult ?? {};
    if (typeof event?.id !== 'string' || event.id === '') {
      throw badMapping('must give an event for each of labResults');
    }
    if (keys.has(event.id)) throw badMapping('gives two labResults from one event');
    keys.add(event.id);
    return { key: event.id, fields: readRecord('labResult', fields, reading) };
  });
}

function readLink(given: unknown): string {
  if (given === undefined || given === null) return '';
  if (typeof given !== 'string') throw badMapping('must give a text for link');
  return given.trim();
}
