import type { OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import type { MappedEntity, MappedEvent } from '#common/handover/mapped-tracked-entity-batch.js';
import {
  fingerprintsOf,
  type Owners,
  ownersFor,
  readGoDataField,
} from '#common/ownership/index.js';
import { linksOf } from './links-of.js';
import { readEvents, toTombstones } from './read/read-events.js';
import { readDay, readObject, readText, readValues } from './read/read-values.js';
import type { Reading } from './read/reading.js';
import type { PersonView } from './view/person-view.js';

const KEYS = ['location', 'attributes', 'enrolledAt', 'occurredAt', 'events'];

/**
 * Builds a tracked entity from what the mapping returned for a person.
 *
 * @param given result of the function for the person's kind
 * @throws IntegrationError `BAD_MAPPING` (configuration) if it is something that DHIS2 does not
 * have
 */
export function toEntity(
  person: OutbreakPerson,
  given: object,
  view: PersonView,
  { program, owners }: { program: string; owners: Owners },
  reading: Reading,
): MappedEntity {
  const { id, kind, record, merged } = person;
  const fields = readObject(given, `a ${kind}`, KEYS);
  const location = readText(fields.location, 'location');
  const enrolledAt = readDay(fields.enrolledAt, 'enrolledAt', 'enrolledAt', reading);
  const occurredAt = readDay(fields.occurredAt, 'occurredAt', 'occurredAt', reading);
  return {
    id,
    kind,
    links: linksOf(id, record.documents),
    ...(merged ? { merged } : {}),
    program,
    ...(location ? { location } : {}),
    attributes: readValues(fields.attributes, 'attributes', reading),
    ...(enrolledAt ? { enrolledAt } : {}),
    ...(occurredAt ? { occurredAt } : {}),
    events: [
      ...readEvents(fields.events, view, reading).map(withDay(enrolledAt)),
      ...toTombstones(person),
    ],
    fingerprints: readFingerprints(person, owners),
  };
}

/** DHIS2 requires the day of an event that has taken place (E1031). */
function withDay(enrolledAt: string | undefined) {
  return (event: MappedEvent): MappedEvent =>
    event.occurredAt || event.scheduledAt || !enrolledAt
      ? event
      : { ...event, occurredAt: enrolledAt };
}

/** The form of a person who was deleted in Go.Data. */
export function toTombstone(
  { id, kind, record, merged }: OutbreakPerson,
  program: string,
): MappedEntity {
  const known = { id, kind, links: linksOf(id, record.documents), ...(merged ? { merged } : {}) };
  return { ...known, deleted: true, program, attributes: {}, events: [], fingerprints: '' };
}

/** Go.Data's values of the fields that both systems may change. */
function readFingerprints({ kind, record }: OutbreakPerson, owners: Owners) {
  return fingerprintsOf(ownersFor(owners, kind), (field, owner) =>
    readGoDataField(record, field, owner),
  );
}
