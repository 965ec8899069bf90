import type { MappedEntity, MappedEvent } from '../../../../../common/src/mapped-entity-batch.js';
import { refuseUnknownKeys } from '../../../../../common/src/options.js';
import { isUid } from '../../metadata.js';
import { badMapping } from './bad-mapping.js';
import type { GivenEntity, GivenEvent } from './mapping.js';
import { type Fault, readDay, readValues } from './read-values.js';
import type { PersonView } from './view/person-view.js';

const ENTITY_KEYS = ['location', 'attributes', 'enrolledAt', 'occurredAt', 'events'];
const EVENT_KEYS = ['stage', 'from', 'isRequest', 'occurredAt', 'scheduledAt', 'status', 'values'];

/** What a mapping has given for a person, as the next step takes it. */
export type ReadEntity = Pick<
  MappedEntity,
  'location' | 'attributes' | 'enrolledAt' | 'occurredAt' | 'events'
>;

/**
 * Reads what a function of the mapping has given for a person.
 *
 * @param faults gets what is wrong in the person's record
 * @throws IntegrationError `BAD_MAPPING` (configuration) for whatever no tracked entity has
 */
export function readEntity(given: GivenEntity, person: PersonView, faults: Fault[]): ReadEntity {
  if (given === undefined || typeof given !== 'object' || Array.isArray(given)) {
    throw badMapping('must give an object or null for a person');
  }
  refuseUnknownKeys('what mapTrackedEntities is given for a person', given, ENTITY_KEYS);
  const { location, attributes, events = [] } = given;
  if (location !== undefined && location !== null && typeof location !== 'string') {
    throw badMapping('must give the id of a Go.Data location for location');
  }
  if (!Array.isArray(events)) throw badMapping('must give a list for events');
  const enrolledAt = readDay(given.enrolledAt, 'enrolledAt', faults);
  const occurredAt = readDay(given.occurredAt, 'occurredAt', faults);
  const read = events.filter(Boolean).map(event => readEvent(event, person, faults));
  const keys = new Set<string>();
  for (const { key } of read) {
    if (keys.has(key))
      throw badMapping(`gives two events for ${key}`, 'Each needs a record of its own.');
    keys.add(key);
  }
  return {
    ...(location ? { location } : {}),
    attributes: readValues(attributes, 'the attribute'),
    ...(enrolledAt ? { enrolledAt } : {}),
    ...(occurredAt ? { occurredAt } : {}),
    events: read,
  };
}

function readEvent(given: GivenEvent, person: PersonView, faults: Fault[]): MappedEvent {
  refuseUnknownKeys('an event of mapTrackedEntities', given, EVENT_KEYS);
  const { stage, status } = given;
  if (!isUid(String(stage))) throw badMapping('must give each event the id of its stage');
  if (status !== undefined && typeof status !== 'string') {
    throw badMapping(`must give a text for the status of the stage ${stage}`);
  }
  const occurredAt = readDay(given.occurredAt, `occurredAt of the stage ${stage}`, faults);
  const scheduledAt = readDay(given.scheduledAt, `scheduledAt of the stage ${stage}`, faults);
  return {
    key: keyOf(given, person),
    stage,
    ...(occurredAt ? { occurredAt } : {}),
    ...(scheduledAt ? { scheduledAt } : {}),
    ...(status ? { status } : {}),
    values: readValues(given.values, `the stage ${stage}, data element`),
  };
}

/** What the event's UID is made of. */
function keyOf({ stage, from, isRequest }: GivenEvent, person: PersonView): string {
  if (from === undefined) return stage;
  if (person.labResults.some(({ id }) => id === from.id))
    return labResultKeys(from.id)[isRequest ? 1 : 0]!;
  if (person.followUps.some(({ id }) => id === from.id)) return followUpKey(from.id);
  throw badMapping(
    `gives an event of the stage ${stage} that comes from no lab result and no follow-up of the person`,
    'Give `from` one of person.labResults or person.followUps.',
  );
}

/** Keys of the events that can come from a lab result: its own, and the request for it. */
export function labResultKeys(id: string): readonly string[] {
  return [`lab-result ${id}`, `lab-result ${id} request`];
}

/** Key of the event that comes from a follow-up. */
export function followUpKey(id: string): string {
  return `follow-up ${id}`;
}
