import type { FetchedPeopleBatch, OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import type {
  FetchedTrackedEntityBatch,
  TrackedEntity,
} from '#common/handover/fetched-tracked-entity-batch.js';
import type { MappedPerson, RecordFields } from '#common/handover/mapped-people-batch.js';
import type {
  MappedEntity,
  MappedTrackedEntityBatch,
  MappedValue,
} from '#common/handover/mapped-tracked-entity-batch.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import { fromRows as toDhis2Functions } from '#dhis2/tracker/map/from-rows.js';
import { mapBatch as mapToDhis2 } from '#dhis2/tracker/map/map-batch.js';
import { readMapOptions as readDhis2Options } from '#dhis2/tracker/map/options.js';
import { toOptions as toDhis2Options } from '#dhis2/tracker/map/read-people-mapping.js';
import { isSameValue, textOf } from '#dhis2/tracker/upsert/values.js';
import { fromRows as toGoDataFunctions } from '#godata/people/map/from-rows.js';
import { mapBatch as mapToGoData } from '#godata/people/map/map-batch.js';
import { readMapOptions as readGoDataOptions } from '#godata/people/map/options.js';
import { toOptions as toGoDataOptions } from '#godata/people/map/read-people-mapping.js';
import { toNewRecord } from '#godata/people/upsert/plan/diff-person.js';
import { PLACE } from './values.js';

const CREATED = '2026-01-02T08:00:00.000Z';

/** The two ways of a mapping. */
export interface Carrier {
  /** A tracked entity as Go.Data has it after the way there. */
  toGoData(entity: TrackedEntity): OutbreakPerson;
  /** A person of Go.Data as DHIS2 has it after the way there. */
  toDhis2(person: OutbreakPerson): Carried;
}

/**
 * Creates the two ways of a mapping, of the code that maps people in a run.
 *
 * @param mapping with ids, see `resolveNames`
 */
export function createCarrier(mapping: PeopleMapping): Carrier {
  const there = {
    functions: toGoDataFunctions(mapping),
    options: readGoDataOptions(toGoDataOptions(mapping)),
  };
  const functions = toDhis2Functions(mapping);
  const back = { functions, options: readDhis2Options(toDhis2Options(mapping), functions) };
  return {
    toGoData(entity) {
      const given: FetchedTrackedEntityBatch = {
        entities: [entity],
        orgUnits: { [PLACE]: { name: 'Here', path: `/${PLACE}` } },
        next: {},
        more: false,
      };
      const { batch } = mapToGoData(given, there.functions, there.options);
      return toPerson(entity, batch.people[0], batch.vaccines);
    },
    toDhis2(person) {
      const given: FetchedPeopleBatch = {
        outbreak: { id: 'outbreak', name: 'outbreak' },
        people: [person],
        relationships: [],
        others: {},
        locations: { [PLACE]: { name: 'Here' } },
        next: {},
        more: false,
      };
      const { batch } = mapToDhis2(given, back.functions, back.options);
      return toCarried(batch.entities[0]!, batch);
    },
  };
}

function toPerson(
  { id, kind }: TrackedEntity,
  mapped: MappedPerson | undefined,
  vaccines: readonly string[],
): OutbreakPerson {
  const { fields = {}, labResults = [] } = mapped ?? {};
  const record = toNewRecord(fields, { vaccines: new Set(vaccines) });
  return {
    id,
    kind,
    record: { ...asStored(record), createdAt: CREATED },
    // Without the marks by which DHIS2's own lab results stay there.
    labResults: labResults.map(({ key, fields: own }) => ({ id: key, ...asStored(own) })),
    followUps: [],
  };
}

/** Days as Go.Data stores them. */
function asStored(record: RecordFields): RecordFields {
  return JSON.parse(JSON.stringify(record), (_, value) =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? `${value}T00:00:00.000Z`
      : value,
  );
}

/** A value that DHIS2 is given. */
export interface GivenValue {
  /** What a person who is not in DHIS2 yet gets. */
  text: string | null;
  /** Whether DHIS2 keeps a value that it has: another code may mean the same item. */
  keeps(present: string): boolean;
}

/** What DHIS2 is given, and the tracked entity that it makes of that. */
export interface Carried {
  /** By attribute or `<stage>.<data element>`; what is absent DHIS2 keeps. */
  values: Map<string, GivenValue>;
  entity: TrackedEntity;
}

function toCarried(mapped: MappedEntity, batch: MappedTrackedEntityBatch): Carried {
  const { tables } = batch;
  const values = new Map<string, GivenValue>();
  const give = (path: string, value: MappedValue) =>
    values.set(path, {
      text: textOf(value, tables) ?? null,
      keeps: present => isSameValue(path, value, present, batch),
    });
  const texts = (given: Record<string, MappedValue>, prefix = '') => {
    const kept: Record<string, string> = {};
    for (const [id, value] of Object.entries(given)) {
      const text = textOf(value, tables) ?? null;
      give(`${prefix}${id}`, value);
      if (text !== null) kept[id] = text;
    }
    return kept;
  };
  const day = mapped.enrolledAt ?? CREATED.slice(0, 10);
  const events = mapped.events.map((event, n) => ({
    id: `EventBack${String(n).padStart(2, '0')}`,
    stage: event.stage,
    status: event.status ?? 'ACTIVE',
    occurredAt: event.occurredAt ?? day,
    values: texts(event.values, `${event.stage}.`),
  }));
  if (mapped.enrolledAt) give('enrolledAt', mapped.enrolledAt);
  if (mapped.occurredAt) give('occurredAt', mapped.occurredAt);
  if (mapped.location) give('orgUnit', mapped.location);
  return {
    values,
    entity: {
      id: 'TrackedBack',
      kind: mapped.kind === 'case' ? 'case' : 'contact',
      orgUnit: mapped.location ?? PLACE,
      createdAt: '2026-01-02T08:00:00.000',
      updatedAt: '2026-01-02T08:00:00.000',
      attributes: texts(mapped.attributes),
      enrollments: [
        {
          id: 'EnrollBack1',
          program: mapped.program,
          orgUnit: PLACE,
          enrolledAt: day,
          ...(mapped.occurredAt ? { occurredAt: mapped.occurredAt } : {}),
          events,
        },
      ],
      relationships: [],
    },
  };
}
