import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readProject, readWorkflow, writeJobTypes } from '#runtime/index.js';
import { editProject } from '../../support/project.js';
import { PROJECT } from '../../support/workflow.js';
import { runCommandLine } from '../support/command.js';
import { createProject, writeProjectFile } from '../support/project.js';

const NAME = 'contacts-to-data-values';

/** A copy of this project. */
function copy(): string {
  const { folder, remove } = editProject({});
  onTestFinished(remove);
  return folder;
}

const add = (cwd: string, ...args: string[]) => runCommandLine(['new-workflow', ...args], { cwd });
const read = (folder: string, name = 'project.yaml') =>
  readFileSync(path.join(folder, name), 'utf8');

describe('godata-dhis2 new-workflow', () => {
  it('adds jobs, a page and an entry that pass the check without a change', async () => {
    const folder = copy();
    const { status, stdout } = await add(folder, NAME);
    expect(stdout).toContain(`  jobs/${NAME}/fetch.js\n`);
    expect(stdout).toContain('  project.yaml   (its entry)\n');
    expect(status).toBe(0);
    expect(readdirSync(path.join(folder, 'jobs', NAME)).sort()).toEqual([
      'README.md',
      'fetch.js',
      'map.js',
      'upsert.js',
    ]);
    expect(read(folder, `jobs/${NAME}/README.md`)).toMatch(new RegExp(`^# ${NAME}\n`));
    const check = await runCommandLine(['check'], { cwd: folder });
    expect(check.stdout).toContain('no problems');
    const { steps } = await readWorkflow(readProject(folder), NAME);
    expect(steps.map(({ id, credential, adaptor }) => [id, credential, adaptor.name])).toEqual([
      ['fetch', 'godata', '@openfn/language-godata'],
      ['map', 'dhis2', '@openfn/language-dhis2'],
      ['upsert', 'dhis2', '@openfn/language-dhis2'],
    ]);
  });

  it('only adds lines to project.yaml, and pins the installed adaptor versions', async () => {
    const folder = copy();
    const before = read(folder).trimEnd().split('\n');
    await add(folder, NAME);
    const after = read(folder).split('\n');
    expect(after.slice(0, before.length)).toEqual(before);
    const added = after.slice(before.length);
    expect(added[0]).toBe(`  ${NAME}:`);
    expect(added).toContain('        adaptor: "@openfn/language-godata@4.0.0"');
    expect(added).toContain('        # Enable this when the mapping is complete.');
  });

  it.skipIf(!existsSync(path.join(PROJECT, 'adaptors/packages/dhis2/types')))(
    'creates jobs without type errors (needs npm run build)',
    { timeout: 240_000 },
    async () => {
      const folder = copy();
      await add(folder, NAME);
      for (const kind of ['follow-ups', 'lab-results'])
        await add(folder, `my-${kind}`, '--from', kind);
      const tsc = path.join(PROJECT, 'node_modules/typescript/bin/tsc');
      for (const config of await writeJobTypes(folder)) {
        const { stdout } = spawnSync(process.execPath, [tsc, '-p', config], { encoding: 'utf8' });
        expect(stdout).toBe('');
      }
    },
  );

  it("uses the project's own template, if it has one, and starts an empty project", async () => {
    const project = createProject({ steps: { one: { job: '' } } });
    mkdirSync(path.join(project, 'templates/workflow'), { recursive: true });
    writeProjectFile(project, 'project.yaml', 'name: tiny\n# all flows\nworkflows: {}\n');
    writeProjectFile(project, 'templates/workflow/only.js', '// NAME, not NAMED\nfn(1);\n');
    const job =
      '{ name: only, adaptor: "@openfn/language-tiny", body: { path: jobs/NAME/only.js } }';
    writeProjectFile(
      project,
      'templates/workflow/workflow.yaml',
      `name: NAME\njobs:\n  only: ${job}\n`,
    );
    expect(await add(project, 'flow')).toMatchObject({ status: 0, stderr: '' });
    expect(read(project, 'jobs/flow/only.js')).toBe('// flow, not NAMED\nfn(1);\n');
    expect(read(project)).toContain('# all flows\n');
    expect(read(project)).toContain('@openfn/language-tiny@1.0.0');
    expect((await runCommandLine(['check'], { cwd: project })).status).toBe(0);
  });

  it.each(['Contacts', 'a b', '../x', 'a--b', '-a', 'a_b', '1a', 'naïve'])(
    'refuses the name %s',
    async name => {
      const folder = copy();
      const { status, stderr } = await add(folder, '--', name);
      expect(stderr).toContain(`Error: ${name} is not a name for a workflow. (BAD_NAME)`);
      expect(status).toBe(2);
      expect(read(folder)).toBe(read(PROJECT));
    },
  );

  it('refuses a name that exists as a key, a name or a folder', async () => {
    const folder = copy();
    mkdirSync(path.join(folder, 'jobs/mine'));
    const yaml = read(folder).replace(
      'workflows:',
      'workflows:\n  other:\n    name: Other Flow\n    jobs: {}',
    );
    writeProjectFile(folder, 'project.yaml', yaml);
    for (const [name, where] of [
      ['cases-to-data-values', 'in project.yaml'],
      ['other-flow', 'in project.yaml'],
      ['mine', 'as a folder, jobs/mine'],
    ]) {
      const { status, stderr } = await add(folder, name!);
      expect(stderr).toContain(`There is a ${name} already, ${where}. (WORKFLOW_EXISTS)`);
      expect(status).toBe(2);
    }
    expect(read(folder)).toBe(yaml);
  });

  it('refuses a project without the credentials, and writes nothing', async () => {
    const folder = copy();
    const yaml = read(folder).replace('name: dhis2\n', 'name: other\n');
    writeProjectFile(folder, 'project.yaml', yaml);
    const { status, stderr } = await add(folder, NAME);
    expect(stderr).toContain('project.yaml has no credential named dhis2. (NO_CREDENTIAL)');
    expect(status).toBe(2);
    expect(existsSync(path.join(folder, 'jobs', NAME))).toBe(false);
    expect(read(folder)).toBe(yaml);
  });

  it('explains its purpose, and requires a name', async () => {
    const help = await runCommandLine(['new-workflow', '--help']);
    expect(help).toMatchObject({ status: 0, stdout: expect.stringContaining('Examples:') });
    const none = await runCommandLine(['new-workflow']);
    expect(none).toMatchObject({ status: 2, stderr: expect.stringContaining("argument 'name'") });
  });
});
