import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Project, { yamlToJson } from '@openfn/project';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readProject } from '#runtime/index.js';
import { PROJECT } from '../../support/workflow.js';
import { runCommandLine } from '../support/command.js';
import { createProject, writeProjectFile } from '../support/project.js';

const exportIn = (cwd: string, ...args: string[]) => runCommandLine(['export', ...args], { cwd });

/** A workflow as OpenFn's own reader returns it, in a fixed order, with credentials by name. */
function toGraph({ workflows, collections }: Project) {
  const steps = (workflow: (typeof workflows)[number]) =>
    workflow.steps
      .map(({ configuration, next, ...step }) => ({
        ...step,
        ...(configuration && { configuration: String(configuration).replace(/^.*\|/, '') }),
        next: Object.entries(next ?? {})
          .map(([to, edge]) => ({ to, disabled: false, ...(edge as object) }))
          .sort((a, b) => a.to.localeCompare(b.to)),
      }))
      .sort((a, b) => a.id!.localeCompare(b.id!));
  const sorted = [...workflows].sort((a, b) => a.id.localeCompare(b.id));
  return {
    collections: collections ?? [],
    workflows: sorted.map(workflow => ({
      id: workflow.id,
      name: workflow.name,
      start: workflow.start,
      steps: steps(workflow),
    })),
  };
}

/** A project.yaml with the texts of its jobs inserted, which OpenFn's reader does not do. */
async function readSpec(folder: string) {
  const { workflows = {}, collections, ...spec } = readProject(folder).spec;
  for (const job of Object.values(workflows).flatMap(({ jobs = {} }) => Object.values(jobs))) {
    const { path: file } = job.body as { path?: string };
    if (file) job.body = readFileSync(path.join(folder, file), 'utf8');
  }
  const list = Object.values(collections ?? {});
  return toGraph(await Project.from('project', { ...spec, workflows, collections: list }));
}

const readWorkspace = async (root: string) => toGraph(await Project.from('fs', { root }));

