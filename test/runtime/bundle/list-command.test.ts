import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readProject, readWorkflow } from '#runtime/index.js';
import { blocksOf } from '#test/docs/support/pages.js';
import { editProject } from '../../support/project.js';
import { runCommandLine } from '../support/command.js';
import { writeProjectFile } from '../support/project.js';

const shownIn = (language: string) =>
  blocksOf('docs/scale-out.md').find(block => block.language === language)!.text;

/** The list that the page of many outbreaks shows. */
const LIST = shownIn('csv');

function copyWith(list: string): string {
  const { folder, remove } = editProject({});
  onTestFinished(remove);
  writeProjectFile(folder, 'outbreaks.csv', list);
  return folder;
}

const run = (cwd: string, ...args: string[]) =>
  runCommandLine([...args, '--for', 'outbreaks.csv'], { cwd });

describe('bundle --for', () => {
  it('writes a workflow for each line of the list, with the same job files', async () => {
    const folder = copyWith(LIST);
    const args = ['--only', 'two-way', '--only', 'options-to-reference-data'];
    const { status, stdout } = await run(folder, 'bundle', ...args);
    expect(stdout).toContain('in 11 files');
    expect(status).toBe(0);
    const project = readProject(path.join(folder, 'dist/lightning'));
    // A workflow that takes nothing of the list stays one.
    expect(project.workflows).toEqual([
      'two-way-north',
      'two-way-south',
      'options-to-reference-data',
    ]);
    const [north, south] = await Promise.all(
      ['two-way-north', 'two-way-south'].map(key => readWorkflow(project, key)),
    );
    expect(north!.steps.map(({ id }) => id)[0]).toBe('settings');
    expect(north!.steps[0]!.source).toContain(shownIn('js'));
    expect(south!.steps[0]!.source).toContain('roots: ["DistrictS01","DistrictS02"]');
    expect(south!.steps.slice(1).map(({ file }) => file)).toEqual(
      north!.steps.slice(1).map(({ file }) => file),
    );
    expect(north!.steps.map(({ credential }) => credential)).toContain('godata-north');
    expect(south!.steps.map(({ credential }) => credential)).not.toContain('godata');
    expect(south!.steps.map(({ credential }) => credential)).toContain('dhis2');
    const crons = ['north', 'south'].map(
      name => project.spec.workflows![`two-way-${name}`]!.triggers!.cron,
    );
    expect(crons).toMatchObject([
      { enabled: false, cron_expression: '*/10 * * * *' },
      { enabled: false, cron_expression: '1-59/10 * * * *' },
    ]);
    const check = await runCommandLine(['check', '--project', 'dist/lightning'], { cwd: folder });
    expect(check.stdout).toContain('no problems');
  });

  it('takes a list of regions, in the CSV of a spreadsheet', async () => {
    const folder = copyWith('\uFEFFname;roots;godata\r\nwest;"A B";g1\r\neast;C;g2\r\n');
    const only = ['--only', 'org-units-to-locations'];
    expect(await run(folder, 'bundle', ...only)).toMatchObject({ status: 0, stderr: '' });
    const spec = readFileSync(path.join(folder, 'dist/lightning/project.yaml'), 'utf8');
    expect(spec).toContain('org-units-to-locations-west');
    const settings = path.join(
      folder,
      'dist/lightning/jobs/org-units-to-locations-west/settings.js',
    );
    expect(readFileSync(settings, 'utf8')).toContain('roots: ["A","B"],\n');
  });

  it('takes a quote inside of a cell as it is, and credentials without an owner', async () => {
    const folder = copyWith('name,outbreakId,godata\nnorth,x,g1"a');
    const { spec } = readProject(folder);
    const credentials = Object.fromEntries(
      Object.entries(spec.credentials!).map(([key, { name }]) => [key, { name }]),
    );
    writeProjectFile(folder, 'project.yaml', { ...spec, credentials });
    const { status } = await run(folder, 'bundle', '--only', 'two-way');
    expect(status).toBe(0);
    const made = readProject(path.join(folder, 'dist/lightning')).spec.credentials!;
    expect(made['g1"a']).toEqual({ name: 'g1"a' });
  });

  it.each([
    [
      'one outbreak twice',
      'name,outbreakId,godata\na,x,g1\nb,x,g2',
      'The outbreak x is there twice.',
    ],
    ['one name twice', 'name,outbreakId\na,x\na,y', 'The name a is there twice.'],
    [
      'one column twice',
      'name,outbreakId,outbreakId\na,x,y',
      'The column outbreakId is there twice.',
    ],
    ['a line without its credential', 'name,outbreakId,godata\na,x,', 'Line 2 has no godata.'],
    ['one root twice', 'name,roots\na,R S\nb,S', 'The root S is there twice.'],
    [
      'an unknown column',
      'name,outbreak\na,x',
      'The column "outbreak" is not one of name, outbreakId',
    ],
    [
      'neither outbreaks nor roots',
      'name,godata\na,x',
      'neither a column "outbreakId" nor "roots"',
    ],
    ['an empty cell', 'name,outbreakId\na,', 'Line 2 has no outbreakId.'],
    ['a cell too many', 'name,outbreakId\na,x,y', 'Line 2 has 3 cells, and there are 2 columns.'],
    ['a bad name', 'name,outbreakId\nA b,x', 'the name "A b" is not lower-case words'],
    ['no lines', 'name,outbreakId\n', 'It has no lines below the column names.'],
  ])('refuses %s', async (_, list, message) => {
    const folder = copyWith(list);
    const { status, stderr } = await run(folder, 'bundle');
    expect(stderr).toContain(message);
    expect(stderr).toContain('(LIST_INVALID)');
    expect(status).toBe(2);
    expect(existsSync(path.join(folder, 'dist'))).toBe(false);
  });

  it('refuses a line whose workflow would replace another one', async () => {
    const folder = copyWith('name,outbreakId,godata\nnorth,x,g1');
    const made = ['new-workflow', 'two-way-north', '--from', 'two-way'];
    expect(await runCommandLine(made, { cwd: folder })).toMatchObject({ status: 0 });
    const both = ['--only', 'two-way', '--only', 'two-way-north'];
    const { status, stderr } = await run(folder, 'bundle', ...both);
    expect(stderr).toContain('for the line north would be two-way-north');
    expect(status).toBe(2);
  });

  it('shares the job files among 100 lines with quotes and empty lines', async () => {
    const lines = Array.from(
      { length: 100 },
      (_, n) => `"r-${n}","an ""x"" ${n}","g-${n}"\r\n\r\n`,
    );
    const folder = copyWith(`name,outbreakId,godata\r\n\r\n${lines.join('')}`);
    const { status, stdout } = await run(folder, 'bundle', '--only', 'cases-to-data-values');
    expect(stdout).toContain('in 103 files');
    expect(status).toBe(0);
    const { workflows, spec } = readProject(path.join(folder, 'dist/lightning'));
    expect(workflows).toHaveLength(100);
    expect(Object.values(spec.credentials!).map(({ name }) => name)).toContain('g-99');
    const settings = 'dist/lightning/jobs/cases-to-data-values-r-99/settings.js';
    expect(readFileSync(path.join(folder, settings), 'utf8')).toContain(
      'outbreakId: "an \\"x\\" 99"',
    );
  });

  it('refuses one account of Go.Data for two lines', async () => {
    const folder = copyWith('name,outbreakId\na,x\nb,y');
    const { status, stderr } = await run(folder, 'bundle', '--only', 'two-way');
    expect(stderr).toContain('would use one account of Go.Data, godata, at the same time');
    expect(stderr).toContain('add a column godata');
    expect(status).toBe(2);
  });

  it('refuses workflows that take nothing of the list, and a list that is not there', async () => {
    const folder = copyWith(LIST);
    const { stderr } = await run(folder, 'bundle', '--only', 'options-to-reference-data');
    expect(stderr).toContain('(LIST_UNUSABLE)');
    const none = await runCommandLine(['bundle', '--for', 'none.csv'], { cwd: folder });
    expect(none).toMatchObject({ status: 2, stderr: expect.stringContaining('LIST_NOT_FOUND') });
    expect(none.stderr).toContain('Give the path of a CSV file');
  });
});

it('export --for writes a workspace with a workflow for each line', async () => {
  const folder = copyWith(LIST);
  const { status, stdout } = await run(folder, 'export');
  expect(stdout).toContain(path.join('dist/workspace/workflows/two-way-south'));
  expect(status).toBe(0);
  const credentials = readFileSync(path.join(folder, 'dist/workspace/credentials.yaml'), 'utf8');
  expect(credentials).toContain('godata-south:');
});
