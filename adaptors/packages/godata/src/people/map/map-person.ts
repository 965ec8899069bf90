import type {
  MappedLabResult,
  MappedPerson,
  RecordFields,
} from '../../../../../common/src/people-batch.js';
import type { Rejected } from '../../../../../common/src/report.js';
import { badMapping } from './bad-mapping.js';
import { EXTERNAL_ID } from './fields/read-members.js';
import { readRecord } from './fields/read-record.js';
import type { Reading } from './fields/reading.js';
import type { CaseMapping, LabResultFields } from './mapping.js';
import { rejectFor } from './reject-for.js';
import type { PersonView } from './view/person-view.js';

/**
 * Maps a person, or says why Go.Data must not get it.
 *
 * @param reading without faults of another record
 * @throws IntegrationError `BAD_MAPPING` (configuration) when a function gives what no record has
 */
export function mapPerson(
  person: PersonView,
  mapping: CaseMapping,
  link: (person: PersonView) => string | undefined,
  reading: Reading,
): MappedPerson | Rejected {
  const { id, kind, orgUnit } = person;
  const fields = withExternalId(readRecord(kind, mapping[kind](person), reading), id);
  const labResults = readLabResults(mapping.labResults?.(person) ?? [], reading);
  if (reading.faults.length > 0) return rejectFor(reading.faults, kind, id);
  const linked = readLink(link(person));
  return { id, kind, orgUnit, ...(linked ? { link: linked } : {}), fields, labResults };
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
