import { describe, expect, it } from 'vitest';
import type { AnyContext, ToDhis2Context } from '#common/people-mapping/contexts.js';
import type { Row } from '#common/people-mapping/rows.js';
import { listLeftOut } from '#drafting/left-out.js';
import { readMapping } from '#drafting/offer/read-job.js';
import { draftPeople } from '#drafting/people/draft-people.js';
import { printPeople } from '#drafting/print/print-people.js';
import type { Item, Option, Program, ProgramField } from '#drafting/servers/model.js';

const PREFIX = 'LNG_REFERENCE_DATA_CATEGORY_';
const ITEMS: Record<string, string[]> = {
  GENDER: ['MALE', 'FEMALE'],
  OUTCOME: ['ALIVE', 'DECEASED', 'RECOVERED'],
  OCCUPATION: ['HEALTH_CARE_WORKER', 'TEACHER'],
  PERSON_DATE_TYPE: ['HOSPITALIZATION', 'ISOLATION', 'ICU_ADMISSION'],
  PREGNANCY_STATUS: [
    'NOT_PREGNANT',
    'YES_TRIMESTER_UNKNOWN',
    'YES_FIRST_TRIMESTER',
    'YES_SECOND_TRIMESTER',
    'YES_THIRD_TRIMESTER',
  ],
  LAB_TEST_RESULT: ['POSITIVE', 'NEGATIVE'],
};
const YES_NO = { OUI: 'Oui', NON: 'Non', NSP: 'Ne sait pas' };

let next = 0;
const newId = () => `Id${String(next++).padStart(9, '0')}`;

function field(name: string, type: string | Record<string, string> = 'TEXT'): ProgramField {
  const options = (table: Record<string, string>) =>
    Object.entries(table).map(([code, text]): Option => ({ code, name: text, texts: [text] }));
  return {
    id: newId(),
    name,
    texts: [name],
    valueType: typeof type === 'string' ? type : 'TEXT',
    ...(typeof type === 'string' ? {} : { options: options(type), optionSet: newId() }),
    isGenerated: false,
    isAssigned: false,
  };
}

/** What is drafted for a program whose stages have these data elements. */
function draft(...stages: ProgramField[][]) {
  return draftFor({ stages });
}

/**
 * What is drafted for a program.
 *
 * @param compulsory ids of data elements that each event needs, which DHIS2 always checks
 * @param mandatory ids of attributes that everybody needs
 */
function draftFor({
  stages,
  attributes = [],
  compulsory,
  mandatory = [],
}: {
  stages: ProgramField[][];
  attributes?: ProgramField[];
  compulsory?: string[];
  mandatory?: string[];
}) {
  const program: Program = {
    id: newId(),
    name: 'Maladie',
    texts: ['Maladie'],
    trackedEntityType: newId(),
    mandatory,
    attributes: [field('Nom'), field('Sexe', { M: 'Masculin', F: 'Féminin' }), ...attributes],
    stages: stages.map((elements, n) => ({
      id: `Stage00000${n}`,
      name: `Étape ${n}`,
      texts: [`Étape ${n}`],
      isRepeatable: false,
      isStrict: compulsory !== undefined,
      compulsory: compulsory ?? [],
      elements,
    })),
  };
  const items = new Map(
    Object.entries(ITEMS).map(([category, values]): [string, Item[]] => [
      category,
      values.map(value => ({ value, texts: [value.replaceAll('_', ' ')] })),
    ]),
  );
  const questions = { case: [], contact: [], followUp: [] };
  const dhis2 = { caseProgram: program, relationshipTypes: [], roots: [] };
  const people = draftPeople(dhis2, {
    outbreak: { id: 'outbreak', name: 'Maladie', disease: [], questions },
    items,
  });
  const text = printPeople(people!);
  const mapping = readMapping(text)!;
  return {
    text,
    leftOut: listLeftOut(dhis2, { people, aggregate: undefined, options: [] }).map(
      one => [one.workflow, one.why] as const,
    ),
    row: (name: string): Row | undefined => mapping.case.rows.find(one => one.field === name),
  };
}

/** A person with one enrollment and one event in each stage. */
function personWith(values: Record<string, string>) {
  const event = (stage: string) => ({ id: `event of ${stage}`, value: (id: string) => values[id] });
  const enrollment = {
    events: (stage: string) => [event(stage)],
    latest: (_: string, id: string) => values[id],
  };
  return { enrollments: [enrollment], events: enrollment.events, latest: enrollment.latest };
}

/** A context with what the function of a row reads. */
const reading = (given: object) => given as AnyContext & ToDhis2Context;

