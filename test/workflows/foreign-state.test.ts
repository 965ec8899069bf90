import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { editProject } from '../support/project.js';
import { startTwoWay, type TwoWay, type TwoWayOptions } from '../support/two-way.js';
import { createModel, FIELDS } from './support/people-model.js';

const SURNAME = FIELDS[0]!;
const worlds: TwoWay[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map(world => world.close()));
});

async function start(options: TwoWayOptions = {}) {
  const world = await startTwoWay(options);
  worlds.push(world);
  return { world, model: createModel(world) };
}

/** Runs a workflow on the command line, with one file for its state. */
async function run(
  { credentials }: TwoWay,
  file: string,
  { workflow = 'two-way', project = '', more = [] as string[] } = {},
) {
  return runCommand([
    'run',
    workflow,
    ...['--credentials', temporaryJson('credentials.json', credentials)],
    ...['--state', file, '--output', file],
    ...(project === '' ? [] : ['--project', project]),
    ...more,
  ]);
}

const readState = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

/** What keeps a run from writing with a state that is not its own. */
async function expectRefused(
  world: TwoWay,
  file: string,
  text: RegExp,
  options: Parameters<typeof run>[2] = {},
) {
  const before = readFileSync(file, 'utf8');
  world.writes();
  const { status, stderr } = await run(world, file, options);
  expect(stderr).toMatch(/FOREIGN_STATE/);
  expect(stderr).toMatch(text);
  expect(status).toBe(2);
  expect(world.writes()).toBe(0);
  expect(readState(file).cursor).toEqual(JSON.parse(before).cursor);
}

describe.each(['2.42', '2.44'])('a state made with a DHIS2 %s', dhis2 => {
  it('is bound to both servers, the outbreak and the programs, and goes on with them', async () => {
    const { world, model } = await start({ dhis2 });
    model.addToDhis2('case', 0);
    model.addToGoData('contact', 1);
    const file = temporaryJson('state.json', {});
    expect((await run(world, file)).status).toBe(0);
    const { cursor, workflow } = readState(file);
    const isTold = dhis2 === '2.42';
    expect(workflow).toBe('two-way');
    for (const { boundTo } of [cursor, cursor.people]) {
      expect(Object.keys(boundTo.dhis2)).toEqual([isTold ? 'systemId' : 'roots']);
      expect(Object.keys(boundTo.outbreaks)).toEqual(['outbreak-1']);
      expect(boundTo.programs).toMatchObject({ case: 'uYjxkTbwRNf' });
    }
    world.writes();
    expect((await run(world, file)).status).toBe(0);
    expect(world.writes()).toBe(0);
  });

  it('is refused by another DHIS2', async () => {
    const one = await start({ dhis2 });
    one.model.addToDhis2('case', 0);
    const file = temporaryJson('state.json', {});
    await run(one.world, file);
    const two = await start({ dhis2, systemId: 'another' });
    two.model.addToDhis2('case', 0);
    // The same org units, which were created on another day there.
    const text =
      dhis2 === '2.42'
        ? /DHIS2 \S+, and this is another/
        : /top org units are (\w{11}), created 2019-\S+, and here they are \1, created 2020-/;
    await expectRefused(two.world, file, text);
    await expectRefused(two.world, file, text, { more: ['--dry-run'] });
  });
});

