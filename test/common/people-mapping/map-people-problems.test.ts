import { describe, expect, it } from 'vitest';
import type { DescribedProgram } from '#common/handover/described-program.js';
import type { FetchedTrackedEntityBatch } from '#common/handover/fetched-tracked-entity-batch.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import type { Row } from '#common/people-mapping/rows.js';
import * as dhis2 from '#dhis2/Adaptor.js';
import * as godata from '#godata/Adaptor.js';

const { answers, attribute, codes, element, enrolledAt, orgUnit, row, stage } = godata;

/** A program of a country's own, as the step that reads it describes it. */
const PROGRAM: DescribedProgram = {
  id: 'PrgRougeole',
  code: 'ROUGEOLE',
  name: 'Rougeole',
  attributes: [
    { id: 'TeaNomFamil', code: 'NOMFAM', name: 'Nom de famille', valueType: 'TEXT' },
    { id: 'TeaNaissanc', code: 'DDN', name: 'Date de naissance', valueType: 'DATE' },
    { id: 'TeaSexeeeee', name: 'Sexe', valueType: 'TEXT' },
    { id: 'TeaCommentA', name: 'Commentaire', valueType: 'LONG_TEXT' },
    { id: 'TeaCommentB', name: 'Commentaire', valueType: 'LONG_TEXT' },
  ],
  stages: [
    {
      id: 'PsgExamenCl',
      name: 'Examen clinique',
      elements: [{ id: 'DelDebutEru', name: 'Début', valueType: 'DATE' }],
    },
  ],
};

const EXAM = stage('Examen clinique');

const batch = (more: Partial<FetchedTrackedEntityBatch> = {}) => ({
  entities: [
    {
      id: 'TrackedEnt1',
      kind: 'case' as const,
      orgUnit: 'OrgUnit0001',
      createdAt: '2026-01-02T03:04:05.678',
      updatedAt: '2026-01-02T03:04:05.678',
      attributes: { TeaNomFamil: 'Nom', TeaSexeeeee: 'F' },
      enrollments: [
        {
          id: 'Enrollment1',
          program: PROGRAM.id,
          orgUnit: 'OrgUnit0001',
          enrolledAt: '2026-01-02',
          events: [
            { id: 'EventEvent1', stage: 'PsgExamenCl', values: { DelDebutEru: '2026-01-01' } },
          ],
        },
      ],
      relationships: [],
    },
  ],
  orgUnits: { OrgUnit0001: { name: 'Ville', path: '/OrgUnit0001' } },
  programs: { case: PROGRAM },
  next: {},
  more: false,
  ...more,
});

const toGoData = (mapping: PeopleMapping, data: unknown = batch()) =>
  godata.mapPeople(mapping)({ data: JSON.parse(JSON.stringify(data)) });
const mappingOf = (rows: readonly Row<string>[], more: Partial<PeopleMapping> = {}) =>
  ({ case: { program: 'ROUGEOLE', rows }, ...more }) as PeopleMapping;

/** What a refused mapping says. */
function refusalOf(run: () => unknown): { code: string; kind: string; message: string } {
  try {
    run();
  } catch (error) {
    return error as never;
  }
  throw new Error('Nothing was refused.');
}