/** What a table of codes makes of a value. */
const code = (table: NonNullable<Row['codes']>, value: string | undefined) =>
  Object.hasOwn(table.ids, value ?? '')
    ? table.ids[value!]
    : Object.entries(table.ids).find(([, id]) => id === value)?.[0];

describe('a computed row of a draft', () => {
  const outcomes = { GUERI: 'Recovered', DECEDE: 'Décédé' };

  it('makes stays of yes, the day of admission, that of discharge in another stage, and the hospital', () => {
    const [told, from, at] = [
      field('Hospitalisation', YES_NO),
      field("Date d'admission", 'DATE'),
      field("Nom de l'hôpital", 'ORGANISATION_UNIT'),
    ];
    const to = field('Date de sortie', 'DATE');
    const { row } = draft([told, from, at], [to]);
    const values = { [told.id]: 'OUI', [from.id]: '2026-01-02', [to.id]: '2026-01-09' };
    const stays = (given: Record<string, string>) =>
      (
        row('dateRanges')!.toGoData!([], reading({ person: personWith(given) })) as (
          | object
          | false
        )[]
      ).filter(Boolean);
    expect(stays({ ...values, [at.id]: 'OrgUnit0001' })).toEqual([
      {
        event: expect.anything(),
        typeId: `${PREFIX}PERSON_DATE_TYPE_HOSPITALIZATION`,
        startDate: '2026-01-02',
        endDate: '2026-01-09',
        locationId: 'OrgUnit0001',
      },
    ]);
    expect(stays({ ...values, [told.id]: 'NON' })).toEqual([]);
  });

  it('joins pregnancy and trimester, and takes them apart again', () => {
    const [pregnant, trimester] = [
      field('Grossesse', YES_NO),
      field('Trimestre', { A: 'First', B: 'Second', C: 'Third' }),
    ];
    const { toGoData, toDhis2, places } = draft([pregnant, trimester]).row('pregnancyStatus')!;
    expect(places.map(place => 'ref' in place && place.ref)).toEqual([pregnant.id, trimester.id]);
    const status = (...values: (string | undefined)[]) => toGoData!(values, reading({ code }));
    expect(status('OUI', 'B')).toBe(`${PREFIX}PREGNANCY_STATUS_YES_SECOND_TRIMESTER`);
    expect(status('OUI', undefined)).toBe(`${PREFIX}PREGNANCY_STATUS_YES_TRIMESTER_UNKNOWN`);
    expect(status('NON', undefined)).toBe(`${PREFIX}PREGNANCY_STATUS_NOT_PREGNANT`);
    for (const given of [
      ['OUI', 'B'],
      ['NON', undefined],
    ] as const) {
      expect(toDhis2!(status(...given), reading({ code }))).toEqual(given);
    }
  });

  it('reads the trimester of options with accents', () => {
    const { row } = draft([
      field('Grossesse', YES_NO),
      field('Trimestre', { A: 'Premier', B: 'Deuxième', C: 'Troisième' }),
    ]);
    const { toGoData, places } = row('pregnancyStatus')!;
    expect(places).toHaveLength(2);
    expect(toGoData!(['OUI', 'B'], reading({ code }))).toBe(
      `${PREFIX}PREGNANCY_STATUS_YES_SECOND_TRIMESTER`,
    );
  });

  describe('counts as given to DHIS2', () => {
    const pregnancy = () => [
      field('Grossesse', YES_NO),
      field('Trimestre', { A: 'First', B: 'Second', C: 'Third' }),
    ];

    it('where an event needs what it always gives', () => {
      const [pregnant, trimester] = pregnancy();
      const { row } = draftFor({
        stages: [[pregnant!, trimester!, field('Issue', outcomes)]],
        compulsory: [pregnant!.id],
      });
      expect(row('pregnancyStatus')!.direction).toBe('both');
      expect(row('outcomeId')!.direction).toBe('both');
    });

    it('but not where an event needs what it gives for some only', () => {
      const [pregnant, trimester] = pregnancy();
      const died = field('Date de décès', 'DATE');
      for (const { id } of [trimester!, died]) {
        const { row } = draftFor({
          stages: [[pregnant!, trimester!, field('Issue', outcomes), died]],
          compulsory: [id],
        });
        expect(row('outcomeId')!.direction).toBe('to-godata');
      }
    });

    it('where everybody needs the attribute', () => {
      const [pregnant, trimester] = pregnancy();
      const leftOut = (...mandatory: string[]) =>
        draftFor({ stages: [], attributes: [pregnant!, trimester!], mandatory })
          .leftOut.filter(([, why]) => why.includes('everybody in DHIS2 needs'))
          .map(([workflow]) => workflow);
      expect(leftOut(pregnant!.id)).toEqual([]);
      expect(leftOut(trimester!.id)).toEqual(['cases-to-tracked-entities', 'two-way']);
    });
  });

  it('writes the day of the outcome where it belongs: a recovered person has no day of death', () => {
    const [outcome, died, left] = [
      field('Issue', outcomes),
      field('Date de décès', 'DATE'),
      field('Date de guérison', 'DATE'),
    ];
    const { row } = draft([outcome, died, left]);
    const { toGoData, toDhis2 } = row('dateOfOutcome')!;
    const day = '2026-02-03';
    const write = (item: string) =>
      toDhis2!(
        day,
        reading({ record: { value: () => `${PREFIX}OUTCOME_${item}`, day: () => day } }),
      );
    expect(write('DECEASED')).toEqual([day, undefined]);
    expect(write('RECOVERED')).toEqual([undefined, day]);
    const read = (item: string) =>
      toGoData!(
        ['died', 'recovered'],
        reading({ fields: { outcomeId: `${PREFIX}OUTCOME_${item}` } }),
      );
    expect([read('DECEASED'), read('RECOVERED')]).toEqual(['died', 'recovered']);
  });

  it('makes a vaccine of its type, the number of doses and the day', () => {
    const [vaccine, doses, on] = [
      field('Type de vaccin', { R: 'Rougeole', RR: 'Rougeole rubéole' }),
      field('Nombre de doses', 'INTEGER_ZERO_OR_POSITIVE'),
      field('Date de vaccination', 'DATE'),
    ];
    const { row, text } = draft([vaccine, doses, on]);
    const { toGoData, direction } = row('vaccinesReceived')!;
    expect(toGoData!(['RR', '2', '2026-01-01'], reading({ code }))).toEqual([
      {
        vaccine: `${PREFIX}VACCINE_ROUGEOLE_RUBEOLE`,
        date: '2026-01-01',
        status: `${PREFIX}VACCINE_STATUS_VACCINATED`,
      },
    ]);
    expect(toGoData!(['R', '0', undefined], reading({ code }))).toMatchObject([
      { status: `${PREFIX}VACCINE_STATUS_NOT_VACCINATED` },
    ]);
    expect(direction).toBe('to-godata');
    expect(text).toContain('  vaccines: vaccineCodes,\n');
  });

  it('takes every dose for a vaccination where no option means none', () => {
    const { row, text } = draft([
      field('Type de vaccin', { R: 'Rougeole', RR: 'Rougeole rubéole' }),
      field('Nombre de doses', { D1: '1 dose', D2: '2 doses' }),
    ]);
    expect(text).not.toContain('[].includes');
    expect(row('vaccinesReceived')!.toGoData!(['R', 'D1'], reading({ code }))).toMatchObject([
      { status: `${PREFIX}VACCINE_STATUS_VACCINATED` },
    ]);
  });

  it('makes the occupation of a health worker, and leaves other occupations alone', () => {
    const worker = field('Agent de santé', YES_NO);
    const { codes } = draft([worker]).row('occupation')!;
    expect(codes!.ids).toEqual({
      OUI: `${PREFIX}OCCUPATION_HEALTH_CARE_WORKER`,
      NON: null,
      NSP: null,
    });
    expect(codes!.ignoresOthers).toBe(true);
  });

  it('is none where two data elements are named so', () => {
    const { row } = draft([field('Hospitalisation', YES_NO), field('Hospitalisé', YES_NO)]);
    expect(row('dateRanges')).toBeUndefined();
  });

  it('of the classification is a comment, with the lab result of the program', () => {
    const result = field('Résultat', { P: 'Positif', N: 'Négatif' });
    const { row, text } = draft([field('Note')], [result]);
    expect(row('classification')).toBeUndefined();
    expect(text).toContain(
      `  //     const result = person.latest(etape1Stage.ref, '${result.id}', ['P', 'N']);\n`,
    );
  });

  it('never takes a denial for what it denies', () => {
    const outcome = field('Issue', { G: 'Recovered', N: 'Not recovered', D: 'Décédé' });
    const { codes } = draft([outcome]).row('outcomeId')!;
    expect(codes!.ids).toEqual({
      G: `${PREFIX}OUTCOME_RECOVERED`,
      D: `${PREFIX}OUTCOME_DECEASED`,
    });
  });
});
