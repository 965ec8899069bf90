import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FetchedPeopleBatch, OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import type { TrackedEntity, TrackedEvent } from '#common/handover/fetched-tracked-entity-batch.js';
import type { MappedPeopleBatch, RecordFields } from '#common/handover/mapped-people-batch.js';
import type {
  MappedEntity,
  MappedTrackedEntityBatch,
  MappedValue,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { withMark } from '#common/identity/marks.js';
import {
  createDhis2Reader,
  createJudge,
  fingerprintOf,
  type OwnerTable,
  openMemory,
  openMemoryKey,
  readOwners,
} from '#common/ownership/index.js';
import { decideFields, subjectOf } from '#godata/people/upsert/plan/decide-fields.js';
import { diffFields, toNewRecord } from '#godata/people/upsert/plan/diff-person.js';
import { generateTrackerProgram } from '#sandbox/tracker-program/index.js';
import * as godata from '../../godata/people/support.js';
import { MEMORY_KEY } from '../../support/both-servers.js';
import { runs } from '../../support/runs.js';
import { toEntities } from '../../support/tracked-people.js';
import {
  aBatch,
  HERE,
  loadShippedJob,
  RESIDENCE,
  ref,
  runMap,
  type ShippedJob,
} from './map-support.js';

let there: godata.ShippedJob;
let back: ShippedJob;
beforeAll(async () => {
  there = await godata.loadShippedJob();
  back = await loadShippedJob();
});

const toGoData = (entities: TrackedEntity[]) =>
  godata.runMapCases(there.mapping, entities, { ...there.options, owners: there.owners });
const toDhis2 = (batch: FetchedPeopleBatch) => runMap(back.mapping, batch, back.options);
const contextOf = ({ vaccines }: MappedPeopleBatch) => ({ vaccines: new Set(vaccines) });

/** People as Go.Data has them after they were written there. */
function toPeople(batch: MappedPeopleBatch): OutbreakPerson[] {
  return batch.people
    .filter(({ deleted }) => !deleted)
    .map(({ id, kind, fields, labResults }) => ({
      id,
      kind,
      record: stored({
        ...toNewRecord(fields, contextOf(batch)),
        createdAt: '2026-11-24T08:00:00.000Z',
      }),
      labResults: labResults.map(one => ({
        id: `lab-${one.key}`,
        ...stored({ ...one.fields, notes: withMark(one.fields.notes, one.key) }),
      })),
      followUps: [],
    }));
}

/** Days as Go.Data stores them. */
function stored(record: RecordFields): RecordFields {
  return JSON.parse(JSON.stringify(record), (_, value) =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? `${value}T00:00:00.000Z`
      : value,
  );
}

/** Whether DHIS2 already has a value, by the rule of the step that writes. */
function has(present: string, wanted: MappedValue, { tables }: MappedTrackedEntityBatch): boolean {
  if (wanted === null || typeof wanted === 'string') return present === (wanted ?? '');
  const table = tables[wanted.table]!;
  return (Object.hasOwn(table, present) ? table[present] : null) === wanted.id;
}

/** Paths of an entity that would have to be written to DHIS2. */
function changesOf(entity: TrackedEntity, mapped: MappedEntity, batch: MappedTrackedEntityBatch) {
  const read = createDhis2Reader(entity);
  const present = (path: string) => read({ owner: 'latest', dhis2: path })[0]!;
  const values: [string, MappedValue][] = [
    ...Object.entries(mapped.attributes),
    ...mapped.events.flatMap(({ stage, values }) =>
      Object.entries(values).map(([id, value]): [string, MappedValue] => [`${stage}.${id}`, value]),
    ),
    ...(present('enrolledAt') ? [['enrolledAt', mapped.enrolledAt!] as const] : []),
  ].map(([path, value]) => [path, value]);
  return values
    .filter(([path, value]) => !has(present(path), value, batch))
    .map(([path, value]) => [path, present(path), value]);
}

/** What the way there and back would change in DHIS2. */
function changesInDhis2(entities: TrackedEntity[]) {
  const { data: people } = toGoData(entities);
  const { data, report } = toDhis2(aBatch(toPeople(people)));
  expect(report.rejected).toBeUndefined();
  const byId = new Map(entities.map(entity => [entity.id, entity]));
  for (const { id, links } of data.entities) expect(links).toEqual([id]);
  return {
    count: data.entities.length,
    values: data.entities.flatMap(({ attributes, events }) => [
      ...Object.values(attributes),
      ...events.flatMap(({ values }) => Object.values(values)),
    ]),
    keys: data.entities.flatMap(({ events }) => events.map(({ key }) => key)),
    changes: data.entities.flatMap(mapped => changesOf(byId.get(mapped.id)!, mapped, data)),
  };
}

const anyText = fc.constantFrom('', ' ', 'Ada', ' Obi ', '+999 123', '12,5', '38.5', '0', 'true');
const anyYesNo = fc.constantFrom('YES', 'NO', 'UNKNOWN', 'MAYBE');
const anyDay = fc.constantFrom('2026-01-31', '2026-02-28', '2026-03-01', '2026-12-31');

describe('people of DHIS2, in Go.Data and back', () => {
  it('change nothing there, of the synthetic program', () => {
    const program = generateTrackerProgram({
      orgUnits: [{ id: HERE, name: 'Acre' }],
      today: '2026-11-23',
    });
    const { count, values, keys, changes } = changesInDhis2(toEntities(program));
    expect(count).toBeGreaterThan(450);
    expect(values.filter(value => value !== null).length).toBeGreaterThan(5000);
    // Lab results that came from DHIS2 stay its own.
    expect(new Set(keys)).toEqual(new Set(['LpWNjNGvCO5', 'iVfs6Jyp7I8']));
    // Go.Data cannot hold this day. The owner table leaves it in DHIS2, where it was entered.
    expect(changes.filter(([, present]) => present !== '2026-02-30')).toEqual([]);
  });

  /** Values as DHIS2's own forms let people enter them. */
  const anyClinical = fc.record(
    {
      s3eoonJ8OJb: anyDay,
      EoOuEHmkoBv: anyYesNo,
      Bt9xOiBUuDW: anyYesNo,
      HM8BPaL8Bbj: fc.constantFrom('T1', 'T2', 'T3'),
      fL5NtssTKPq: fc.constantFrom('VACC_TYPE_MR', 'VACC_TYPE_MMR', 'VACC_TYPE_BCG'),
      lK4SC5l7VR6: fc.constantFrom('VACC_DOSE_0', 'VACC_DOSE_2', 'VACC_DOSE_UNKNOWN', 'MANY'),
      CUbZcLm9LyN: anyYesNo,
      wvSTTknCxfK: anyDay,
      p8htbyJHydl: anyYesNo,
      EWZcuvPOrJF: anyText,
      BH5SRLl5PfH: anyText,
      PpMq8T5hNXy: anyText,
    },
    { requiredKeys: [] },
  );
  const anyOutcome = fc.oneof(
    fc.record(
      { bOYWVEBaWy6: fc.constant('DEATH'), dDEdmn8q3P1: anyDay, IdFN1KdIHO1: anyDay },
      { requiredKeys: ['bOYWVEBaWy6'] },
    ),
    fc.record(
      {
        bOYWVEBaWy6: fc.constantFrom('HEALTHY', 'RECOVERED', 'NOT_RECOVERED', 'OTHER', 'MOVED'),
        IdFN1KdIHO1: anyDay,
        nFNHFgtt2eG: anyText,
      },
      { requiredKeys: [] },
    ),
  );
  const anyEvents = fc
    .tuple(fc.option(anyClinical), fc.option(anyOutcome), fc.option(anyDay), anyDay)
    .map(([clinical, outcome, result, day]) => [
      ...(clinical ? [godata.anEvent(godata.STAGE.clinical, day, clinical)] : []),
      ...(outcome ? [godata.anEvent(godata.STAGE.outcome, day, outcome)] : []),
      ...(result
        ? [godata.anEvent(godata.STAGE.labResult, result, { ovY6E8BSdto: 'POSITIVE' })]
        : []),
    ]);
  const anyAttributes = fc.record(
    {
      sB1IHYu2xQT: anyText,
      ENRjVGxVL6l: anyText,
      oindugucx72: fc.constantFrom('MALE', 'FEMALE', 'OTHER'),
      NI0QRzJvQ0k: anyDay,
      Rv8WM2mTuS5: fc.constantFrom('0', '41', '99'),
      Xhdn49gUd52: anyText,
      fctSQp5nAYl: anyText,
      he05i8FUwu3: anyText,
      hBcoBCZBWFb: anyText,
      HAZ7VQ730yn: fc.constant('COVID19_0000001'),
    },
    { requiredKeys: [] },
  );
  const anyEntity = fc
    .record({
      kind: fc.constantFrom('case' as const, 'contact' as const),
      attributes: anyAttributes,
      first: anyEvents,
      second: fc.option(anyEvents),
      isCancelled: fc.boolean(),
    })
    .map(({ kind, attributes, first, second, isCancelled }) =>
      godata.anEntity({
        kind,
        attributes,
        enrollments: [
          godata.anEnrollment(first),
          ...(second
            ? [godata.anEnrollment(second, isCancelled ? { status: 'CANCELLED' } : {})]
            : []),
        ],
      }),
    );

  it('change nothing there, for everything that its forms accept', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(fc.array(anyEntity, { minLength: 1, maxLength: 3 }), entities => {
        const { changes, values } = changesInDhis2(JSON.parse(JSON.stringify(entities)));
        for (const value of values) if (value && typeof value === 'object') met.add(value.table);
        expect(changes).toEqual([]);
      }),
      runs(150, 3000),
    );
    expect([...met].sort()).toEqual([
      'gender',
      'occupation',
      'outcomeId',
      'pregnancyStatus T1',
      'pregnancyStatus YES',
      'vaccinesReceived VACC_DOSE_0',
      'vaccinesReceived VACC_TYPE_MEASLES',
    ]);
  });
});

