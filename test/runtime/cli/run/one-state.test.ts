import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { holdState } from '#runtime/cli/run/hold-state.js';
import { PROJECT } from '#test/support/workflow.js';
import { runCommandLine } from '../../support/command.js';
import { createProject, writeProjectFile } from '../../support/project.js';

const BIN = path.join(PROJECT, 'adaptors/runtime/bin/godata-dhis2.js');
const COUNT = `
wait(700);
put('cursor', state => ({ n: (state.cursor?.n ?? 0) + 1 }));
put('more', state => state.cursor.n % 3 > 0);
`;

interface Ended {
  status: number | null;
  stderr: string;
}

/** A process of its own, as a schedule starts it. */
function start(cwd: string, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, 'run', ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.on('data', text => {
    stderr += text;
  });
  return new Promise(resolve => child.on('close', status => resolve({ status, stderr })));
}

const read = (folder: string, file: string) =>
  JSON.parse(readFileSync(path.join(folder, file), 'utf8'));

describe('two runs at once on one state file', () => {
  it('follow each other: the second one begins where the first one ended, and says that it waits', async () => {
    const project = createProject({ steps: { count: { job: COUNT } } });
    const args = ['small', '--state', 's/f.json', '--output', 's/f.json'];
    const ended = await Promise.all([start(project, ...args), start(project, ...args, '--drain')]);
    expect(ended.map(({ status }) => status)).toEqual([0, 0]);
    // A drain counts up to the next multiple of three.
    expect([3, 4]).toContain(read(project, 's/f.json').cursor.n);
    expect(ended.map(({ stderr }) => stderr).join('')).toMatch(
      /Another run writes to the state file s\/f\.json \(small, process \d+ on .*, since .*\)\. Its lock is .*f\.json\.lock\. This run waits for it, for up to a minute\./,
    );
    expect(readdirSync(path.join(project, 's'))).toEqual(['f.json']);
  });

  it('of which the second does not get it are not both run: it is refused', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'state-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'f.json');
    const held = await holdState(file, 'two-way');
    await expect(
      holdState(`${folder}/./f.json`, 'people', { patienceMs: 0 }),
    ).rejects.toMatchObject({
      code: 'STATE_IN_USE',
      message: expect.stringContaining(`two-way, process ${process.pid}`),
      fix: expect.stringContaining('delete the lock'),
    });
    held.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of another workflow is refused before it replaces the state', async () => {
    const project = createProject({ steps: { count: { job: COUNT } } });
    const other = { workflow: 'two-way', cursor: { people: {} } };
    writeProjectFile(project, 'f.json', other);
    const { status, stderr } = await runCommandLine(['run', 'small', '--output', 'f.json'], {
      cwd: project,
    });
    expect(status).toBe(2);
    expect(stderr).toContain(
      'The file of --output, f.json, holds the state of the workflow two-way, and this is small. Nothing was written. (FOREIGN_STATE)',
    );
    expect(read(project, 'f.json')).toEqual(other);
  });
});

describe('a file of --output that is no state', () => {
  const CREDENTIALS = JSON.stringify({ dhis2: { hostUrl: 'https://dhis2.example.org' } });
  it.each([
    ['the credentials of the run', ['--credentials', 'f.json'], '{}', 'it holds credentials'],
    ['other credentials', [], CREDENTIALS, 'it holds credentials'],
    ['project.yaml, or a job', [], 'name: small\n', 'it exists, and holds no state'],
    ['a list', [], '[]', 'it exists, and holds no state'],
  ])('such as %s is kept, and nothing is run', async (_, args, content, why) => {
    const project = createProject({ steps: { count: { job: COUNT } } });
    writeProjectFile(project, 'f.json', content);
    const { status, stderr } = await runCommandLine(
      ['run', 'small', '--output', './f.json', ...args],
      { cwd: project },
    );
    expect(stderr).toContain(`Error: ./f.json cannot be written: ${why}. (OUTPUT_UNWRITABLE)`);
    expect(stderr).not.toContain('count: started');
    expect(status).toBe(2);
    expect(readFileSync(path.join(project, 'f.json'), 'utf8')).toBe(content);
  });

  it('but empty is filled, and so is one with the inputs of a first run', async () => {
    const project = createProject({ steps: { count: { job: COUNT } } });
    for (const content of ['', '{"since":"2026-01-01"}']) {
      writeProjectFile(project, 'f.json', content);
      const { status } = await runCommandLine(['run', 'small', '--output', 'f.json'], {
        cwd: project,
      });
      expect(status).toBe(0);
      expect(read(project, 'f.json').cursor).toEqual({ n: 1 });
    }
  });
});

