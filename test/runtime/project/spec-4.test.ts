import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Project, { detectVersion } from '@openfn/project';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readProject, readWorkflow } from '#runtime/index.js';
import { PROJECT } from '../../support/workflow.js';
import { runCommandLine } from '../support/command.js';
import { createProject, writeProjectFile } from '../support/project.js';

const folderOf = (text: string) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'spec-4-'));
  writeFileSync(path.join(folder, 'project.yaml'), text);
  return folder;
};

async function exportSpec4(cwd: string): Promise<string> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'spec-4-')), 'project.yaml');
  const { status, stderr } = await runCommandLine(['export', '--spec', '4', file], { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return readFileSync(file, 'utf8');
}

const stepsOf = async (folder: string, key: string) => {
  const { steps, starts } = await readWorkflow(readProject(folder), key);
  const read = steps.map(({ id, name, credential, source, next, adaptor }) => ({
    ...{ id, name, credential, source, next },
    adaptor: adaptor.name,
  }));
  return { starts, steps: read.sort((a, b) => a.id.localeCompare(b.id)) };
};

describe('export --spec 4', () => {
  it('writes every workflow of this project into one file, which reads back the same', async () => {
    const text = await exportSpec4(PROJECT);
    expect(detectVersion(parse(text))).toBe(4);
    expect(parse(text).credentials).toEqual([
      { name: 'godata', owner: 'integration@example.org' },
      { name: 'dhis2', owner: 'integration@example.org' },
    ]);
    const folder = folderOf(text);
    const { workflows } = readProject(PROJECT);
    expect(readProject(folder).workflows.toSorted()).toEqual(workflows.toSorted());
    for (const key of workflows)
      expect(await stepsOf(folder, key)).toEqual(await stepsOf(PROJECT, key));
    // The texts stand alone: nothing is read from the project.
    expect(existsSync(path.join(folder, 'jobs'))).toBe(false);
  });

  it('refuses an unknown version', async () => {
    const { status, stderr } = await runCommandLine(['export', '--spec', '3'], { cwd: PROJECT });
    expect(stderr).toMatch(/Allowed choices are 4/);
    expect(status).toBe(2);
  });
});

describe('a project.yaml of spec 4.0', () => {
  const tiny = { adaptor: '@openfn/language-tiny@1.0.0' };
  const spec4 = {
    id: 'tiny',
    name: 'tiny',
    schema_version: '4.0',
    credentials: [{ name: 'tiny', owner: 'admin@example.org' }],
    collections: [{ name: 'tiny-links' }],
    workflows: [
      {
        id: 'small',
        name: 'small',
        start: 'cron',
        steps: [
          { id: 'cron', type: 'cron', enabled: true, cron_expression: '0 5 * * *', next: 'one' },
          {
            id: 'one',
            name: 'one',
            ...tiny,
            configuration: 'admin@example.org|tiny',
            expression: "put('a', 1);\n",
            next: { two: { condition: 'state.a === 1', label: 'one' } },
          },
          { id: 'two', name: 'two', ...tiny, expression: './jobs/two.js', next: { three: true } },
          { id: 'three', name: 'three', ...tiny, expression: "put('c', 3);" },
        ],
      },
    ],
  };
  const write = (document: unknown) => {
    const project = createProject({ steps: { two: { job: "put('b', 2);" } } });
    writeProjectFile(project, 'project.yaml', stringify(document));
    return project;
  };
  const credentials = (project: string) =>
    writeProjectFile(
      project,
      'credentials.json',
      JSON.stringify({ tiny: { apiUrl: 'https://tiny.example.org/api', password: 'x' } }),
    );

  it('is checked and run like one of version 1', async () => {
    const project = write(spec4);
    const checked = await runCommandLine(['check'], { cwd: project });
    expect(checked).toMatchObject({ status: 0 });
    credentials(project);
    const args = ['run', 'small', '--credentials', 'credentials.json', '--output', 'out.json'];
    expect(await runCommandLine(args, { cwd: project })).toMatchObject({ status: 0 });
    const out = JSON.parse(readFileSync(path.join(project, 'out.json'), 'utf8'));
    expect(out).toMatchObject({ a: 1, b: 2, c: 3 });
  });

  it('has its problems listed by check, never conditions too', async () => {
    const [workflow] = spec4.workflows;
    const [cron, one, two, three] = workflow!.steps;
    const bad = {
      ...spec4,
      workflows: [
        {
          ...workflow,
          steps: [
            cron,
            { ...one, next: { two: { condition: 'never' } } },
            { ...two, next: { three: { condition: 'state.x = 1' } } },
            three,
          ],
        },
      ],
    };
    const { status, stdout } = await runCommandLine(['check'], { cwd: write(bad) });
    expect(stdout).toMatch(/condition_type never ends a run on the engine/);
    expect(stdout).toMatch(/changes the state of the next step/);
    expect(status).toBe(2);
  });

  it.each([
    ['workflows that are a map', { ...spec4, workflows: { small: {} } }],
    ['a workflow without steps', { ...spec4, workflows: [{ id: 'small', name: 'small' }] }],
    ['a step that is a text', { ...spec4, workflows: [{ name: 'small', steps: ['one'] }] }],
  ])('with %s is refused', async (_, document) => {
    const { status, stdout } = await runCommandLine(['check'], { cwd: write(document) });
    expect(stdout).toMatch(/spec version 1 or 4\.0/);
    expect(status).toBe(2);
  });

  it('is bundled as version 1, and does not get workflows from new-workflow', async () => {
    const project = write(spec4);
    expect(await runCommandLine(['bundle', 'out'], { cwd: project })).toMatchObject({ status: 0 });
    expect(readProject(path.join(project, 'out')).version).toBe(1);
    const { status, stderr } = await runCommandLine(['new-workflow', 'more'], { cwd: project });
    expect(stderr).toMatch(/spec 4\.0.*\(SPEC_VERSION\)/);
    expect(status).toBe(2);
  });

  it('is what OpenFn’s own reader makes of version 1', async () => {
    const project = createProject({ steps: { one: { job: 'fn(1);' }, two: { job: 'fn(2);' } } });
    const read = await Project.from('project', parse(await exportSpec4(project)));
    expect(read.workflows[0]!.steps.map(({ id }) => id).toSorted()).toEqual(['cron', 'one', 'two']);
  });
});
