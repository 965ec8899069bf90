import { randomUUID } from 'node:crypto';
import { OUTBREAK, PLACES, PROGRAMS, ref, STAGES, type TwoWay } from '../../support/two-way.js';

type Fields = Record<string, unknown>;

/** A field that both systems have, as tests read and write it. */
export interface TestField {
  /** Field of the owner table, as a conflict names it. */
  name: string;
  /** Values in DHIS2, with their values in Go.Data; undefined means no value. */
  values: readonly (readonly [dhis2: string | undefined, godata: string | undefined])[];
  attribute?: string;
  event?: readonly [stage: string, dataElement: string];
  read(record: Fields): unknown;
  write(record: Fields, value: string | undefined): Fields;
}

const text = (field: string): Pick<TestField, 'read' | 'write'> => ({
  read: record => record[field] ?? undefined,
  write: (_, value) => ({ [field]: value ?? null }),
});

const addressOf = (record: Fields) => (record.addresses as Fields[])[0]!;
const answersOf = ({ questionnaireAnswers }: Fields) =>
  (questionnaireAnswers ?? {}) as Record<string, { value: unknown }[] | undefined>;

/** Attributes, values of events, codes, a part of a list, an answer: the fields that edits change. */
export const FIELDS: readonly TestField[] = [
  {
    name: 'lastName',
    attribute: 'ENRjVGxVL6l',
    values: [
      ['Amari', 'Amari'],
      ['Bello', 'Bello'],
      ['Cissé', 'Cissé'],
      [undefined, undefined],
    ],
    ...text('lastName'),
  },
  {
    name: 'gender',
    attribute: 'oindugucx72',
    values: [
      ['MALE', ref('GENDER_MALE')],
      ['FEMALE', ref('GENDER_FEMALE')],
      [undefined, undefined],
    ],
    ...text('gender'),
  },
  {
    name: 'addresses.phoneNumber',
    attribute: 'fctSQp5nAYl',
    values: [
      ['5550101', '5550101'],
      ['5550102', '5550102'],
      [undefined, undefined],
    ],
    read: record => addressOf(record).phoneNumber ?? undefined,
    write: (record, phoneNumber) => {
      const { phoneNumber: _before, ...rest } = addressOf(record);
      return { addresses: [phoneNumber === undefined ? rest : { ...rest, phoneNumber }] };
    },
  },
  {
    name: 'dateOfOnset',
    event: [STAGES.clinical, 's3eoonJ8OJb'],
    values: [
      ['2026-03-01', '2026-03-01T00:00:00.000Z'],
      ['2026-03-02', '2026-03-02T00:00:00.000Z'],
      [undefined, undefined],
    ],
    ...text('dateOfOnset'),
  },
  {
    name: 'questionnaireAnswers',
    event: [STAGES.clinical, 'EWZcuvPOrJF'],
    values: [
      ['YES', 'YES'],
      ['NO', 'NO'],
      ['UNKNOWN', 'UNKNOWN'],
    ],
    read: record => answersOf(record).signsymp_fever?.[0]?.value,
    write: (record, value) => {
      const { signsymp_fever: _before, ...others } = answersOf(record);
      const own = value === undefined ? {} : { signsymp_fever: [{ value }] };
      return { questionnaireAnswers: { ...others, ...own } };
    },
  },
];

export type Kind = keyof typeof PROGRAMS;

