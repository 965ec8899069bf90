import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { demoMetadata, startDhis2 } from '#sandbox/dhis2/index.js';
import { joinServers } from '../support/both-servers.js';
import { runCommand, temporaryJson } from '../support/command.js';
import { aUnit } from '../support/places.js';
import { editProject } from '../support/project.js';
import { PLACES, startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel } from './support/people-model.js';

const worlds: TwoWay[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map(world => world.close()));
});

/**
 * The project's own servers, and the DHIS2 of another country: the address in the credential was
 * mistyped.
 */
async function start() {
  const own = await startTwoWay();
  const other = await startTwoWay({ country: 7, people: 12, systemId: 'other-system' });
  worlds.push(own, other);
  const run = (
    workflow: string,
    dhis2: Pick<TwoWay, 'credentials'>,
    { state = temporaryJson('state.json', {}), more = [] as string[] } = {},
  ) =>
    runCommand([
      ...['run', workflow, '--state', state, '--output', state],
      '--credentials',
      temporaryJson('credentials.json', {
        godata: own.credentials.godata,
        dhis2: dhis2.credentials.dhis2,
      }),
      ...more,
    ]);
  const writes = () => own.writes() + other.writes();
  return { own, other, run, writes };
}

const marked = ({ goData }: TwoWay) =>
  goData.store.locations.list().filter(({ active }) => active !== false).length;

describe('another DHIS2 than the one that the locations come from', () => {
  it('is refused by the state, and without one by what Go.Data has', async () => {
    const { own, other, run, writes } = await start();
    const workflow = 'org-units-to-locations';
    const state = temporaryJson('state.json', {});
    expect((await run(workflow, own, { state })).status).toBe(0);
    const before = marked(own);
    writes();
    for (const more of [[], ['--dry-run'], ['--allow-large-change']]) {
      const refused = await run(workflow, other, { state, more });
      expect(refused.stderr).toMatch(/it was made with the DHIS2 .*, and this is other-system/);
      expect(refused.stderr).toMatch(/FOREIGN_STATE/);
      expect(refused.status).toBe(2);
    }
    const dry = await run(workflow, other, { more: ['--dry-run'] });
    expect(dry.stdout.replaceAll('\n', ' ')).toMatch(
      /A run would stop before it writes: it would deactivate (\d+) of \1 locations \(100 %\)/,
    );
    const stopped = await run(workflow, other);
    expect(stopped.stderr).toMatch(/would deactivate (\d+) of \1 locations \(100 %\)/);
    expect(stopped.status).toBe(2);
    expect(writes()).toBe(0);
    expect(marked(own)).toBe(before);
    expect((await run(workflow, own, { state })).status).toBe(0);
    expect(writes()).toBe(0);
    const allowed = await run(workflow, other, { more: ['--allow-large-change'] });
    expect(allowed.status).toBe(0);
    expect(writes()).toBeGreaterThan(0);
  });
});

describe('another DHIS2, which lacks what the jobs name,', () => {
  const foreign = /it was made with the DHIS2 .*, and this is other-system.*FOREIGN_STATE/s;

  /** Runs a workflow, and again with its state and a DHIS2 that has neither programs nor org units of ours. */
  async function expectForeign(workflow: string, more: string[] = []) {
    const { own, run, writes } = await start();
    const seed = demoMetadata([aUnit('ElsewhereOu', 'Elsewhere')]);
    const systemInfo = { ...seed.systemInfo, systemId: 'other-system' };
    const other = await startDhis2({ seed: { ...seed, systemInfo } });
    onTestFinished(() => other.close());
    const state = temporaryJson('state.json', {});
    const first = await run(workflow, own, { state, more });
    expect(first.status, first.stderr).toBe(0);
    createModel(own).addToGoData('case', 0);
    writes();
    const { status, stderr } = await run(
      workflow,
      joinServers(own.goData, other, own.credentials.godata),
      {
        state,
        more,
      },
    );
    expect(stderr).toMatch(foreign);
    expect(status).toBe(2);
    expect(writes()).toBe(0);
  }

  it('is refused as such, and not for an org unit', async () => {
    const project = editProject(
      { 'fetch-org-units.js': source => source.replace('roots = []', `roots = ['${PLACES[0]}']`) },
      'org-units-to-locations',
    );
    onTestFinished(project.remove);
    await expectForeign('org-units-to-locations', ['--project', project.folder]);
  });

  it.each(['tracked-entities-to-cases', 'cases-to-tracked-entities'])(
    'is refused as such, and not for a program (%s)',
    workflow => expectForeign(workflow),
  );
});

describe('another DHIS2 than the one that the people come from', () => {
  it.each(['tracked-entities-to-cases', 'two-way'])(
    'mixes nobody into the outbreak, with a state or without (%s)',
    async workflow => {
      const { own, other, run, writes } = await start();
      const model = createModel(own);
      for (let n = 0; n < 12; n += 1) model.addToDhis2('case', n);
      const state = temporaryJson('state.json', {});
      expect((await run(workflow, own, { state })).status).toBe(0);
      const before = model.records().length;
      writes();
      const refused = await run(workflow, other, { state });
      expect(refused.stderr).toMatch(/FOREIGN_STATE/);
      expect(refused.status).toBe(2);
      expect(writes()).toBe(0);
      const anew = await run(workflow, other);
      expect(anew.stdout).toMatch(/12 rejected/);
      expect(anew.stdout).toMatch(/UNKNOWN_LOCATION Go\.Data has no location for the org unit/);
      expect(anew.status).toBe(3);
      expect(model.records()).toHaveLength(before);
    },
  );
});

describe('another DHIS2 than the one to which people or values go', () => {
  it('gets nobody', async () => {
    const { own, other, run, writes } = await start();
    const model = createModel(own);
    for (let n = 0; n < 12; n += 1) model.addToGoData('case', n);
    writes();
    const { status, stdout } = await run('cases-to-tracked-entities', other);
    expect(stdout).toMatch(/12 rejected/);
    expect(stdout).toMatch(/UNKNOWN_ORG_UNIT/);
    expect(status).toBe(3);
    expect(writes()).toBe(0);
  });

  it('gets no value', async () => {
    const { own, other, run, writes } = await start();
    const model = createModel(own);
    for (let n = 0; n < 12; n += 1) model.addToGoData('case', n);
    const project = editProject({
      'fetch-cases.js': source => source.replace('Demonstration outbreak', 'COVID-19'),
    });
    onTestFinished(project.remove);
    writes();
    const more = ['--project', project.folder];
    const { status, stderr } = await run('cases-to-data-values', other, { more });
    expect(stderr).toMatch(/LOW_COVERAGE/);
    expect(status).toBe(2);
    expect(writes()).toBe(0);
  });
});
