import type { OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import type { MappedEvent } from '#common/handover/mapped-tracked-entity-batch.js';
import { isUid } from '#common/identity/uid.js';
import { badMapping } from '../bad-mapping.js';
import type { PersonView } from '../view/person-view.js';
import { readDay, readObject, readText, readValues, wrongType } from './read-values.js';
import type { Reading } from './reading.js';

/** Records that an event can be created from: the name in a mapping, and the beginning of the event's key. */
const RECORDS = {
  labResult: 'lab-result',
  labRequest: 'lab-request',
  followUp: 'follow-up',
} as const;
type RecordName = keyof typeof RECORDS;

const KEYS = [
  'stage',
  ...Object.keys(RECORDS),
  'occurredAt',
  'scheduledAt',
  'status',
  'location',
  'values',
];
const STATUSES: readonly string[] = [
  'ACTIVE',
  'COMPLETED',
  'VISITED',
  'SCHEDULE',
  'OVERDUE',
  'SKIPPED',
];

/**
 * Reads the events that a mapping returns for a person, each with the key from which its UID is
 * computed. The only event of a stage is omitted if it has no values.
 *
 * @throws IntegrationError `BAD_MAPPING` (configuration) for two events with one key, and for
 * properties that events do not have
 */
export function readEvents(given: unknown, person: PersonView, reading: Reading): MappedEvent[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw wrongType('events', 'a list', given);
  const events = given
    .filter(one => one !== undefined && one !== null && one !== false)
    .map(one => readEvent(readObject(one, 'an event', KEYS), person, reading))
    .filter(one => one.key !== one.stage || Object.keys(one.values).length > 0);
  const keys = new Set<string>();
  for (const { key, stage } of events) {
    if (keys.has(key)) {
      throw badMapping(
        `gives two events of stage ${stage} for ${key === stage ? 'a person' : 'one record'}`,
        'Without labResult, labRequest or followUp a stage has only one event.',
      );
    }
    keys.add(key);
  }
  return events;
}

/** Deletions of the events whose records were deleted in Go.Data. */
export function toTombstones({ labResults, followUps }: OutbreakPerson): MappedEvent[] {
  const keysOf = (records: OutbreakPerson['labResults'], ...names: RecordName[]) =>
    records
      .filter(({ deleted }) => deleted)
      .flatMap(({ id }) => names.map(name => `${RECORDS[name]} ${id}`));
  return [...keysOf(labResults, 'labResult', 'labRequest'), ...keysOf(followUps, 'followUp')].map(
    key => ({ key, stage: '', deleted: true, values: {} }),
  );
}

function readEvent(
  event: Record<string, unknown>,
  person: PersonView,
  reading: Reading,
): MappedEvent {
  const { stage, status } = event;
  if (typeof stage !== 'string' || !isUid(stage)) {
    throw badMapping('must give each event the id of its stage');
  }
  if (status !== undefined && !STATUSES.includes(status as string)) {
    throw badMapping(
      `must give an event of stage ${stage} a status of DHIS2`,
      `Use one of: ${STATUSES.join(', ')}.`,
    );
  }
  const path = (name: string) => `${stage} ${name}`;
  const occurredAt = readDay(event.occurredAt, path('occurredAt'), 'events.occurredAt', reading);
  const scheduledAt = readDay(
    event.scheduledAt,
    path('scheduledAt'),
    'events.scheduledAt',
    reading,
  );
  const location = readText(event.location, path('location'));
  return {
    key: keyOf(stage, event, person),
    stage,
    ...(occurredAt ? { occurredAt } : {}),
    ...(scheduledAt ? { scheduledAt } : {}),
    ...(status === undefined ? {} : { status: status as string }),
    ...(location ? { location } : {}),
    values: readValues(event.values, stage, reading),
  };
}

function keyOf(stage: string, event: Record<string, unknown>, person: PersonView): string {
  const names = Object.keys(RECORDS).filter(name => event[name] !== undefined) as RecordName[];
  const [name] = names;
  if (name === undefined) return stage;
  if (names.length > 1) {
    throw badMapping(`gives an event of stage ${stage} both ${names.join(' and ')}`);
  }
  const records = name === 'followUp' ? person.followUps : person.labResults;
  const { id } = (event[name] ?? {}) as { id?: unknown };
  if (!records.some(one => one.id === id)) {
    throw badMapping(
      `must give an event of stage ${stage} for ${name} one of the person's own`,
      'Take it from labResults or followUps of the person.',
    );
  }
  return `${RECORDS[name]} ${id}`;
}