describe('a state', () => {
  it.each(['tracked-entities-to-cases', 'cases-to-tracked-entities'])(
    'of %s is refused when Go.Data was restored, or has another outbreak of the name',
    async workflow => {
      const { world, model } = await start();
      model.addToDhis2('case', 0);
      model.addToGoData('case', 1);
      const file = temporaryJson('state.json', {});
      await run(world, file, { workflow });
      const [outbreak] = world.goData.store.outbreaks.list();
      Object.assign(outbreak!, { createdAt: '2020-02-02T00:00:00.000Z' });
      const refused = /outbreak outbreak-1 was created \S+ then, and 2020-02-02T00:00:00.000Z now/;
      await expectRefused(world, file, refused, { workflow });
    },
  );

  it('is refused when the job names another outbreak or another program', async () => {
    const { world, model } = await start();
    model.addToDhis2('case', 0);
    const file = temporaryJson('state.json', {});
    const workflow = 'tracked-entities-to-cases';
    await run(world, file, { workflow });
    const cholera = editProject(
      {
        'upsert-cases.js': source =>
          source.replace("'COVID-19'", "'Cholera'").replace('create: false', 'create: true'),
      },
      workflow,
    );
    await expectRefused(world, file, /made with the outbreak outbreak-1/, {
      workflow,
      project: cholera.folder,
    });
    cholera.remove();
    const contacts = editProject(
      { 'fetch-tracked-entities.js': source => source.replace("'uYjxkTbwRNf'", "'DM9n1bUw8W8'") },
      workflow,
    );
    await expectRefused(world, file, /program of the cases was uYjxkTbwRNf, and now it is DM9/, {
      workflow,
      project: contacts.folder,
    });
    contacts.remove();
  });

  it('is refused by another workflow', async () => {
    const { world } = await start();
    const file = temporaryJson('state.json', { workflow: 'org-units-to-locations' });
    await expectRefused(world, file, /belongs to the workflow org-units-to-locations/);
  });

  it('of an earlier version, which is not bound, is accepted once and bound', async () => {
    const { world, model } = await start();
    model.addToDhis2('case', 0);
    const file = temporaryJson('state.json', {});
    await run(world, file);
    const { workflow: _workflow, ...state } = readState(file);
    delete state.cursor.boundTo;
    delete state.cursor.people.boundTo;
    writeFileSync(file, JSON.stringify(state));
    world.writes();
    expect((await run(world, file)).status).toBe(0);
    expect(world.writes()).toBe(0);
    expect(readState(file).cursor.boundTo.dhis2).toHaveProperty('systemId');
  });

  it('with a binding that somebody broke by hand is refused, and says where', async () => {
    const { world } = await start();
    const file = temporaryJson('state.json', { cursor: { boundTo: { outbreaks: 'all' } } });
    const { status, stderr } = await run(world, file);
    expect(stderr).toMatch(/cursor\.boundTo\.outbreaks .*BAD_CURSOR/);
    expect(status).toBe(2);
  });
});

describe('a mapping that was corrected', () => {
  const workflow = 'tracked-entities-to-cases';
  const edited = (edit: (source: string) => string) =>
    editProject({ 'map-people.js': edit }, 'people');
  const corrected = (source: string) =>
    source.replace(
      "row('lastName', attribute('ENRjVGxVL6l')),",
      "row('lastName', attribute('ENRjVGxVL6l')), row('riskReason', attribute('ENRjVGxVL6l'), { direction: 'to-godata' }),",
    );

  it('is applied to everybody by the next run, whatever its state says', async () => {
    const { world, model } = await start();
    for (const n of [0, 1, 2]) {
      model.editDhis2(model.addToDhis2('case', n), SURNAME, `Name ${n}`);
    }
    const file = temporaryJson('state.json', {});
    await run(world, file, { workflow });
    const project = edited(corrected);
    const options = { workflow, project: project.folder };
    const dry = await run(world, file, { ...options, more: ['--dry-run'] });
    expect(dry.stdout).toMatch(/jobs are not those that the state was made with/);
    expect(dry.stdout).toMatch(/3 would be updated/);
    const real = await run(world, file, options);
    expect(real.stdout).toMatch(/3 updated/);
    expect(model.records().map(({ riskReason }) => riskReason)).toContain('Name 2');
    const last = await run(world, file, options);
    expect(last.stdout).not.toMatch(/read again/);
    expect(last.stdout).toMatch(/fetch-tracked-entities: 0 read/);
    project.remove();
  });

  it('is not another one for a comment or for blanks', async () => {
    const { world, model } = await start();
    model.addToDhis2('case', 0);
    const file = temporaryJson('state.json', {});
    await run(world, file, { workflow });
    const project = edited(source => `// Checked.\n\n${source}`);
    const { status, stdout } = await run(world, file, { workflow, project: project.folder });
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/read again/);
    expect(stdout).toMatch(/fetch-tracked-entities: 0 read/);
    project.remove();
  });

  it('is applied even if the run that noticed it was stopped by an error', async () => {
    const { world, model } = await start();
    model.editDhis2(model.addToDhis2('case', 0), SURNAME, 'Name');
    const file = temporaryJson('state.json', {});
    await run(world, file, { workflow });
    const project = edited(corrected);
    const options = { workflow, project: project.folder };
    world.goData.faults.add({ kind: 'status', status: 500, route: '/api/users/login' });
    expect((await run(world, file, options)).status).toBe(1);
    world.goData.faults.clear();
    const { stdout } = await run(world, file, options);
    expect(stdout).toMatch(/1 updated/);
    project.remove();
  });
});
