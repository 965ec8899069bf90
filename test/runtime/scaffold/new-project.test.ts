import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readProject } from '#runtime/index.js';
import { PROJECT } from '../../support/workflow.js';
import { runCommandLine } from '../support/command.js';
import { writeProjectFile } from '../support/project.js';

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-init-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const init = (cwd: string, ...args: string[]) => runCommandLine(['init', ...args], { cwd });
const read = (...names: string[]) => readFileSync(path.join(...names), 'utf8');

describe('godata-dhis2 init', () => {
  it('makes a project with all workflows that passes the check at once', async () => {
    const cwd = temporaryFolder();
    const { status, stdout, stderr } = await init(cwd, 'measles');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('  measles/jobs/people/map-people.js\n');
    expect(stdout).toContain('Next: cd measles; npm install; its README.md has the commands.');
    const folder = path.join(cwd, 'measles');
    expect(readProject(folder).workflows).toEqual(readProject(PROJECT).workflows);
    const check = await runCommandLine(['check'], { cwd: folder });
    expect(check.stdout).toMatch(/^Checked 7 workflows with \d+ jobs: no problems\.\n$/);
  });

  it('names itself after the folder, and depends on this package', async () => {
    const cwd = temporaryFolder();
    await init(cwd, 'Measles 2026');
    const folder = path.join(cwd, 'Measles 2026');
    expect(read(folder, 'project.yaml')).toContain('\nname: measles-2026\n');
    expect(read(folder, 'README.md')).toMatch(/^# measles-2026\n/);
    const { name, dependencies } = JSON.parse(read(folder, 'package.json'));
    expect(name).toBe('measles-2026');
    const source = dependencies['godata-dhis2'].replace(/^file:/, '');
    expect(path.resolve(folder, source)).toBe(PROJECT);
  });

  it('keeps credentials and local files out of a repository', async () => {
    const cwd = temporaryFolder();
    await init(cwd, 'measles');
    const lines = read(cwd, 'measles/.gitignore').split('\n');
    expect(lines).toEqual(expect.arrayContaining(['node_modules/', 'state/*']));
    expect(existsSync(path.join(cwd, 'measles/state/credentials.example.json'))).toBe(true);
  });

  it('takes an empty folder, and one with only a repository', async () => {
    const cwd = temporaryFolder();
    mkdirSync(path.join(cwd, 'empty'));
    mkdirSync(path.join(cwd, 'cloned/.git'), { recursive: true });
    expect((await init(cwd, 'empty')).status).toBe(0);
    expect((await init(cwd, 'cloned')).status).toBe(0);
  });

  it('refuses a folder that is not empty, and a file, and writes nothing', async () => {
    const cwd = temporaryFolder();
    mkdirSync(path.join(cwd, 'used'));
    writeProjectFile(cwd, 'used/notes.txt', '');
    for (const [name, message] of [
      ['used', 'The folder used is not empty: it has notes.txt. (FOLDER_NOT_EMPTY)'],
      ['used/notes.txt', 'used/notes.txt is a file. (FOLDER_NOT_EMPTY)'],
    ]) {
      const { status, stdout, stderr } = await init(cwd, name!);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(`Error: ${message}`);
    }
    expect(readdirSync(path.join(cwd, 'used'))).toEqual(['notes.txt']);
  });
});