/** A tracked entity as DHIS2 has it after it was written there. */
function toEntity(mapped: MappedEntity, { tables }: MappedTrackedEntityBatch): TrackedEntity {
  const valuesOf = (values: Record<string, MappedValue>) =>
    Object.fromEntries(
      Object.entries(values).flatMap(([id, value]) => {
        if (value === null || typeof value === 'string') return value ? [[id, value]] : [];
        const code = Object.keys(tables[value.table]!).find(
          one => value.id !== null && tables[value.table]![one] === value.id,
        );
        return code ? [[id, code]] : [];
      }),
    );
  const day = mapped.enrolledAt!;
  const events = mapped.events
    .filter(({ deleted }) => !deleted)
    .map(
      ({ key, stage, values, occurredAt = day, status = 'ACTIVE' }): TrackedEvent =>
        godata.anEvent(stage, occurredAt, valuesOf(values), {
          status,
          ...(key === stage ? {} : { fromGoData: true }),
        }),
    );
  return godata.anEntity({
    kind: mapped.kind === 'case' ? 'case' : 'contact',
    orgUnit: mapped.location ?? HERE,
    link: { id: mapped.id, isOrigin: true },
    attributes: valuesOf(mapped.attributes),
    enrollments: [godata.anEnrollment(events, { enrolledAt: day, program: mapped.program })],
  });
}