/** The people of both systems, as tests edit and count them. */
export function createModel({ dhis2: { store }, goData }: TwoWay) {
  const { tracker } = store;
  let serial = 0;
  const uid = (kind: string) => {
    serial += 1;
    return `${kind}${String(serial).padStart(11 - kind.length, '0')}`;
  };
  const day = '2026-03-05';
  const living = <T extends { deleted?: boolean }>(all: readonly T[]) =>
    all.filter(({ deleted }) => !deleted);
  const enrollmentsOf = (id: string) => living(tracker.enrollmentsOf(id));
  const eventsOf = (id: string, stage: string) =>
    enrollmentsOf(id)
      .flatMap(({ enrollment }) => living(tracker.eventsOf(enrollment)))
      .filter(({ programStage }) => programStage === stage);

  return {
    entities: () => living(tracker.list('trackedEntities')),
    records: () => living(goData.store.people.all()),
    enrollmentsOf,
    eventsOf,
    addToDhis2(kind: Kind, place: number): string {
      const trackedEntity = uid('Pers');
      const orgUnit = PLACES[place % PLACES.length]!;
      tracker.put('trackedEntities', {
        trackedEntity,
        trackedEntityType: 'MCPQUTHX1Ze',
        orgUnit,
        attributes: [{ attribute: 'sB1IHYu2xQT', value: `First ${serial}` }],
      });
      tracker.put('enrollments', {
        enrollment: uid('Enro'),
        trackedEntity,
        program: PROGRAMS[kind],
        orgUnit,
        enrolledAt: day,
        occurredAt: day,
        status: 'ACTIVE',
      });
      return trackedEntity;
    },
    addToGoData(kind: Kind, place: number, id: string = randomUUID()): string {
      serial += 1;
      goData.store.people.create(OUTBREAK, ref(`PERSON_TYPE_${kind.toUpperCase()}`), {
        id,
        firstName: `First ${serial}`,
        dateOfReporting: `${day}T00:00:00.000Z`,
        ...(kind === 'case' ? { classification: ref('CASE_CLASSIFICATION_SUSPECT') } : {}),
        addresses: [
          {
            typeId: ref('ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE'),
            locationId: PLACES[place % PLACES.length],
          },
        ],
      });
      return id;
    },
    readDhis2(id: string, { attribute, event }: TestField): string | undefined {
      if (attribute) {
        const { attributes = [] } = tracker.get('trackedEntities', id)!;
        return attributes.find(one => one.attribute === attribute)?.value ?? undefined;
      }
      const [stage, dataElement] = event!;
      const values = eventsOf(id, stage).flatMap(({ dataValues = [] }) => dataValues);
      return values.find(one => one.dataElement === dataElement)?.value ?? undefined;
    },
    readGoData: (id: string, field: TestField) => field.read(goData.store.people.get(id)!),
    editDhis2(id: string, { attribute, event }: TestField, value: string | undefined): void {
      if (attribute) {
        const entity = tracker.get('trackedEntities', id)!;
        const others = (entity.attributes ?? []).filter(one => one.attribute !== attribute);
        const own = value === undefined ? [] : [{ attribute, value }];
        tracker.put('trackedEntities', { ...entity, attributes: [...others, ...own] });
        return;
      }
      const [stage, dataElement] = event!;
      const { enrollment, orgUnit } = enrollmentsOf(id)[0]!;
      const [held] = eventsOf(id, stage);
      const others = (held?.dataValues ?? []).filter(one => one.dataElement !== dataElement);
      const own = value === undefined ? [] : [{ dataElement, value }];
      tracker.put('events', {
        event: uid('Even'),
        enrollment,
        programStage: stage,
        orgUnit,
        occurredAt: day,
        status: 'ACTIVE',
        ...held,
        dataValues: [...others, ...own],
      });
    },
    editGoData(id: string, field: TestField, value: string | undefined): void {
      goData.store.people.update(id, field.write(goData.store.people.get(id)!, value));
    },
    addLabToDhis2(id: string, result: string): void {
      const { enrollment, orgUnit } = enrollmentsOf(id)[0]!;
      tracker.put('events', {
        event: uid('Labr'),
        enrollment,
        programStage: STAGES.labResult,
        orgUnit,
        occurredAt: '2026-03-07',
        status: 'COMPLETED',
        dataValues: [{ dataElement: 'ovY6E8BSdto', value: result }],
      });
    },
    addLabToGoData(id: string, result: string): void {
      goData.store.labResults.create({
        outbreakId: OUTBREAK,
        personId: id,
        personType: goData.store.people.get(id)!.type,
        dateSampleTaken: '2026-03-06T00:00:00.000Z',
        dateOfResult: '2026-03-08T00:00:00.000Z',
        result: ref(`LAB_TEST_RESULT_${result}`),
        status: ref('LAB_TEST_RESULT_STATUS_COMPLETED'),
      });
    },
    addFollowUpToGoData(id: string, date: string): string {
      const visit = goData.store.followUps.create({
        outbreakId: OUTBREAK,
        personId: id,
        date: `${date}T00:00:00.000Z`,
        statusId: 'LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_SEEN_OK',
      });
      return visit.id;
    },
    relateInDhis2(from: string, to: string): void {
      tracker.put('relationships', {
        relationship: uid('Rela'),
        relationshipType: 'ipjUWSTPKFt',
        from: { trackedEntity: { trackedEntity: from } },
        to: { trackedEntity: { trackedEntity: to } },
      });
    },
    relateInGoData(source: string, target: string): void {
      const end = (id: string, role: 'source' | 'target') => ({
        id,
        type: goData.store.people.get(id)!.type,
        [role]: true,
      });
      goData.store.relationships.create({
        outbreakId: OUTBREAK,
        persons: [end(source, 'source'), end(target, 'target')],
        contactDate: '2026-03-04T00:00:00.000Z',
        certaintyLevelId: ref('CERTAINTY_LEVEL_2_MEDIUM'),
      });
    },
    labResultsInDhis2: (id: string) => eventsOf(id, STAGES.labResult),
    labResultsInGoData: (id: string) => goData.store.labResults.of(id),
    relationshipsInDhis2: () => living(tracker.list('relationships')),
    relationshipsInGoData: () => goData.store.relationships.list(),
  };
}