describe('a mapping of people whose rows do not fit', () => {
  it.each<[string, string, Row<string>[], RegExp]>([
    [
      'a field',
      'UNKNOWN_FIELD',
      [row('ocupation' as 'occupation', attribute('NOMFAM'))],
      /ocupation.*occupation/,
    ],
    [
      'an attribute',
      'UNKNOWN_ATTRIBUTE',
      [row('lastName', attribute('NOM'))],
      /row lastName: no attribute "NOM" in the program "Rougeole".*"Nom de famille" \(NOMFAM, TeaNomFamil\)/,
    ],
    [
      'a stage',
      'UNKNOWN_STAGE',
      [row('dateOfOnset', element(stage('Examen'), 'Début'))],
      /no stage "Examen".*"Examen clinique"/,
    ],
    [
      'a data element',
      'UNKNOWN_DATA_ELEMENT',
      [row('dateOfOnset', element(EXAM, 'Debut'))],
      /no data element "Debut" in the stage "Examen clinique".*"Début"/,
    ],
    [
      'an answer’s place',
      'UNKNOWN_ATTRIBUTE',
      [answers(attribute, { fever: 'FIEVRE' })],
      /row questionnaireAnswers\.fever/,
    ],
    [
      'a name of two objects',
      'AMBIGUOUS_NAME',
      [row('riskReason', attribute('Commentaire'))],
      /TeaCommentA.*TeaCommentB/,
    ],
    ['a value type', 'VALUE_TYPE', [row('age', attribute('DDN'))], /row age: .*DATE.*NUMBER/],
    ['a missing table', 'NEEDS_CODES', [row('gender', attribute('Sexe'))], /row gender/],
    [
      'a table without its category',
      'NEEDS_CODES',
      [row('gender', attribute('Sexe'), { codes: codes({ M: 'MALE' }) })],
      /row gender: .*with its category/,
    ],
    [
      'a code that the table lacks',
      'UNKNOWN_CODE',
      [
        row('gender', attribute('Sexe'), {
          codes: codes('GENDER', { F: 'FEMALE' }, { MALE: 'M' }),
        }),
      ],
      /code M/,
    ],
    [
      'two codes of one item',
      'AMBIGUOUS_CODE',
      [row('gender', attribute('Sexe'), { codes: codes('GENDER', { F: 'FEMALE', FE: 'FEMALE' }) })],
      /F and FE both mean FEMALE/,
    ],
    [
      'several places without a function',
      'NO_FUNCTION',
      [row('lastName', [attribute('NOMFAM'), attribute('Sexe')])],
      /2 places it needs toGoData/,
    ],
    [
      'two rows for one field',
      'TWO_ROWS',
      [row('lastName', attribute('NOMFAM')), row('lastName', attribute('Sexe'))],
      /field lastName/,
    ],
    [
      'two rows for one place',
      'TWO_ROWS',
      [row('lastName', attribute('NOMFAM')), row('firstName', attribute('NOMFAM'))],
      /row lastName and case, row firstName: both write NOMFAM/,
    ],
    [
      'a document that would go to DHIS2',
      'ONE_WAY_FIELD',
      [row('documents.PASSPORT', attribute('NOMFAM'), { direction: 'both' })],
      /documents\.PASSPORT/,
    ],
  ])('is refused for %s: %s', (_, code, rows, text) => {
    const { details, ...error } = refusalOf(() => toGoData(mappingOf(rows))) as never as {
      details: { problems: { code: string; message: string }[] };
    };
    expect(error).toMatchObject({ code: 'BAD_MAPPING', kind: 'configuration' });
    expect(details.problems.map(problem => problem.code)).toContain(code);
    const message = details.problems.find(problem => problem.code === code)!.message;
    expect(message).toMatch(text);
  });

  it('is refused with all its problems at once', () => {
    const rows = [row('lastName', attribute('NOM')), row('gender', attribute('Sexe'))];
    const { message } = refusalOf(() => toGoData(mappingOf(rows, { required: ['firstName'] })));
    expect(message).toMatch(
      /3 problems[\s\S]*NEEDS_CODES[\s\S]*REQUIRED_FIELD[\s\S]*UNKNOWN_ATTRI/,
    );
  });

  it('is refused when it is for another program than the one that was read', () => {
    const mapping = { case: { program: 'COVID', rows: [row('lastName', attribute('NOMFAM'))] } };
    expect(refusalOf(() => toGoData(mapping)).message).toMatch(/OTHER_PROGRAM: case: .*"COVID"/);
  });

  it('is refused when it names objects and nobody has read the programs', () => {
    const data = batch({ programs: undefined });
    const refusal = refusalOf(() =>
      toGoData(mappingOf([row('lastName', attribute('NOMFAM'))]), data),
    );
    expect(refusal.code).toBe('NO_METADATA');
  });

  it.each([
    ['functions of a person', { case: () => ({}) }, /not functions/],
    ['no list of rows', { case: { program: 'ROUGEOLE', rows: {} } }, /case\.rows/],
    ['no program', { case: { rows: [] } }, /case\.program/],
    ['an unknown part', { ...mappingOf([]), cases: {} }, /"cases"/],
  ])('is refused when it has %s', (_, mapping, text) => {
    const refusal = refusalOf(() => toGoData(mapping as never));
    expect(refusal).toMatchObject({ code: 'BAD_OPTION', kind: 'configuration' });
    expect(refusal.message).toMatch(text);
  });
});

describe('a mapping of people', () => {
  const sexes = codes('GENDER', { F: 'FEMALE', M: 'MALE' });
  const rowsBy = (name: string, sex: string, exam: string, onset: string) => [
    row('lastName', attribute(name)),
    row('gender', attribute(sex), { codes: sexes }),
    row('dateOfOnset', element(stage(exam), onset)),
    row('dateOfReporting', enrolledAt()),
    row('addresses.locationId', orgUnit(), { owner: 'dhis2' }),
  ];

  it('gives the same by ids, by codes and by exact names', () => {
    const byId = toGoData(
      mappingOf(rowsBy('TeaNomFamil', 'TeaSexeeeee', 'PsgExamenCl', 'DelDebutEru')),
    );
    const byName = toGoData(mappingOf(rowsBy('NOMFAM', 'Sexe', 'Examen clinique', 'Début')));
    expect(byName.data).toEqual(byId.data);
    expect(byId.data.people[0]!.fields).toMatchObject({
      lastName: 'Nom',
      gender: 'LNG_REFERENCE_DATA_CATEGORY_GENDER_FEMALE',
      dateOfOnset: '2026-01-01',
    });
  });

  it('is refused by an adaptor that cannot reach the system to write to', async () => {
    const mapping = mappingOf(rowsBy('TeaNomFamil', 'TeaSexeeeee', 'PsgExamenCl', 'DelDebutEru'));
    expect(refusalOf(() => toGoData(mapping, { people: [] })).code).toBe('WRONG_ADAPTOR');
    await expect(dhis2.mapPeople(mapping)({ data: batch() })).rejects.toMatchObject({
      code: 'WRONG_ADAPTOR',
      kind: 'configuration',
    });
  });

  it('of an older form is refused, and the page that helps is named', () => {
    for (const old of [godata.mapCases, dhis2.mapTrackedEntities]) {
      expect(refusalOf(old)).toMatchObject({
        code: 'OLD_MAPPING',
        fix: expect.stringContaining('docs/upgrading.md'),
      });
    }
  });
});