describe('godata-dhis2 export', () => {
  it('describes the same graph as project.yaml, when OpenFn’s reader reads both', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-export-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { status, stdout } = await exportIn(PROJECT, folder);
    expect(status).toBe(0);
    expect(stdout).toContain(`Workspace: ${path.join(folder, 'openfn.yaml')}\n`);
    const spec = await readSpec(PROJECT);
    expect(spec.workflows.length).toBeGreaterThan(0);
    expect(await readWorkspace(folder)).toEqual(spec);
  });

  it('keeps triggers, conditions, labels, disabled edges, collections and bodies of project.yaml', async () => {
    const project = createProject({ steps: { one: { job: 'fn(1);' }, two: { job: 'fn(2);' } } });
    const tiny = "adaptor: '@openfn/language-tiny@1.0.0'";
    const edge = (rest: string) => `{ ${rest}, enabled: true }`;
    const yaml = [
      'name: Tiny project',
      'collections:',
      '  links: { name: tiny-links }',
      'credentials:',
      '  admin-tiny: { name: tiny, owner: admin@example.org }',
      'workflows:',
      '  small:',
      '    name: Small Flow',
      '    jobs:',
      `      one: { name: Step One, ${tiny}, credential: admin-tiny, body: { path: jobs/one.js } }`,
      `      two: { name: Step Two, ${tiny}, body: { path: jobs/two.js } }`,
      `      notify: { name: Notify, ${tiny}, body: "fn(() => { throw new Error('x'); });" }`,
      '    triggers:',
      "      clock: { type: cron, enabled: true, cron_expression: '0 5 * * *' }",
      '      hook: { type: webhook, enabled: false, webhook_reply: after_completion, webhook_response_config: { success_code: 201, error_code: 500 } }',
      '    edges:',
      `      a: ${edge('source_trigger: clock, target_job: one, condition_type: always')}`,
      `      b: ${edge('source_trigger: hook, target_job: two, condition_type: always')}`,
      `      c: ${edge("source_job: one, target_job: two, condition_type: js_expression, condition_label: some, condition_expression: '!state.errors && state.data.x > 0'")}`,
      `      d: ${edge('source_job: one, target_job: notify, condition_type: on_job_failure')}`,
      '      e: { source_job: two, target_job: notify, condition_type: always, enabled: false }',
    ].join('\n');
    writeProjectFile(project, 'project.yaml', yaml);
    expect(await exportIn(project)).toMatchObject({ status: 0, stderr: '' });
    const workspace = await readWorkspace(path.join(project, 'dist/workspace'));
    expect(workspace).toEqual(await readSpec(project));
    expect(workspace.workflows[0]!.steps.map(({ id }) => id)).toContain('step-one');
    expect(workspace.collections).toEqual([{ name: 'tiny-links' }]);
  });

  it('refers to the jobs, names credentials by their name and pins adaptors', async () => {
    const project = createProject({
      steps: { one: { job: 'fn(1);', credential: 'tiny', adaptor: '@openfn/language-tiny' } },
    });
    await exportIn(project, 'ws');
    const file = path.join(project, 'ws/workflows/small/small.yaml');
    const workflow = yamlToJson(readFileSync(file, 'utf8'));
    expect(workflow).toMatchObject({ id: 'small', name: 'small', start: 'cron' });
    expect(workflow.steps[1]).toEqual({
      id: 'one',
      name: 'one',
      adaptor: '@openfn/language-tiny@1.0.0',
      configuration: 'tiny',
      expression: '../../../jobs/one.js',
    });
    expect(yamlToJson(readFileSync(path.join(project, 'ws/openfn.yaml'), 'utf8'))).toEqual({
      project: { id: 'tiny', name: 'tiny' },
      workspace: {
        credentials: 'credentials.yaml',
        dirs: { projects: '.projects', workflows: 'workflows' },
        formats: { openfn: 'yaml', project: 'yaml', workflow: 'yaml' },
      },
    });
  });

  it('starts a workflow without a trigger at its only first job, and refuses several', async () => {
    const project = createProject({ steps: { one: { job: 'fn(1);' } } });
    const job = (name: string) =>
      `${name}: { name: ${name}, adaptor: '@openfn/language-tiny@1.0.0', body: 'fn(1);' }`;
    const edges = 'edges: { e: { source_job: a, target_job: b, condition_type: always } }';
    const write = (jobs: string) =>
      writeProjectFile(project, 'project.yaml', `name: x\nworkflows: { w: { ${jobs}, ${edges} } }`);
    write(`jobs: { ${job('b')}, ${job('a')} }`);
    expect(await exportIn(project)).toMatchObject({ status: 0 });
    const text = readFileSync(path.join(project, 'dist/workspace/workflows/w/w.yaml'), 'utf8');
    expect(yamlToJson(text).start).toBe('a');
    write(`jobs: { ${job('b')}, ${job('a')}, ${job('c')} }`);
    const { status, stderr } = await exportIn(project);
    expect(stderr).toContain('The workflow w begins with a and c');
    expect(stderr).toContain('(EXPORT_FAILED)');
    expect(status).toBe(2);
  });

  it('refuses two workflows with the same folder', async () => {
    const project = createProject({ steps: { one: { job: 'fn(1);' } } });
    const job = "{ name: a, adaptor: '@openfn/language-tiny@1.0.0', body: 'fn(1);' }";
    const flow = (name: string) => `{ name: '${name}', jobs: { a: ${job} } }`;
    writeProjectFile(
      project,
      'project.yaml',
      `name: x\nworkflows: { v: ${flow('A b')}, w: ${flow('a-B')} }`,
    );
    const { status, stderr } = await exportIn(project);
    expect(stderr).toContain('Two workflows become a-b. (EXPORT_FAILED)');
    expect(status).toBe(2);
  });

  it('keeps added credentials, and removes workflows that no longer exist', async () => {
    const project = createProject({ steps: { one: { job: 'fn(1);' } } });
    await exportIn(project);
    const folder = path.join(project, 'dist/workspace');
    writeFileSync(path.join(folder, 'credentials.yaml'), 'tiny: {}');
    writeFileSync(path.join(folder, 'workflows/small/gone.yaml'), '');
    expect(await exportIn(project)).toMatchObject({ status: 0 });
    expect(existsSync(path.join(folder, 'credentials.yaml'))).toBe(true);
    expect(existsSync(path.join(folder, 'workflows/small/gone.yaml'))).toBe(false);
  });

  it('never overwrites the workspace of another project', async () => {
    const project = createProject({ steps: { one: { job: 'fn(1);' } } });
    writeProjectFile(project, 'openfn.yaml', 'project: { id: mine }');
    const { status, stderr } = await exportIn(project, '.');
    expect(stderr).toContain(
      'openfn.yaml in it was not written by this command. (OUTPUT_UNWRITABLE)',
    );
    expect(status).toBe(2);
  });

  it('explains its purpose', async () => {
    const help = await runCommandLine(['export', '--help']);
    expect(help).toMatchObject({ status: 0, stdout: expect.stringContaining('dist/workspace') });
  });
});
