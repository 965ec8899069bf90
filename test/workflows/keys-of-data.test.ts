import { afterEach, expect, it } from 'vitest';
import { codes, tableToWrite } from '#common/people-mapping/codes.js';
import { answer } from '#godata/Adaptor.js';
import { checkWorkflow } from '#runtime/project/check-workflow.js';
import { runOperations } from '../support/operations.js';
import { aCase } from '../support/outbreak.js';
import { startTwoWay } from '../support/two-way.js';
import { startServers, valuesInWords } from '../support/workflow.js';
import { createModel, FIELDS } from './support/people-model.js';

/** Names that every object of JavaScript has. */
const KEYS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
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

it.each(KEYS)('a question with the variable %s is a dimension like any other', async variable => {
  const answered = { ...aCase(), questionnaireAnswers: withKeys([{ value: 'YES' }]) };
  const servers = await startServers({ people: [answered, aCase()] });
  open.push(servers);
  const { report } = await runOperations(servers, {
    tally: { dimensions: { told: answer(variable) } },
    mapping: {
      minCoverage: 0,
      dataValues: [{ dataElement: 'OUTBREAK_CASES_CONFIRMED', where: { told: 'YES' } }],
    },
  });
  expect(report.aggregate).toMatchObject({ counted: 1 });
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
  for (const key of KEYS) {
    expect(Object.getOwnPropertyDescriptor(stored, key)?.value).toEqual([{ value: 'kept' }]);
  }
  world.writes();
  await world.cycle();
  expect(world.writes()).toBe(0);
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
