import { describe, expect, it } from 'vitest';
import type { FetchedPeopleBatch } from '#common/handover/fetched-people-batch.js';
import type { FetchedTrackedEntityBatch } from '#common/handover/fetched-tracked-entity-batch.js';
import type { CodedValue } from '#common/handover/mapped-tracked-entity-batch.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import * as dhis2 from '#dhis2/Adaptor.js';
import * as godata from '#godata/Adaptor.js';

const { answers, attribute, codes, enrolledAt, row } = godata;

const FEVER = 'AttrFever01';
const FOODS = 'AttrFoods01';
const table = { fever: FEVER, foods: FOODS };
const tables = {
  fever: codes({ YES: 'Y', OUI: 'Y', NO: 'N', UNKNOWN: null }, { Y: 'YES', U: null }),
  foods: codes({ F1: 'fish', F2: 'fruit' }),
};
const mappingOf = (given: Record<string, ReturnType<typeof codes>>): PeopleMapping => ({
  case: {
    program: 'ProgramCase',
    rows: [row('dateOfReporting', enrolledAt()), answers(attribute, table, { codes: given })],
  },
});

async function toGoData(attributes: Record<string, string>, given = tables) {
  const data: FetchedTrackedEntityBatch = {
    entities: [
      {
        id: 'TrackedEnt1',
        kind: 'case',
        orgUnit: 'OrgUnit0001',
        createdAt: '2026-01-02T03:04:05.678',
        updatedAt: '2026-01-02T03:04:05.678',
        attributes,
        enrollments: [],
        relationships: [],
      },
    ],
    orgUnits: {},
    next: {},
    more: false,
  };
  const state = await godata.mapPeople(mappingOf(given))({ data });
  const { questionnaireAnswers } = state.data.people[0]!.fields;
  return { answers: questionnaireAnswers, leftOut: state.report['map-cases']!.leftOut };
}

async function toDhis2(questionnaireAnswers: Record<string, { value: unknown }[]>) {
  const data: FetchedPeopleBatch = {
    outbreak: { id: 'outbreak-1', name: 'Test' },
    people: [
      { id: 'p', kind: 'case', record: { questionnaireAnswers }, labResults: [], followUps: [] },
    ],
    relationships: [],
    others: {},
    locations: {},
    next: {},
    more: false,
  };
  const state = await dhis2.mapPeople(mappingOf(tables))({ data });
  const batch = state.data;
  const { attributes } = batch.entities[0]!;
  const textOf = (value: unknown) => {
    const { table: name, id } = (value ?? {}) as CodedValue;
    if (name === undefined) return value;
    return id === null
      ? null
      : Object.keys(batch.tables[name]!).find(code => batch.tables[name]![code] === id);
  };
  return {
    values: Object.fromEntries(Object.entries(attributes).map(([id, one]) => [id, textOf(one)])),
    leftOut: state.report['map-tracked-entities']!.leftOut,
  };
}

describe('answers with tables of codes', () => {
  it('are the values of their questions in Go.Data, several as a list', async () => {
    const { answers: given } = await toGoData({ [FEVER]: 'OUI', [FOODS]: 'F1,F2' });
    expect(given).toEqual({ fever: [{ value: 'Y' }], foods: [{ value: ['fish', 'fruit'] }] });
  });

  it('are option codes in DHIS2, several joined, of two codes the one to write', async () => {
    const { values } = await toDhis2({
      fever: [{ value: 'Y' }],
      foods: [{ value: ['fish', 'fruit'] }],
    });
    expect(values).toEqual({ [FEVER]: 'YES', [FOODS]: 'F1,F2' });
  });

  it('stay empty for a code without an answer, and are counted if the table does not have it', async () => {
    const { answers: given, leftOut } = await toGoData({ [FEVER]: 'UNKNOWN', [FOODS]: 'F9' });
    expect(given).toEqual({ fever: [], foods: [] });
    expect(leftOut).toEqual([
      { reason: 'unmapped-code', subject: 'questionnaireAnswers.foods=F9', count: 1 },
    ]);
  });

  it('leave DHIS2 as it is for an answer without a code, and clear it without an answer', async () => {
    const { values, leftOut } = await toDhis2({ fever: [{ value: 'U' }] });
    expect(values).toEqual({ [FOODS]: null });
    expect(leftOut).toBeUndefined();
    const { values: odd, leftOut: counted } = await toDhis2({
      foods: [{ value: ['fish', 'ham'] }],
    });
    expect(odd).toEqual({ [FEVER]: null });
    expect(counted).toMatchObject([{ reason: 'unmapped-code', count: 1 }]);
  });

  it.each([
    [
      'of a variable that the row does not have',
      'UNKNOWN_VARIABLE',
      { fevre: tables.fever },
      /nearest: fever/,
    ],
    [
      'with two codes for one answer',
      'AMBIGUOUS_CODE',
      { fever: codes({ YES: 'Y', OUI: 'Y' }) },
      /YES and OUI both mean Y\..*last argument/,
    ],
    [
      'whose way back names a code that it lacks',
      'UNKNOWN_CODE',
      { fever: codes({ YES: 'Y' }, { N: 'NO' }) },
      /code NO/,
    ],
  ])('are refused for a table %s', async (_, code, given, text) => {
    await expect(
      (async () => godata.mapPeople(mappingOf(given))({ data: { entities: [] } }))(),
    ).rejects.toMatchObject({
      code: 'BAD_MAPPING',
      details: { problems: [{ code, message: expect.stringMatching(text) }] },
    });
  });
});
