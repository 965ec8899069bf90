import type { OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import type { MappedEntity, MappedEvent } from '#common/handover/mapped-tracked-entity-batch.js';
import { fingerprint, type Owners, ownersFor, readGoDataField } from '#common/ownership/index.js';
import { linksOf } from './links-of.js';
import { readEvents, toTombstones } from './read/read-events.js';
import { readDay, readObject, readText, readValues } from './read/read-values.js';
import type { Reading } from './read/reading.js';
import type { PersonView } from './view/person-view.js';

const KEYS = ['location', 'attributes', 'enrolledAt', 'occurredAt', 'events'];

/**
 * Makes a tracked entity of what a mapping gave for a person.
 *
 * @param given what the function for its kind gave
 * @throws IntegrationError `BAD_MAPPING` (configuration) when that is nothing that DHIS2 has
 */
export function toEntity(
  person: OutbreakPerson,
  given: object,
  view: PersonView,
  { program, owners }: { program: string; owners: Owners },
  reading: Reading,
): MappedEntity {
  const { id, kind, record } = person;
  const fields = readObject(given, `a ${kind}`, KEYS);
  const location = readText(fields.location, 'location');
  const enrolledAt = readDay(fields.enrolledAt, 'enrolledAt', 'enrolledAt', reading);
  const occurredAt = readDay(fields.occurredAt, 'occurredAt', 'occurredAt', reading);
  return {
    id,
    kind,
    links: linksOf(id, record.documents),
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

/** DHIS2 wants the day of an event that has taken place (E1031). */
function withDay(enrolledAt: string | undefined) {
  return (event: MappedEvent): MappedEvent =>
    event.occurredAt || event.scheduledAt || !enrolledAt
      ? event
      : { ...event, occurredAt: enrolledAt };
}

/** What is left of a person who was deleted in Go.Data. */
export function toTombstone({ id, kind, record }: OutbreakPerson, program: string): MappedEntity {
  const links = linksOf(id, record.documents);
  return { id, kind, links, deleted: true, program, attributes: {}, events: [], fingerprints: {} };
}

/** What Go.Data has for the fields that both systems may change. */
function readFingerprints({ kind, record }: OutbreakPerson, owners: Owners) {
  return Object.fromEntries(
    Object.entries(ownersFor(owners, kind))
      .filter(([, { owner }]) => owner === 'latest')
      .map(([field, one]) => [field, fingerprint(readGoDataField(record, field, one))]),
  );
}
