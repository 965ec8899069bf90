import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { editProject } from '../support/project.js';
import { PLACES, startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel, FIELDS } from './support/people-model.js';

let world: TwoWay;
let model: ReturnType<typeof createModel>;
const projects: { remove(): void }[] = [];
afterEach(async () => {
  for (const project of projects.splice(0)) project.remove();
  await world?.close();
});

async function start(people: number): Promise<string[]> {
  world = await startTwoWay();
  model = createModel(world);
  return Array.from({ length: people }, (_, n) => model.addToDhis2('case', n));
}

async function run(workflow: string, file: string, project: string, ...more: string[]) {
  return runCommand([
    'run',
    workflow,
    ...['--credentials', temporaryJson('credentials.json', world.credentials)],
    ...['--state', file, '--output', file],
    ...['--project', project, ...more],
  ]);
}

function edited(workflow: string, job: string, edit: (source: string) => string): string {
  const project = editProject({ [job]: edit }, workflow);
  projects.push(project);
  return project.folder;
}

/** The run stops and writes nothing; a dry run says so; with the option it goes on. */
async function expectBrake(
  text: RegExp,
  runWith: (...more: string[]) => ReturnType<typeof run>,
): Promise<void> {
  world.writes();
  const dry = await runWith('--dry-run');
  expect(dry.status).toBe(0);
  expect(dry.stdout.replaceAll('\n', ' ')).toMatch(/A run would stop before it writes/);
  const stopped = await runWith();
  expect(stopped.stderr).toMatch(/LARGE_CHANGE/);
  expect(stopped.stderr).toMatch(text);
  expect(stopped.stderr).toMatch(/--allow-large-change/);
  expect(stopped.status).toBe(2);
  expect(world.writes()).toBe(0);
  const allowed = await runWith('--allow-large-change');
  expect(allowed.stderr).not.toMatch(/LARGE_CHANGE/);
  expect(allowed.status).toBe(0);
  expect(world.writes()).toBeGreaterThan(0);
}

describe('a run that would take away a large share', () => {
  it('of the people in Go.Data stops, and goes on with --allow-large-change only', async () => {
    const ids = await start(30);
    const workflow = 'tracked-entities-to-cases';
    const project = edited('people', 'map-people.js', source =>
      source.replace("inDhis2: 'leave'", "inDhis2: 'delete'"),
    );
    const file = temporaryJson('state.json', {});
    expect((await run(workflow, file, project)).status).toBe(0);
    for (const id of ids.slice(0, 12)) world.dhis2.store.tracker.delete('trackedEntities', id);
    await expectBrake(
      /delete or mark as deleted 12 of 30 people \(40 %\), more than 20 %/,
      (...more) => run(workflow, file, project, ...more),
    );
    expect(model.records()).toHaveLength(18);
    const left = JSON.parse(readFileSync(file, 'utf8'));
    expect(left).not.toHaveProperty('allowLargeChange');
    expect(left.data).not.toHaveProperty('allowLargeChange');
  });

  it('of the people in the change, but not of all, goes on', async () => {
    const ids = await start(100);
    const workflow = 'tracked-entities-to-cases';
    const project = edited('people', 'map-people.js', source =>
      source.replace("inDhis2: 'leave'", "inDhis2: 'delete'"),
    );
    const file = temporaryJson('state.json', {});
    await run(workflow, file, project);
    for (const id of ids.slice(0, 12)) world.dhis2.store.tracker.delete('trackedEntities', id);
    const { status } = await run(workflow, file, project);
    expect(status).toBe(0);
    expect(model.records()).toHaveLength(88);
  });

  it('of the values of people in Go.Data stops', async () => {
    const ids = await start(12);
    for (const id of ids) model.editDhis2(id, FIELDS[0]!, 'Amari');
    const workflow = 'tracked-entities-to-cases';
    const surname = "row('lastName', attribute('ENRjVGxVL6l')),";
    /** A mapping that fills the reason of the risk from an attribute. */
    const from = (attribute: string) =>
      edited('people', 'map-people.js', source =>
        source.replace(
          surname,
          `${surname} row('riskReason', attribute('${attribute}'), { direction: 'to-godata' }),`,
        ),
      );
    const file = temporaryJson('state.json', {});
    expect((await run(workflow, file, from('ENRjVGxVL6l'))).status).toBe(0);
    // Nobody has a telephone number.
    const empty = from('fctSQp5nAYl');
    await expectBrake(/clear values of 12 of 12 people/, (...more) =>
      run(workflow, file, empty, ...more),
    );
  });

  it('of the people in DHIS2 stops, also in the second half of a two-way run', async () => {
    await start(0);
    const ids = Array.from({ length: 20 }, (_, n) => model.addToGoData('case', n));
    const project = edited('people', 'map-people.js', source =>
      source.replace("inGoData: 'leave'", "inGoData: 'cancel'"),
    );
    const file = temporaryJson('state.json', {});
    expect((await run('two-way', file, project)).status).toBe(0);
    for (const id of ids.slice(0, 15)) world.goData.store.people.delete(id);
    await expectBrake(/delete or cancel 15 of 20 people \(75 %\)/, (...more) =>
      run('two-way', file, project, ...more),
    );
    expect(
      model
        .entities()
        .flatMap(({ trackedEntity }) => model.enrollmentsOf(trackedEntity))
        .filter(({ status }) => status === 'CANCELLED'),
    ).toHaveLength(15);
  });

  it('of the locations stops: another DHIS2 closes nothing', async () => {
    await start(0);
    const file = temporaryJson('state.json', {});
    const project = edited(
      'org-units-to-locations',
      'map-locations.js',
      source => `${source}\n// own\n`,
    );
    await run('org-units-to-locations', file, project);
    const elsewhere = edited('org-units-to-locations', 'map-locations.js', source =>
      source.replace('active: !orgUnit.closed', 'active: false'),
    );
    await expectBrake(/deactivate \d+ of \d+ locations/, (...more) =>
      run('org-units-to-locations', file, elsewhere, ...more),
    );
    expect(PLACES.map(id => world.goData.store.locations.get(id)?.active)).not.toContain(true);
  });

  it('of the org units stops', async () => {
    await start(0);
    const file = temporaryJson('state.json', {});
    const job = 'map-org-units.js';
    const owner = (source: string) => source.replace("owner: 'dhis2'", "owner: 'godata'");
    const project = edited('locations-to-org-units', job, source =>
      owner(source).replace('closed: !location.active', 'closed: true'),
    );
    await expectBrake(/close \d+ of \d+ org units/, (...more) =>
      run('locations-to-org-units', file, project, ...more),
    );
  });
});