describe('people of Go.Data, in DHIS2 and back', () => {
  const among = (category: string, ...values: string[]) =>
    fc.constantFrom(...values.map(value => ref(category, value)));
  const anyStoredDay = anyDay.map(day => `${day}T00:00:00.000Z`);
  const anyAnswer = (values: fc.Arbitrary<unknown>) => values.map(value => [{ value }]);
  const anyLabResult = fc.record(
    {
      id: fc.uuid(),
      dateSampleTaken: anyStoredDay,
      dateOfResult: anyStoredDay,
      sampleType: among('TYPE_OF_SAMPLE', 'SERUM', 'CSF', 'OTHER_SPECIFY_IN_NOTES_FIELD'),
      testType: among('TYPE_OF_LAB_TEST', 'PCR', 'RT_PCR', 'OTHER_SPECIFY_IN_NOTES_FIELD'),
      result: among('LAB_TEST_RESULT', 'POSITIVE', 'NEGATIVE', 'INCONCLUSIVE'),
      notes: fc.constantFrom('Sputum was bloody', 'DHIS2 says so'),
    },
    { requiredKeys: ['id'] },
  );
  const anyVisit = fc.record(
    {
      id: fc.uuid(),
      date: anyStoredDay,
      statusId: fc.constantFrom(
        ...['SEEN_OK', 'SEEN_NOT_OK', 'MISSED', 'NOT_PERFORMED'].map(
          status => `LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_${status}`,
        ),
      ),
      questionnaireAnswers: fc.record({ signsymp_fever: anyAnswer(anyYesNo) }),
    },
    { requiredKeys: ['id', 'date', 'statusId'] },
  );
  /** Records as Go.Data lets users enter them; `isPlain`: DHIS2 has a place for all of it. */
  const anyRecord = (isPlain: boolean) => {
    const more = (...values: string[]) => (isPlain ? [] : values);
    const anyDose = fc.record(
      {
        vaccine: among('VACCINE', 'MR', 'MMR', ...more('BCG')),
        status: among('VACCINE_STATUS', 'VACCINATED', 'NOT_VACCINATED'),
      },
      { requiredKeys: isPlain ? ['vaccine', 'status'] : ['vaccine'] },
    );
    return fc.record(
      {
        firstName: fc.constantFrom('Ada', 'Obi'),
        lastName: fc.constantFrom('Eze', '三'),
        gender: among('GENDER', 'MALE', 'FEMALE', ...more('X')),
        dob: anyStoredDay,
        age: fc.record({
          years: fc.integer({ min: 0, max: 99 }),
          months: isPlain ? fc.constant(0) : fc.nat(11),
        }),
        dateOfReporting: isPlain
          ? anyStoredDay
          : fc.constantFrom(null, '2026-03-04T22:15:00.000Z', '2026-03-04T00:00:00.000Z'),
        addresses: fc
          .record(
            {
              locationId: fc.constant(HERE),
              addressLine1: fc.constantFrom('12 Bana Road', 'behind the school'),
              phoneNumber: fc.constant('+999 123'),
            },
            { requiredKeys: ['locationId'] },
          )
          .map(address => [{ typeId: RESIDENCE, ...address }]),
        classification: among('CASE_CLASSIFICATION', 'CONFIRMED', 'PROBABLE', 'SUSPECT'),
        dateOfOnset: anyStoredDay,
        outcomeId: among('OUTCOME', 'ALIVE', 'RECOVERED', 'DECEASED', ...more('LOST')),
        dateOfOutcome: anyStoredDay,
        pregnancyStatus: among(
          'PREGNANCY_STATUS',
          'NOT_PREGNANT',
          'YES_TRIMESTER_UNKNOWN',
          'YES_SECOND_TRIMESTER',
          ...more('NONE'),
        ),
        occupation: among('OCCUPATION', 'HEALTH_CARE_WORKER', ...more('TEACHER', 'BUTCHER')),
        vaccinesReceived: fc.array(anyDose, { maxLength: isPlain ? 1 : 3 }),
        dateRanges: fc.constant([
          {
            typeId: ref('PERSON_DATE_TYPE', 'HOSPITALIZATION'),
            startDate: '2026-03-05T00:00:00.000Z',
          },
        ]),
        questionnaireAnswers: fc.record(
          {
            patinfo_id: anyAnswer(fc.constantFrom('LOC-7', 'LOC-8')),
            signsymp_fever: anyAnswer(fc.constantFrom('YES', 'NO')),
            outcome_patcourse_status_other: anyAnswer(fc.constantFrom('moved away')),
            // Go.Data's own values: of a kind that DHIS2 expresses by other means, and of no known
            // kind.
            comcond_preg: anyAnswer(fc.constantFrom('YES', 'NO')),
            patcourse_admit: anyAnswer(fc.constant('YES')),
            favourite_colour: anyAnswer(fc.constant('green')),
            ...(isPlain
              ? {}
              : {
                  fever_temperature: anyAnswer(fc.constantFrom(38.5, 41)),
                  signsymp_cough: anyAnswer(fc.constant(['YES', 'NO'])),
                  expo_travel: fc.constant([{ value: 'YES', date: '2026-03-01' }, { value: 'NO' }]),
                }),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: isPlain ? ['dateOfReporting', 'addresses'] : ['addresses'] },
    );
  };
  const anyPerson = (isPlain: boolean) =>
    fc.record({
      id: fc.uuid(),
      kind: fc.constantFrom('case' as const, 'contact' as const),
      record: anyRecord(isPlain).map(record => ({
        ...record,
        createdAt: '2026-03-03T10:20:30.456Z',
      })),
      labResults: fc.array(anyLabResult, { maxLength: 2 }),
      followUps: fc.array(anyVisit, { maxLength: 2 }),
    });
  /**
   * As Go.Data has it: a contact has no outcome of an illness, and without an outcome there is no
   * date of one.
   */
  const sensible = ({ record, ...person }: OutbreakPerson): OutbreakPerson => {
    const { dateOfOutcome, age, ...rest } = record;
    return {
      ...person,
      record: {
        ...rest,
        ...(record.outcomeId ? { dateOfOutcome } : {}),
        ...(record.dob ? {} : { age }),
      },
    };
  };

  function thereAndBack(person: OutbreakPerson) {
    const { data } = toDhis2(aBatch([person]));
    const entity = toEntity(data.entities[0]!, data);
    const people = toGoData([entity]).data;
    return { entity, mapped: people.people[0]!, people };
  }

  it('get everything that DHIS2 can express', () => {
    fc.assert(
      fc.property(anyPerson(true).map(sensible), person => {
        const { mapped, people } = thereAndBack(person);
        const own = there.owners[person.kind === 'case' ? 'case' : 'contact'] as OwnerTable;
        // Compared one by one: fields that have a counterpart, and are mapped for this kind.
        for (const [field, { dhis2 }] of Object.entries(own)) {
          if (!dhis2 || !Object.hasOwn(mapped.fields, field.split('.')[0]!)) continue;
          const part = partOf(mapped.fields, field, dhis2);
          expect([field, diffFields(person.record, part, contextOf(people))]).toEqual([field, {}]);
        }
      }),
      runs(150, 3000),
    );
  });

  /** What a mapping gives for a field of an owner table. */
  function partOf(fields: RecordFields, field: string, dhis2: unknown): RecordFields {
    const [name = '', key] = field.split('.');
    if (name === 'addresses') {
      const [address] = fields.addresses as RecordFields[];
      return { addresses: [{ typeId: RESIDENCE, [key!]: address![key!] }] };
    }
    if (name !== 'questionnaireAnswers') return { [name]: fields[name] };
    const answers = fields.questionnaireAnswers as RecordFields;
    const variables = Object.keys(dhis2 as object);
    const own = Object.fromEntries(variables.map(one => [one, answers[one]]));
    return { questionnaireAnswers: own };
  }

  it.each([
    ['when the memory is kept', true],
    ['when the memory is lost', false],
  ])('change nothing in Go.Data but what DHIS2 owns, %s', (_, isKept) => {
    fc.assert(
      fc.property(anyPerson(false).map(sensible), person => {
        const { mapped, people } = thereAndBack(person);
        const memory = openMemory(undefined, openMemoryKey(MEMORY_KEY));
        const ownership = {
          owners: readOwners(there.owners),
          judge: createJudge(memory, 'godata'),
        };
        if (isKept) {
          const [written] = toDhis2(aBatch([person])).data.entities;
          const subject = subjectOf(mapped, ownership);
          for (const [field, owner] of Object.entries(subject.owners)) {
            if (owner.owner !== 'latest' || !owner.dhis2) continue;
            const [dhis2, godata] = [mapped, written!].map(
              ({ fingerprints }) => fingerprintOf(fingerprints, subject.owners, field)!,
            );
            memory.remember(mapped.id, field, { dhis2: dhis2!, godata: godata! });
          }
        }
        for (let run = 0; run < 2; run += 1) {
          const context = { ...ownership, ...contextOf(people) };
          const { fields, conflicts } = decideFields(mapped, mapped.fields, person.record, context);
          expect(conflicts).toEqual([]);
          const { documents, ...changes } = diffFields(person.record, fields, contextOf(people));
          expect(changes).toEqual({});
          expect(documents).toMatchObject([{ number: mapped.id }]);
        }
        expect(mapped.labResults).toEqual([]);
      }),
      runs(75, 1500),
    );
  });
});
