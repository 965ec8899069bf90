import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../support/records.js';
import { PROJECT } from '../../support/workflow.js';
import { runCommandLine } from '../support/command.js';
import { createProject, writeProjectFile } from '../support/project.js';

const PLAN = JSON.stringify({ columns: ['id'], rows: [['a']], total: 1 });
const WRITE = `report('write', { created: 1 }, ${PLAN});`;

function run(cwd: string, ...args: string[]) {
  return runCommandLine(['run', 'small', ...args], { cwd });
}

function modeOf(...parts: string[]): string {
  return (statSync(path.join(...parts)).mode & 0o777).toString(8);
}

describe('the files of a run', () => {
  it('can be read by their owner only, in folders that no other account can enter', async () => {
    const project = createProject({ steps: { write: { job: WRITE, credential: 'tiny' } } });
    const tiny = { apiUrl: 'https://tiny.example.org/api', password: 'x' };
    const credentials = writeProjectFile(project, 'credentials.json', { tiny });
    const args = ['--credentials', credentials, '--output', 'out/state.json'];
    expect(await run(project, ...args)).toMatchObject({ status: 0 });
    const [record] = recordsOf(project);
    const files = ['report.json', 'changes.csv', 'undo.csv', 'report.html'].map(
      file => `${record}/${file}`,
    );
    for (const file of ['out/state.json', ...files]) {
      expect([file, modeOf(project, file)]).toEqual([file, '600']);
    }
    const above = ['runs', 'runs/small', 'locks'].map(folder => `state/.local/${folder}`);
    for (const folder of ['out', 'state/.local', ...above, record!]) {
      expect([folder, modeOf(project, folder)]).toEqual([folder, '700']);
    }
  });

  it('become private if an earlier version wrote them for everybody', async () => {
    const project = createProject({ steps: { write: { job: WRITE } } });
    mkdirSync(path.join(project, 'state/.local'), { recursive: true });
    writeProjectFile(project, 'out.json', {});
    chmodSync(path.join(project, 'out.json'), 0o644);
    await run(project, '--state', 'out.json', '--output', 'out.json');
    expect(modeOf(project, 'out.json')).toBe('600');
    expect(modeOf(project, 'state/.local')).toBe('700');
  });

  it('leave no temporary files', async () => {
    const project = createProject({ steps: { write: { job: WRITE } } });
    await run(project, '--output', 'out/state.json');
    expect(readdirSync(path.join(project, 'out'))).toEqual(['state.json']);
    expect(readdirSync(path.join(project, recordsOf(project)[0]!)).sort()).toEqual([
      'changes.csv',
      'report.html',
      'report.json',
      'undo.csv',
    ]);
  });
});

describe('a file under state/', () => {
  it.skipIf(!existsSync(path.join(PROJECT, '.git')))('is not for git, but for the examples', () => {
    const isIgnored = (file: string) =>
      spawnSync('git', ['check-ignore', '-q', file], { cwd: PROJECT }).status === 0;
    const files = ['out.json', 'credentials.json', 'people.yaml', '.local/memory-key'];
    expect(files.filter(file => !isIgnored(`state/${file}`))).toEqual([]);
    expect(isIgnored('state/credentials.example.json')).toBe(false);
  });
});

describe('an output that is a symbolic link', () => {
  it.each([
    ['to a file', 'victim.txt'],
    ['to a file that does not exist', 'nowhere.txt'],
    ['to a folder', 'jobs'],
  ])('%s is refused, and nothing runs', async (_, target) => {
    const project = createProject({
      steps: { write: { job: "fn(s => { console.log('ran'); return s; });" } },
    });
    writeProjectFile(project, 'victim.txt', 'untouched');
    symlinkSync(path.join(project, target), path.join(project, 'out.json'));
    const { status, stderr } = await run(project, '--output', 'out.json');
    expect(stderr).toContain('out.json cannot be written: it is a symbolic link.');
    expect(stderr).not.toContain('ran');
    expect(status).toBe(2);
    expect(readFileSync(path.join(project, 'victim.txt'), 'utf8')).toBe('untouched');
    expect(existsSync(path.join(project, 'nowhere.txt'))).toBe(false);
  });
});

describe('the state of a run that failed', () => {
  const READ = "put('data', { people: [{ lastName: 'Lovelace' }] });";
  const FAIL = "failWith({ code: 'X', message: 'No.' });";
  const stateOf = (project: string) => readFileSync(path.join(project, 'out.json'), 'utf8');

  it('holds no people that the steps had read', async () => {
    const project = createProject({
      steps: {
        fetch: {
          job: `${READ}\nput('people', [{ lastName: 'Byron' }]);\nput('cursor', { at: 1 });`,
        },
        write: { job: FAIL },
      },
    });
    expect(await run(project, '--output', 'out.json')).toMatchObject({ status: 1 });
    expect(stateOf(project)).not.toMatch(/Lovelace|Byron/);
    expect(JSON.parse(stateOf(project))).toMatchObject({ data: {}, errors: { write: {} } });
  });

  it('holds what the run began with, and the notice of a step for failures', async () => {
    const project = createProject({
      steps: { fetch: { job: `${READ}\n${FAIL}` }, notify: { job: "put('notified', true);" } },
      edges:
        '      fetch->notify: { source_job: fetch, target_job: notify, condition_type: on_job_failure, enabled: true }',
    });
    writeProjectFile(project, 'in.json', { outbreakId: 'o1', cursor: 7, data: { week: 'W1' } });
    await run(project, '--state', 'in.json', '--output', 'out.json');
    expect(stateOf(project)).not.toContain('Lovelace');
    expect(JSON.parse(stateOf(project))).toMatchObject({
      outbreakId: 'o1',
      cursor: 7,
      data: { week: 'W1' },
      notified: true,
    });
  });
});
