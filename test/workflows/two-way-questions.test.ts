import { afterEach, describe, expect, it } from 'vitest';
import { answers, codes } from '#common/people-mapping/index.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import { type Measles, NOTIFICATION, PERSON_ROWS, startMeasles } from '../support/measles.js';

// Questions of a country's own form: several choices, a number, a day, and one that is asked again
// on each visit. DHIS2 has one text for each.

const HOUSEHOLD = 'RgDeTaille0';
const SYMPTOMS = 'RgDeSympto0';
const SCHOOL = 'RgDeEcole00';
const LAST_DOSE = 'RgDeDerDose';

const mapping = {
  case: {
    program: 'RgPrgCas000',
    rows: [
      ...PERSON_ROWS,
      answers(NOTIFICATION, {
        taille_menage: HOUSEHOLD,
        symptomes: SYMPTOMS,
        ecole: SCHOOL,
        date_derniere_dose: LAST_DOSE,
      }),
      answers(
        NOTIFICATION,
        { doses_var: 'RgDeDoses00' },
        { codes: { doses_var: codes({ '0': '0', '1': '1', '2P': '2p', INC: 'inconnu' }) } },
      ),
    ],
  },
} as PeopleMapping;

const elements = [
  { id: HOUSEHOLD, valueType: 'TEXT' },
  { id: SYMPTOMS, valueType: 'MULTI_TEXT', options: ['fievre', 'toux', 'vomissements'] },
  { id: SCHOOL, valueType: 'TEXT' },
  { id: LAST_DOSE, valueType: 'TEXT' },
];
const change = (outbreak: Record<string, unknown>) => {
  const questions = outbreak.caseInvestigationTemplate as Record<string, unknown>[];
  questions.find(({ variable }) => variable === 'ecole')!.multiAnswer = true;
};

let world: Measles;
afterEach(() => world.close());

const ANN = 'Person001';
const answersNow = async () => (await world.inGoData(ANN)).questionnaireAnswers;

/** A person whom somebody has entered in DHIS2, and a first run. */
async function start(values: Record<string, string>) {
  world = await startMeasles(mapping, { elements, change });
  await world.enter(ANN, values);
  return world.run('godata');
}

/** Somebody answers in Go.Data, and leaves the other answers as they are. */
async function answer(more: Record<string, unknown>) {
  const { questionnaireAnswers } = await world.inGoData(ANN);
  await world.editGoData(ANN, {
    questionnaireAnswers: { ...(questionnaireAnswers as object), ...more },
  });
}

async function cycle() {
  await world.run('godata');
  await world.run('dhis2');
}

