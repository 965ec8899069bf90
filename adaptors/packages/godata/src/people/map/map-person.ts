import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import type {
  MappedLabResult,
  MappedPerson,
  RecordFields,
} from '#common/handover/mapped-people-batch.js';
import {
  dhis2PathsOf,
  fingerprint,
  type Owners,
  ownersFor,
  readDhis2Field,
  readGoDataField,
} from '#common/ownership/index.js';
import type { Rejected } from '#common/reporting/report.js';
import { badMapping } from './bad-mapping.js';
import { EXTERNAL_ID } from './fields/read-members.js';
import { readRecord } from './fields/read-record.js';
import type { Reading } from './fields/reading.js';
import type { CaseMapping, LabResultFields } from './mapping.js';
import type { ResolvedMapOptions } from './options.js';
import { rejectFor } from './reject-for.js';
import type { PersonView } from './view/person-view.js';

/**
 * Maps a person, or says why Go.Data must not get it.
 *
 * @param reading without faults of another record
 * @throws IntegrationError `BAD_MAPPING` (configuration) when a function gives what no record has
 */
export function mapPerson(
  entity: TrackedEntity,
  person: PersonView,
  mapping: CaseMapping,
  { link, owners }: Pick<ResolvedMapOptions, 'link' | 'owners'>,
  reading: Reading,
): MappedPerson | Rejected {
  const { id, kind, orgUnit } = person;
  const fields = withExternalId(readRecord(kind, mapping[kind](person), reading), id);
  const labResults = readLabResults(mapping.labResults?.(person) ?? [], reading);
  if (reading.faults.length > 0) return rejectFor(reading.faults, kind, id);
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
    ...(Object.keys(fingerprints).length > 0 ? { fingerprints } : {}),
    ...(assigned.length > 0 ? { assigned } : {}),
  };
}

/** The fields that go with a value which a rule of DHIS2 works out. */
function readAssigned({ kind, assigned = [] }: TrackedEntity, owners: Owners): string[] {
  const fields = Object.entries(ownersFor(owners, kind));
  return fields
    .filter(([, owner]) => dhis2PathsOf(owner).some(path => assigned.includes(path)))
    .map(([field]) => field);
}

/** What DHIS2 has for the fields that both systems may change; else what the mapping makes of it. */
function readFingerprints(entity: TrackedEntity, fields: RecordFields, owners: Owners) {
  const latest = Object.entries(ownersFor(owners, entity.kind)).filter(
    ([, { owner }]) => owner === 'latest',
  );
  return Object.fromEntries(
    latest.map(([field, one]) => {
      const isPaired = dhis2PathsOf(one).length > 0;
      const value = isPaired ? readDhis2Field(entity, one) : readGoDataField(fields, field, one);
      return [field, fingerprint(value)];
    }),
  );
}

/** Every person has the tracked entity's id as a document, by which a later run finds it. */
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
      throw badMapping('must give each of labResults the event that it comes from');
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
