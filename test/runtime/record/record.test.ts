import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { problemsOf, readRecord, recordsOf } from '../../support/records.js';
import { runCommandLine } from '../support/command.js';
import { createProject, writeProjectFile } from '../support/project.js';

const plan = (...ids: string[]) =>
  JSON.stringify({
    columns: ['record', 'id', 'change', 'fields'],
    rows: ids.map(id => ['case', id, 'update', 'lastName']),
    total: ids.length,
  });

const projectOf = (job: string) => createProject({ steps: { write: { job } } });
const run = (cwd: string, ...args: string[]) => runCommandLine(['run', 'small', ...args], { cwd });
const runs = (cwd: string, ...args: string[]) => runCommandLine(['runs', ...args], { cwd });

const reportIn = (project: string) => JSON.parse(readRecord(project, 'report.json'));

describe('the record of a run', () => {
  it('stays when later runs change nothing', async () => {
    const project = projectOf(`report('write', { updated: 1 }, ${plan('a')});`);
    await run(project);
    writeProjectFile(project, 'jobs/write.js', `report('write', {}, ${plan()});`);
    await run(project);
    const [first, second, ...others] = recordsOf(project);
    expect(others).toEqual([]);
    const changes = (folder: string) =>
      readFileSync(path.join(project, folder, 'changes.csv'), 'utf8');
    expect(changes(first!)).toContain('case,a,update,lastName');
    expect(changes(second!)).not.toContain('case');
  });

  it('says when, with which versions, and with which mapping', async () => {
    const job = "fn(s => ({ ...s, data: { outbreak: { id: 'o1', name: 'Ada' } } }));";
    const entry = "{ created: 2, server: { system: 'DHIS2', version: '2.42.1' } }";
    const project = createProject({
      steps: { fetch: { job }, write: { job: `report('write', ${entry}, ${plan('a')});` } },
    });
    await run(project);
    const report = reportIn(project);
    expect(problemsOf(report)).toEqual([]);
    expect(report).toMatchObject({
      workflow: 'small',
      status: 'completed',
      versions: { DHIS2: '2.42.1', 'godata-dhis2': expect.any(String) },
      outbreaks: ['o1'],
      mappingHash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(Date.parse(report.endedAt)).toBeGreaterThanOrEqual(Date.parse(report.startedAt));
    expect(JSON.stringify(report)).not.toContain('Ada');
  });

  it.each([
    ['a failed run', "failWith({ code: 'X', message: 'No.', details: { ids: ['a'] } });", 'failed'],
    ['a misconfigured one', 'fn(s => nothing);', 'misconfigured'],
    [
      'one with rejected records',
      "report('write', { rejectedCount: 1, rejected: [{ kind: 'case', id: 'a', code: 'X', message: 'No.' }] });",
      'completed-with-rejections',
    ],
  ])('of %s has the documented form', async (_, job, status) => {
    const project = projectOf(job);
    await run(project);
    const report = reportIn(project);
    expect(report.status).toBe(status);
    expect(problemsOf(report)).toEqual([]);
  });

  it('of a dry run says so, and has nothing to take back', async () => {
    const project = projectOf(`report('write', { updated: 1 }, ${plan('a')});`);
    await run(project, '--dry-run');
    expect(reportIn(project).dryRun).toBe(true);
    expect(readdirSync(path.join(project, recordsOf(project)[0]!)).sort()).not.toContain(
      'undo.csv',
    );
    expect((await runs(project)).stdout).toContain('completed, dry run');
  });

  it('says that a run was stopped', async () => {
    const project = projectOf('wait(60000);');
    const stopped = await runCommandLine(['run', 'small'], { cwd: project, stopWhen: 'started' });
    expect(stopped.status).toBe(130);
    const report = reportIn(project);
    expect(report.status).toBe('stopped');
    expect(problemsOf(report)).toEqual([]);
  });

  it('is not made by a run that could not begin', async () => {
    const project = projectOf('fn(s => s);');
    await run(project, '--state', 'no.json');
    await runCommandLine(['run', 'other'], { cwd: project });
    writeProjectFile(project, 'bad.json', '{');
    await run(project, '--state', 'bad.json');
    expect(recordsOf(project)).toHaveLength(1);
  });
});

describe('undo.csv', () => {
  it('has the old values that a step kept', async () => {
    const undo = JSON.stringify({
      texts: ['data value', 'update', 'value', '3', '4', 'ou1', '2026W10'],
      rows: [[0, 1, 2, 3, 4, -1, 5, 6]],
      total: 1,
    });
    const project = projectOf(
      `report('write', { updated: 1 }, ${plan('a')});\nfn(s => ({ ...s, data: { ...s.data, undo: ${undo} } }));`,
    );
    await run(project);
    expect(readRecord(project, 'undo.csv')).toBe(
      '\uFEFFkind,id,change,field,old,new,obstacle\r\ndata value,ou1/2026W10,update,value,3,4,\r\n',
    );
  });

  it('names what cannot be taken back, because no value of a person is kept', async () => {
    const project = projectOf(`report('write', { updated: 2 }, ${plan('a', 'b')});`);
    await run(project);
    expect(readRecord(project, 'undo.csv').split('\r\n').slice(1, 3)).toEqual([
      'case,a,update,lastName,,,old-value-not-kept',
      'case,b,update,lastName,,,old-value-not-kept',
    ]);
  });
});

describe('--keep-runs', () => {
  /** Records of earlier days. */
  function age(project: string, ...names: string[]): void {
    for (const name of names) {
      const folder = path.join(project, 'state/.local/runs/small', name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, 'report.json'), '{}');
    }
  }
  const job = "report('write', {});";

  it('keeps a number of the newest, and touches nothing else', async () => {
    const project = projectOf(job);
    age(project, '2020-01-01T00-00-00Z', '2021-01-01T00-00-00Z', '2022-01-01T00-00-00Z', 'mine');
    await run(project, '--keep-runs', '2');
    const names = recordsOf(project).map(one => path.basename(one));
    expect(names).toEqual(['2022-01-01T00-00-00Z', expect.stringMatching(/Z$/), 'mine']);
    expect(statSync(path.join(project, 'state/.local/runs/small/mine')).isDirectory()).toBe(true);
  });

  it('keeps days, and 50 by default', async () => {
    const project = projectOf(job);
    const days = Array.from(
      { length: 60 },
      (_, n) => `2020-01-01T00-00-${String(n).padStart(2, '0')}Z`,
    );
    age(project, ...days);
    await run(project, '--keep-runs', '9999d');
    expect(recordsOf(project)).toHaveLength(61);
    await run(project);
    expect(recordsOf(project)).toHaveLength(50);
    await run(project, '--keep-runs', '90d');
    expect(recordsOf(project)).toHaveLength(3);
  });

  it.each(['0', '-1', 'd', '1w', ''])('refuses %j', async value => {
    const { status, stderr } = await run(projectOf(job), `--keep-runs=${value}`);
    expect(stderr).toContain('such as 50, or days, such as 90d');
    expect(status).toBe(2);
  });
});

describe('godata-dhis2 runs', () => {
  const coverage =
    "{ things: 'cases', verb: 'reach a value', reached: 151, expected: 579, omitted: [], onPurpose: [] }";
  const job = `report('write', { created: 1200, updated: 3, rejectedCount: 1, rejected: [{ kind: 'case', id: 'a', code: 'X', message: 'No.' }], coverage: ${coverage} }, ${plan('a')});`;

  it('lists time, workflow, status, counts and coverage, the newest first', async () => {
    const project = projectOf(job);
    await run(project);
    await run(project, '--dry-run');
    const { status, stdout } = await runs(project);
    expect(status).toBe(0);
    const [head, first, second] = stdout.split('\n');
    expect(head).toMatch(/^ {2}time +workflow +status +created +updated +rejected +coverage$/);
    expect(first).toMatch(/Z(-2)? +small +completed-with-rejections, dry run/);
    expect(second).toMatch(/Z +small +completed-with-rejections +1,200 +3 +1 +26 %$/);
    expect(JSON.parse((await runs(project, '--json')).stdout)[1]).toMatchObject({
      workflow: 'small',
      created: 1200,
      updated: 3,
      rejected: 1,
      coverage: 0.26,
    });
  });

  it('shows one run, by its time or the last, with its files', async () => {
    const project = projectOf(job);
    await run(project);
    const [record] = recordsOf(project);
    const time = path.basename(record!);
    for (const word of ['last', time, time.slice(0, 13)]) {
      const { status, stdout } = await runs(project, 'show', word);
      expect(status).toBe(0);
      expect(stdout).toContain(`${time}  small: completed-with-rejections\n`);
      expect(stdout).toContain('151 of 579 cases (26 %) reach a value');
      expect(stdout).toContain('rejected case a: X No.');
      expect(stdout).toContain(`${record}/changes.csv\n`);
    }
    const { stdout } = await runs(project, 'show', '--json');
    expect(JSON.parse(stdout)).toEqual(reportIn(project));
  });

  it('opens the page of a run, or says where it is', async () => {
    const project = projectOf(job);
    await run(project);
    const page = `${recordsOf(project)[0]}/report.html`;
    expect(readRecord(project, 'report.html')).toContain('"workflow":"small"');
    const { status, stdout } = await runs(project, 'open', '--json');
    expect(JSON.parse(stdout)).toEqual({ page });
    expect(status).toBe(0);
    rmSync(path.join(project, page));
    const none = await runs(project, 'open');
    expect(none.stderr).toContain('NO_PAGE');
    expect(none.status).toBe(2);
  });

  it('says which runs there are when none has the time', async () => {
    const project = projectOf(job);
    expect((await runs(project)).stdout).toBe('No run has left a record yet.\n');
    expect(await runs(project, 'show')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('NO_RUNS'),
    });
    await run(project);
    await run(project);
    const none = await runs(project, 'show', '1999');
    expect(none.stderr).toMatch(/No run is 1999\..*\n.*Name one of: 20\d\d-/);
    expect(none.status).toBe(2);
    const several = await runs(project, 'show', '20');
    expect(several.stderr).toContain('2 runs begin with 20. (AMBIGUOUS_RUN)');
    expect((await runs(project, '--workflow', 'other')).stdout).toContain('No run');
  });

  it('lists a record that it cannot read', async () => {
    const project = projectOf(job);
    await run(project);
    writeFileSync(path.join(project, recordsOf(project)[0]!, 'report.json'), '{"reportVersion":9}');
    expect((await runs(project)).stdout).toContain('unreadable');
    const { status, stderr } = await runs(project, 'show', 'last');
    expect(stderr).toContain('RECORD_UNREADABLE');
    expect(status).toBe(2);
  });
});
