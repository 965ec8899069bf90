import type { OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { readGoDataField } from '#common/ownership/index.js';
import type { Cell } from './cells.js';
import type { DescribedExports } from './describe-export.js';
import type { Dice } from './dice.js';
import { dhis2Value, goDataValue, PLACE } from './values.js';

const RESIDENCE = 'LNG_REFERENCE_DATA_CATEGORY_ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE';
const DAY = '2026-01-15';

/** A person with a value for most places: values by path, and the tracked entity that has them. */
export function anEntity(
  dice: Dice,
  kind: 'case' | 'contact',
  cells: readonly Cell[],
  { optionsOf, valueTypeOf }: DescribedExports,
): { values: Map<string, string>; entity: TrackedEntity } {
  const values = new Map<string, string>();
  const attributes: Record<string, string> = {};
  const days: { enrolledAt?: string; occurredAt?: string } = {};
  const events = new Map<string, Record<string, string>>();
  for (const { type, codes, isComputed, places } of cells) {
    for (const { path, place } of places) {
      if (dice.between(1, 5) === 1) continue;
      const id = place.kind === 'attribute' || place.kind === 'element' ? place.ref : '';
      const known = {
        codes: isComputed ? undefined : codes,
        options: optionsOf(id),
        valueType: valueTypeOf(id),
      };
      const value = place.kind === 'orgUnit' ? PLACE : dhis2Value(dice, type, known);
      values.set(path, value);
      if (place.kind === 'attribute') attributes[place.ref] = value;
      else if (place.kind === 'enrolledAt' || place.kind === 'occurredAt') days[place.kind] = value;
      else if (place.kind === 'element') {
        const stage = place.stages[0]!.ref;
        events.set(stage, { ...events.get(stage), [place.ref]: value });
      }
    }
  }
  const entity: TrackedEntity = {
    id: 'TrackedEnt1',
    kind,
    orgUnit: PLACE,
    createdAt: `${DAY}T08:00:00.000`,
    updatedAt: `${DAY}T08:00:00.000`,
    attributes,
    enrollments: [
      {
        id: 'Enrollment1',
        program: 'Program0001',
        orgUnit: PLACE,
        enrolledAt: DAY,
        ...days,
        events: [...events].map(([stage, own], n) => ({
          id: `EventEvent${n}`,
          stage,
          status: 'ACTIVE',
          occurredAt: DAY,
          values: own,
        })),
      },
    ],
    relationships: [],
  };
  return { values, entity };
}

/**
 * A person of Go.Data with a value for most fields.
 *
 * @param computed a person of DHIS2 in Go.Data, for the fields that only functions know
 */
export function aPerson(
  dice: Dice,
  kind: 'case' | 'contact',
  cells: readonly Cell[],
  computed: OutbreakPerson,
  { valueTypeOf }: DescribedExports,
): OutbreakPerson {
  const records = { person: {} as RecordFields, lab: {} as RecordFields };
  for (const { part, field, type, codes, isComputed, places } of cells) {
    if (dice.between(1, 5) === 1) continue;
    const record = part === 'labResults' ? records.lab : records.person;
    const from = part === 'labResults' ? (computed.labResults[0] ?? {}) : computed.record;
    const [first] = places;
    const id =
      first?.place.kind === 'attribute' || first?.place.kind === 'element' ? first.place.ref : '';
    const value = isComputed
      ? from[field]
      : goDataValue(dice, type, { codes, valueType: valueTypeOf(id) });
    if (value !== undefined) put(record, field, value);
  }
  orderDays(records.lab);
  // Go.Data computes the age of somebody with a date of birth.
  const { dob, age } = records.person;
  if (dob && age) delete records.person[dice.among(['dob', 'age'])];
  return {
    id: 'person-1',
    kind,
    record: { ...records.person, createdAt: `${DAY}T08:00:00.000Z` },
    labResults: Object.keys(records.lab).length > 0 ? [{ id: 'lab-1', ...records.lab }] : [],
    followUps: [],
  };
}

/** The days of a sample in the order in which they come: a result belongs to the request before it. */
const SAMPLE_DAYS = ['dateSampleTaken', 'dateSampleDelivered', 'dateTesting', 'dateOfResult'];

function orderDays(lab: RecordFields): void {
  const given = SAMPLE_DAYS.filter(field => typeof lab[field] === 'string');
  const days = given.map(field => lab[field]).sort();
  for (const [n, field] of given.entries()) lab[field] = days[n];
}

function put(record: RecordFields, field: string, value: unknown): void {
  const [name, ...rest] = field.split('.') as [string, ...string[]];
  const member = rest.join('.');
  if (name === 'addresses') {
    const [address = { typeId: RESIDENCE, locationId: PLACE }] = (record.addresses ??
      []) as object[];
    record.addresses = [{ ...address, [member]: value }];
  } else if (name === 'questionnaireAnswers') {
    record[name] = { ...(record[name] as object), [member]: [{ value }] };
  } else record[name] = value;
}

/** The value of a field; null if there is none. Days are days, however they are stored. */
export function readField(record: RecordFields | undefined, field: string): unknown {
  const value = readGoDataField(record ?? {}, field, { owner: 'latest' });
  const isAnswer = field.startsWith('questionnaireAnswers.') && Array.isArray(value);
  const given = isAnswer ? (value as unknown[])[0] : value;
  if (field === 'age' && given) {
    const { years, months } = given as { years?: unknown; months?: unknown };
    return { years: Number(years), months: Number(months ?? 0) };
  }
  if (given === undefined || given === '' || (Array.isArray(given) && given.length === 0))
    return null;
  return typeof given === 'string' ? given.replace('T00:00:00.000Z', '') : given;
}