describe("answers to a country's own questions", () => {
  it('have the form in which Go.Data shows them, and are the same again in a run without a state', async () => {
    await start({ [HOUSEHOLD]: '5.0', [SYMPTOMS]: 'toux', [LAST_DOSE]: '2026-03-01' });
    expect(await answersNow()).toEqual({
      taille_menage: [{ value: 5 }],
      symptomes: [{ value: ['toux'] }],
      date_derniere_dose: [{ value: '2026-03-01T00:00:00.000Z' }],
      doses_var: [{ value: '0' }],
    });
    await world.editDhis2(ANN, { [SYMPTOMS]: 'fievre,toux' });
    await world.run('godata');
    expect(await answersNow()).toMatchObject({ symptomes: [{ value: ['fievre', 'toux'] }] });
    world.forget();
    expect(await world.run('godata')).toMatchObject({ updated: 0, unchanged: 1 });
  });

  it('that were given in Go.Data stay as they were entered, whatever changes in DHIS2 afterwards', async () => {
    await start({ [SCHOOL]: 'A' });
    await cycle();
    const given = {
      taille_menage: [{ value: 6 }],
      symptomes: [{ value: ['toux'] }],
      ecole: [
        { date: '2026-08-25T00:00:00.000Z', value: 'B' },
        { date: '2026-08-20T00:00:00.000Z', value: 'A' },
      ],
    };
    await answer(given);
    await cycle();
    expect(world.inDhis2(ANN)).toMatchObject({
      [HOUSEHOLD]: '6',
      [SYMPTOMS]: 'toux',
      [SCHOOL]: 'B',
    });
    // DHIS2 has changed, by the run itself, and by a user.
    await cycle();
    await world.editDhis2(ANN, { RgDeDoses00: '1' });
    await cycle();
    expect(await answersNow()).toEqual({ ...given, doses_var: [{ value: '1' }] });
  });

  it('of a question that is asked again: DHIS2 changes or clears the last one, and the earlier ones stay', async () => {
    await start({ [SCHOOL]: 'A' });
    const earlier = { date: '2026-08-20T00:00:00.000Z', value: 'A' };
    await answer({ ecole: [{ date: '2026-08-25T00:00:00.000Z', value: 'B' }, earlier] });
    await cycle();
    await world.editDhis2(ANN, { [SCHOOL]: 'C' });
    await cycle();
    const last = { date: '2026-08-25T00:00:00.000Z' };
    expect(await answersNow()).toMatchObject({ ecole: [{ ...last, value: 'C' }, earlier] });
    await world.editDhis2(ANN, { [SCHOOL]: null });
    await cycle();
    await cycle();
    expect(await answersNow()).toMatchObject({ ecole: [{ ...last, value: null }, earlier] });
    expect(world.inDhis2(ANN)[SCHOOL]).toBeUndefined();
  });

  it('that are times are the same in both systems, although Go.Data makes instants of them', async () => {
    const time = '2026-03-01T10:30:00';
    await start({ [LAST_DOSE]: time });
    expect(await answersNow()).toMatchObject({
      date_derniere_dose: [{ value: '2026-03-01T10:30:00.000Z' }],
    });
    // One way only: a change in DHIS2 is no conflict with a change that nobody made.
    await world.editDhis2(ANN, { RgDeDoses00: '1' });
    const report = await world.run('godata');
    expect(report).toMatchObject({ updated: 1 });
    expect(report.rejected).toBeUndefined();
    world.forget();
    expect(await world.run('godata')).toMatchObject({ updated: 0 });
    expect(await world.run('dhis2')).toMatchObject({ updated: 0 });
    expect(world.inDhis2(ANN)).toMatchObject({ [LAST_DOSE]: time });
  });

  it('that the question does not offer stay in both systems, and a warning names the question', async () => {
    const { warnings } = await start({ [SYMPTOMS]: 'fievre,vomissements' });
    expect(warnings).toEqual([
      'questionnaireAnswers.symptomes: 1 person has an answer that the question does not offer, and Go.Data does not show it. It offers fievre, toux, coryza, conjonctivite: give the row a table of codes.',
    ]);
    await answer({ ecole: [{ value: 'A' }] });
    await cycle();
    expect(world.inDhis2(ANN)).toMatchObject({ [SYMPTOMS]: 'fievre,vomissements', [SCHOOL]: 'A' });
  });

  it('that are no number where one is asked for are omitted and reported, and the person is written', async () => {
    const report = await start({ [HOUSEHOLD]: 'beaucoup', [SCHOOL]: 'A' });
    expect(report).toMatchObject({ created: 1 });
    expect(report.adjusted?.map(({ id, code, message }) => [id, code, message])).toEqual([
      [
        `Te${ANN}`,
        'INVALID_NUMBER',
        'questionnaireAnswers.taille_menage: not a number. The field was omitted. Correct it in DHIS2.',
      ],
    ]);
    expect(await answersNow()).toEqual({ ecole: [{ value: 'A' }], doses_var: [{ value: '0' }] });
    await cycle();
    expect(world.inDhis2(ANN)).toMatchObject({ [HOUSEHOLD]: 'beaucoup' });
    // Nobody has answered the question in Go.Data, so nobody has cleared it.
    await answer({ ecole: [{ value: 'B' }] });
    await cycle();
    expect(world.inDhis2(ANN)).toMatchObject({ [HOUSEHOLD]: 'beaucoup', [SCHOOL]: 'B' });
    // A number that somebody removes is removed in both.
    await world.editDhis2(ANN, { [HOUSEHOLD]: '7' });
    await cycle();
    expect(await answersNow()).toMatchObject({ taille_menage: [{ value: 7 }] });
    await answer({ taille_menage: [] });
    await cycle();
    expect(world.inDhis2(ANN)[HOUSEHOLD]).toBeUndefined();
  });
});
