import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { runOnPlatform } from '../support/platform.js';
import { editProject } from '../support/project.js';
import { startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel, FIELDS } from './support/people-model.js';

const WORKFLOW = 'cases-to-tracked-entities';
const TOMORROW = '2099-01-05T00:00:00.000Z';

let world: TwoWay;
let model: ReturnType<typeof createModel>;
const projects: { remove(): void }[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const project of projects.splice(0)) project.remove();
  await world?.close();
});

/** People in Go.Data, of whom DHIS2 refuses some: their day of reporting is in the future. */
async function start(good: number, bad: number): Promise<string[]> {
  world = await startTwoWay();
  model = createModel(world);
  const ids = Array.from({ length: good + bad }, (_, n) => model.addToGoData('case', n));
  for (const id of ids.slice(good))
    world.goData.store.people.update(id, { dateOfReporting: TOMORROW });
  return ids.slice(good);
}

/** The project with an option of the writing step. */
function withOption(onRejected: string): string {
  const edit = (source: string) =>
    source.replace(
      'upsertTrackedEntities({',
      `upsertTrackedEntities({\n  onRejected: ${onRejected},`,
    );
  const project = editProject({ 'upsert-tracked-entities.js': edit }, WORKFLOW);
  projects.push(project);
  return project.folder;
}

async function run(onRejected: string, ...more: string[]) {
  const workflow = more[0] === 'two-way' ? more.shift()! : WORKFLOW;
  const project = withOption(onRejected);
  const file = temporaryJson('state.json', {});
  const credentials = temporaryJson('credentials.json', world.credentials);
  const command = ['run', workflow, '--credentials', credentials];
  const again = () =>
    runCommand([...command, '--state', file, '--output', file, '--project', project, ...more]);
  const read = (name: string) => {
    const runs = path.join(project, 'state/.local/runs', workflow);
    return readFileSync(path.join(runs, readdirSync(runs).sort().at(-1)!, name), 'utf8');
  };
  const state = () => JSON.parse(readFileSync(file, 'utf8'));
  return { ...(await again()), again, read, state };
}

