import { afterEach, expect, it } from 'vitest';
import { codes, tableToWrite } from '#common/people-mapping/codes.js';
import { answer, tally } from '#godata/Adaptor.js';
import { diffFields } from '#godata/people/upsert/plan/diff-person.js';
import { checkWorkflow } from '#runtime/project/check-workflow.js';
import { runOperations } from '../support/operations.js';
import { ACRE, aCase } from '../support/outbreak.js';
import { startTwoWay } from '../support/two-way.js';
import { startServers, valuesInWords } from '../support/workflow.js';
import { createModel, FIELDS } from './support/people-model.js';

/** Names that every object of JavaScript has. */
const KEYS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
/** Those that survive a server that is written in JavaScript, as Go.Data and the sandbox are. */
const STORED = KEYS.filter(key => key !== '__proto__');
/** An object with such keys of its own, as a parser of JSON makes it. */
const withKeys = <T>(value: T): Record<string, T> =>
  Object.fromEntries(KEYS.map(key => [key, value]));

let open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.map(one => one.close()));
  open = [];
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
});

it.each(KEYS)('a location with the id %s is counted like any other', async id => {
  const servers = await startServers({ people: [aCase({ location: id }), aCase()] });
  open.push(servers);
  const acre = servers.goData.store.locations.list().find(({ name }) => name === 'Acre')!;
  servers.goData.store.locations.put({ ...acre, id, name: id });
  const { report } = await runOperations(servers);
  expect(report['fetch-cases']).toMatchObject({ read: 2, counted: 2 });
  expect(Object.values(valuesInWords(servers.dhis2))).toEqual(['2']);
});

it.each(KEYS)(
  '%s as a code, a condition or a location of a mapping of counts is found there only',
  async key => {
    const named = { classification: key, sex: key as 'FEMALE', location: key };
    const people = [
      aCase(named),
      aCase({ ...named, classification: 'CONFIRMED' }),
      aCase({ ...named, sex: 'MALE' }),
      aCase({ ...named, location: ACRE }),
    ];
    const servers = await startServers({ people });
    open.push(servers);
    const acre = servers.goData.store.locations.get(ACRE)!;
    servers.goData.store.locations.put({ ...acre, id: key, name: key, identifiers: [] });
    const only = <T>(value: T): Record<string, T> => Object.fromEntries([[key, value]]);
    const { report } = await runOperations(servers, {
      mapping: {
        minCoverage: 0,
        orgUnits: { by: ['table'], table: only('CODE_BREN') },
        dataValues: [
          {
            dataElement: 'OUTBREAK_CASES_CONFIRMED',
            where: { classification: key },
            categoryOptions: { sex: only('SEX_FEMALE'), age: { '*': 'AGE_UNKNOWN' } },
          },
        ],
      },
    });
    expect(valuesInWords(servers.dhis2)).toEqual({
      'Bren 2026W10 OUTBREAK_CASES_CONFIRMED AGE_UNKNOWN+SEX_FEMALE': '1',
    });
    const left = report.aggregate!.leftOut!.map(({ reason, count }) => [reason, count]);
    expect(left.sort()).toEqual([
      ['unmapped-code', 1],
      ['unmapped-code', 1],
      ['unmapped-location', 1],
    ]);
  },
);

it.each(STORED)('a question with the variable %s is a dimension like any other', async variable => {
  const answered = { ...aCase(), questionnaireAnswers: withKeys([{ value: 'YES' }]) };
  const servers = await startServers({ people: [answered, aCase()] });
  open.push(servers);
  const { data } = await tally('cases', {
    outbreak: { name: 'Demonstration outbreak' },
    periodType: 'Weekly',
    dimensions: { told: answer(variable) },
  })({ configuration: servers.credentials.godata, today: '2026-04-01' });
  expect(JSON.stringify(data)).toContain('"YES"');
  expect(JSON.stringify(data)).not.toMatch(/function|native/);
});

it('answers whose variables have such names stay when other answers change', async () => {
  const world = await startTwoWay();
  open.push(world);
  const model = createModel(world);
  const id = model.addToGoData('case', 0);
  const fever = FIELDS.find(({ name }) => name === 'questionnaireAnswers')!;
  const given = { ...withKeys([{ value: 'kept' }]), signsymp_fever: [{ value: 'YES' }] };
  world.goData.store.people.update(id, { questionnaireAnswers: given });
  await world.cycle();
  const [entity] = model.entities();
  model.editDhis2(entity!.trackedEntity, fever, 'NO');
  await world.cycle();
  const stored = world.goData.store.people.get(id)!.questionnaireAnswers as object;
  expect(model.readGoData(id, fever)).toBe('NO');
  for (const key of STORED) {
    expect(Object.getOwnPropertyDescriptor(stored, key)?.value, key).toEqual([{ value: 'kept' }]);
  }
  world.writes();
  await world.cycle();
  expect(world.writes()).toBe(0);
});

it('answers with such variables are compared and merged, each under its own name', () => {
  const stored = { questionnaireAnswers: withKeys([{ value: 'kept' }]) };
  const context = { vaccines: new Set<string>() };
  expect(diffFields(stored, { questionnaireAnswers: {} }, context)).toEqual({});
  const { questionnaireAnswers: merged } = diffFields(
    stored,
    { questionnaireAnswers: { new: [{ value: 1 }] } },
    context,
  ) as { questionnaireAnswers: object };
  expect(Object.keys(merged)).toEqual([...KEYS, 'new']);
  for (const key of KEYS) {
    expect(diffFields({}, Object.fromEntries([[key, 'x']]), context)).toEqual(
      Object.fromEntries([[key, 'x']]),
    );
    expect(answer(key).code({ id: 'p', questionnaireAnswers: {} }, {} as never)).toBeUndefined();
  }
});

it('option codes with such names are read both ways, and are not found where they are not', () => {
  const named = codes('GENDER', Object.fromEntries(KEYS.map(key => [key, `ITEM_${key}`])));
  expect(Object.keys(named.ids)).toEqual(KEYS);
  expect(Object.keys(tableToWrite(named))).toEqual(KEYS);
  const others = codes('GENDER', { MALE: 'MALE' });
  for (const key of KEYS) expect(others.ids[key]).toBeUndefined();
});

it.each(KEYS)('a project that names a job, a trigger or a credential %s has to have it', name => {
  const job = { name: 'A', adaptor: '@openfn/language-godata@1.0.0', credential: name, body: '' };
  const edge = { source_job: name, target_job: name };
  const project = { workflows: { w: { name: 'W', jobs: { a: job }, edges: { e: edge } } } };
  const rules = checkWorkflow(project as never, 'w').map(({ rule }) => rule);
  expect(rules).toEqual(expect.arrayContaining(['unknown-credential', 'unknown-job']));
});