describe('a state file', () => {
  it.each([
    ['cut in half', '{"cursor":{"cases":{"updatedAt":"2026-03-'],
    ['emptied', ''],
    ['with something else', '[1]'],
  ])('%s stops the run, with its name and what to do', async (_, content) => {
    const project = createProject({ steps: { count: { job: COUNT } } });
    writeProjectFile(project, 'f.json', content);
    const args = ['run', 'small', '--state', 'f.json', '--output', 'f.json'];
    const { status, stderr } = await runCommandLine(args, { cwd: project });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Error: The state file f\.json .*\(STATE_INVALID\)\n/);
    expect(stderr).toContain('Put back a copy of the file, or delete it');
    expect(readFileSync(path.join(project, 'f.json'), 'utf8')).toBe(content);
  });
});

/** A file system of its own; undefined where only an administrator may make one. */
function mountSmall(folder: string): boolean {
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', folder], {
      stdio: 'ignore',
    });
    onTestFinished(() => void execFileSync('/bin/umount', ['-l', folder]));
    return true;
  } catch {
    return false;
  }
}

describe('a disk', () => {
  it('that is full: the former state stays, status 1, and the run can be repeated', async ({
    skip,
  }) => {
    const project = createProject({
      steps: { count: { job: "put('cursor', state => ({ text: 'x'.repeat(state.length) }));" } },
    });
    const disk = path.join(project, 'disk');
    mkdirSync(disk);
    if (!mountSmall(disk)) skip('needs the right to mount a file system');
    const before = { cursor: { text: '' }, length: 20_000 };
    writeProjectFile(project, 'disk/f.json', before);
    const args = ['run', 'small', '--state', 'disk/f.json', '--output', 'disk/f.json'];
    const full = await runCommandLine(args, { cwd: project });
    expect(full.status).toBe(1);
    expect(full.stderr).toMatch(
      /The run has ended, but disk\/f\.json could not be written: ENOSPC.*\(OUTPUT_NOT_WRITTEN\)/,
    );
    expect(full.stderr).toMatch(/Free disk space/);
    expect(readdirSync(disk)).toEqual(['f.json']);
    expect(read(disk, 'f.json')).toEqual(before);
    writeFileSync(path.join(disk, 'f.json'), JSON.stringify({ ...before, length: 5 }));
    expect((await runCommandLine(args, { cwd: project })).status).toBe(0);
    expect(read(disk, 'f.json').cursor.text).toBe('xxxxx');
  });

  it('that is full or read-only before the run: nothing is run, status 2', async ({ skip }) => {
    const project = createProject({
      steps: { count: { job: "fn(s => { console.log('ran'); return s; });" } },
    });
    const disk = path.join(project, 'disk');
    mkdirSync(disk);
    if (!mountSmall(disk)) skip('needs the right to mount a file system');
    const args = ['run', 'small', '--output', 'disk/f.json'];
    expect(() => writeFileSync(path.join(disk, 'filler'), 'x'.repeat(100_000))).toThrow('ENOSPC');
    const full = await runCommandLine(args, { cwd: project });
    expect(full.status).toBe(2);
    expect(full.stderr).toMatch(/disk\/f\.json.* cannot be written: ENOSPC.*\n.*Nothing was run/);
    execFileSync('/bin/mount', ['-o', 'remount,ro', disk]);
    const readOnly = await runCommandLine(args, { cwd: project });
    expect(readOnly.status).toBe(2);
    expect(readOnly.stderr).toMatch(/disk\/f\.json cannot be written: EROFS.*\n.*Nothing was run/);
    expect(full.stderr + readOnly.stderr).not.toMatch(/ran/);
    expect(existsSync(path.join(disk, 'f.json'))).toBe(false);
  });
});
