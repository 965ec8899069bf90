import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { editProject } from '../support/project.js';
import { PLACES, startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel } from './support/people-model.js';

let world: TwoWay;
afterEach(() => world.close());

async function start() {
  world = await startTwoWay();
  return createModel(world);
}

/** Runs a workflow with a file for its state; contacts are left out of the mapping. */
async function run(workflow: string, state: object = {}, ...more: string[]) {
  const project = editProject(
    {
      'map-people.js': source =>
        source
          .replace(/^ {2}(contact|relationship): .*\n/gm, '')
          .replace(/^ {2}followUps: \{.*?^ {2}\},\n/ms, ''),
    },
    'people',
  );
  onTestFinished(project.remove);
  const file = temporaryJson('state.json', state);
  const result = await runCommand([
    ...['run', workflow, '--project', project.folder, '--state', file, '--output', file],
    ...['--credentials', temporaryJson('credentials.json', world.credentials), ...more],
  ]);
  return { ...result, lines: result.stdout.split('\n'), state: () => readFileSync(file, 'utf8') };
}

const remove = (id: string) => world.goData.store.locations.delete(id);

describe('the first line of a run of people', () => {
  it('says how many reach Go.Data, and why the others do not', async () => {
    const model = await start();
    for (const place of [0, 1, 2]) model.addToDhis2('case', place);
    for (const place of [0, 1]) model.addToDhis2('contact', place);
    remove(PLACES[2]!);
    const line =
      '2 of 3 people (66 %) reach Go.Data; 1 rejected: UNKNOWN_LOCATION (1); 2 left out on purpose: left-out-by-mapping (2)';
    const dry = await run('tracked-entities-to-cases', {}, '--dry-run');
    expect(dry.lines[0]).toBe(line);
    const { status, lines, stdout, state } = await run('tracked-entities-to-cases');
    expect(status).toBe(3);
    expect(lines[0]).toBe(line);
    expect(stdout).toContain(`Summary\n  ${line}\n  fetch-tracked-entities: `);
    expect(JSON.parse(state()).report['upsert-cases'].coverage).toEqual({
      things: 'people',
      verb: 'reach Go.Data',
      reached: 2,
      expected: 3,
      rejected: [{ reason: 'UNKNOWN_LOCATION', subject: '', count: 1 }],
      omitted: [],
      onPurpose: [{ reason: 'left-out-by-mapping', subject: '', count: 2 }],
    });
    const again = await run('tracked-entities-to-cases', JSON.parse(state()));
    expect(again.lines[0]).toContain('0 of 1 people (0 %) reach Go.Data; 1 rejected: ');
  });

  it('says how many reach DHIS2, and counts those that are equal', async () => {
    const model = await start();
    const first = [0, 1].map(place => model.addToGoData('case', place));
    expect((await run('cases-to-tracked-entities')).lines[0]).toBe(
      '2 of 2 people (100 %) reach DHIS2',
    );
    const { addresses } = world.goData.store.people.get(first[0]!)!;
    const id = model.addToGoData('case', 2);
    const [address] = addresses as object[];
    world.goData.store.people.update(id, {
      addresses: [{ ...address, locationId: 'location-1' }],
    });
    model.addToGoData('contact', 1);
    const { status, lines } = await run('cases-to-tracked-entities');
    expect(status).toBe(3);
    expect(lines[0]).toMatch(
      /^2 of 3 people \(66 %\) reach DHIS2; 1 rejected: UNKNOWN_ORG_UNIT \(1\); 1 left out on purpose: left-out-by-mapping \(1\)$/,
    );
  });

  it('is that of all runs that drain a source: somebody rejected again counts once', async () => {
    const model = await start();
    for (const place of [0, 1, 2]) model.addToDhis2('case', place);
    remove(PLACES[1]!);
    const { status, stdout } = await run('tracked-entities-to-cases', { batchSize: 2 }, '--drain');
    expect(status, stdout).toBe(3);
    expect(stdout).toContain(
      'Summary\n  2 of 3 people (66 %) reach Go.Data; 1 rejected: UNKNOWN_LOCATION (1)\n',
    );
  });

  it('is one line for each way of two-way', async () => {
    const model = await start();
    model.addToDhis2('case', 0);
    model.addToGoData('case', 1);
    const { status, stdout } = await run('two-way');
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch(
      /^Summary\n {2}1 of 1 people \(100 %\) reach Go\.Data\n {2}(\d) of \1 people \(100 %\) reach DHIS2\n/m,
    );
  });

  it('is none where nobody has changed', async () => {
    await start();
    const { status, stdout } = await run('two-way');
    expect(status).toBe(0);
    expect(stdout).not.toContain(' people');
  });
});