describe('rejected records', () => {
  it('are shown once by the command, which ends with 3', async () => {
    const [bad] = await start(1, 1);
    const { status, stdout, stderr, state } = await run("'report'");
    expect(status).toBe(3);
    expect(`${stdout}${stderr}`.split(`rejected case ${bad}`)).toHaveLength(2);
    expect(`${stdout}${stderr}`).not.toMatch(/report: /);
    expect(state().cursor.people.retry).toEqual([bad]);
  });

  it('fail the step after everything else is written, and the cursor stays', async () => {
    const [bad] = await start(2, 1);
    const { status, stdout, stderr, again, read, state } = await run("'fail'");
    expect(status).toBe(3);
    expect(stderr).toMatch(/1 of 3 records were rejected\. All others were written\. \(REJECTED\)/);
    expect(stdout).toContain(`rejected case ${bad}: E1020`);
    expect(model.entities()).toHaveLength(2);
    expect(state().cursor).toBeUndefined();
    const { report, errors, changes } = JSON.parse(read('report.json'));
    expect(report['upsert-tracked-entities']).toMatchObject({ created: 4, rejectedCount: 1 });
    expect(errors).toMatchObject([{ code: 'REJECTED', details: { rejected: 1, total: 3 } }]);
    expect(errors[0].details.report).toBeUndefined();
    expect(changes.total).toBeGreaterThan(0);
    expect(read('changes.csv')).not.toBe('');
    world.goData.store.people.update(bad!, { dateOfReporting: '2026-11-01T00:00:00.000Z' });
    expect(await again()).toMatchObject({ status: 0 });
    expect(model.entities()).toHaveLength(3);
    expect(state().cursor.people).toBeDefined();
  });

  it('stop a drain at the run that fails', async () => {
    await start(2, 1);
    const { status, state, read } = await run("'fail'", '--drain');
    expect(status).toBe(3);
    expect(state().cursor).toBeUndefined();
    expect(JSON.parse(read('report.json')).passes).toBe(1);
  });

  it('fail the step if their share is larger than the option allows', async () => {
    await start(1, 1);
    expect((await run('{ failAbove: 0.5 }')).stderr).not.toMatch(/REJECTED/);
    await world.close();
    await start(1, 1);
    const { status, stderr } = await run('{ failAbove: 0.49 }');
    expect(stderr).toMatch(/1 of 2 records were rejected, more than 49 %/);
    expect(status).toBe(3);
  });

  it('fail the step in any case if there are no others', async () => {
    await start(0, 2);
    const { status, stderr } = await run("'report'");
    expect(stderr).toMatch(/2 of 2 records were rejected/);
    expect(status).toBe(3);
  });

  it('do not fail a dry run, which says that a run would', async () => {
    await start(1, 1);
    const { status, stdout, stderr } = await run("'fail'", '--dry-run');
    expect(status).toBe(3);
    expect(stderr).not.toMatch(/REJECTED/);
    expect(stdout).toMatch(/A run would end as failed: 1 of 2 records would be rejected/);
  });

  it('are none if there is nobody', async () => {
    await start(0, 0);
    expect(await run("'fail'")).toMatchObject({ status: 0 });
  });

  it('cannot be handled in an unknown way', async () => {
    await start(0, 0);
    const { status, stderr } = await run("'stop'");
    expect(stderr).toMatch(/onRejected: must be 'report', 'fail' or/);
    expect(status).toBe(2);
  });

  it('are shown once in a bundled project, too, whose jobs log like any other', async () => {
    const [bad] = await start(1, 1);
    const folder = withOption("'fail'");
    expect(await runCommand(['bundle', '--project', folder])).toMatchObject({ status: 0 });
    const bundled = path.join(folder, 'dist/lightning');
    const credentials = temporaryJson('credentials.json', world.credentials);
    const args = ['run', WORKFLOW, '--credentials', credentials, '--project', bundled];
    const { status, stdout, stderr } = await runCommand(args);
    expect(status).toBe(3);
    expect(stderr).toMatch(/1 of 2 records were rejected/);
    expect(`${stdout}${stderr}`.split(`rejected case ${bad}`)).toHaveLength(2);
    expect(`${stdout}${stderr}`).not.toMatch(/report: /);
  });

  it('fail the second way of a two-way run without undoing the first', async () => {
    const [bad] = await start(1, 1);
    const person = model.addToDhis2('case', 7);
    const { status, state, again, stderr } = await run("'fail'", 'two-way');
    expect(stderr).toMatch(/step upsert-tracked-entities failed: 1 of 3 records were rejected/);
    expect(status).toBe(3);
    expect(model.readGoData(person, FIELDS[0]!)).toBe(model.readDhis2(person, FIELDS[0]!));
    expect(state().cursor).toBeUndefined();
    world.goData.store.people.update(bad!, { dateOfReporting: '2026-11-01T00:00:00.000Z' });
    expect(await again()).toMatchObject({ status: 0 });
    expect(model.entities()).toHaveLength(3);
    world.writes();
    expect(await again()).toMatchObject({ status: 0 });
    expect(world.writes()).toBe(0);
  });

  it('are told in the log of a platform, and turn its run red', async () => {
    const [bad] = await start(1, 1);
    const lines: string[] = [];
    vi.spyOn(console, 'log').mockImplementation(line => lines.push(String(line)));
    const { credentials } = world;
    const left = await runOnPlatform({
      project: withOption("'fail'"),
      workflow: WORKFLOW,
      credentials: credentials as unknown as Record<string, object>,
      state: {},
    });
    expect(lines).toContainEqual(
      expect.stringMatching(/^report: upsert-tracked-entities: 2 read, 2 created, .*1 rejected$/),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^report: upsert-tracked-entities: 1 of 2 [a-z]+ \(50 %\) .*1 rejected: /,
      ),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(`^report: upsert-tracked-entities: rejected case ${bad}: E1020 `),
    );
    const { errors, report, cursor } = left.at(-1)!.state as Record<string, never>;
    expect(errors!['upsert-tracked-entities']).toMatchObject({ details: { code: 'REJECTED' } });
    expect(report!['upsert-tracked-entities']).toMatchObject({ rejectedCount: 1 });
    expect(cursor).toBeUndefined();
  });
});
