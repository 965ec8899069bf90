import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProject, readWorkflow } from '#runtime/index.js';
import { createProject, writeProjectFile } from '../support/project.js';

function threeSteps(edges?: string, names = ['one', 'two', 'three']) {
  const steps = Object.fromEntries(names.map(name => [name, { job: 'fn(s => s);' }]));
  return createProject({ steps, edges });
}

const read = (folder: string, workflow = 'small') => readWorkflow(readProject(folder), workflow);

describe('a workflow of project.yaml', () => {
  it('has its steps in the order of the graph, with adaptor, credential, job and edges', async () => {
    const folder = createProject({
      steps: { last: { job: 'fn(2);' }, first: { job: 'fn(1);', credential: 'tiny' } },
      edges: [
        '      start: { source_trigger: cron, target_job: first, condition_type: always }',
        '      next: { source_job: first, target_job: last, condition_type: on_job_failure }',
      ].join('\n'),
    });
    // The trigger that createProject adds leads to `last`; here it also leads to `first`.
    const { steps, starts } = await read(folder);
    expect(starts).toEqual(['last', 'first']);
    expect(steps.map(({ id }) => id)).toEqual(['last', 'first']);
    expect(steps[1]).toMatchObject({
      id: 'first',
      credential: 'tiny',
      source: 'fn(1);',
      file: path.join('jobs', 'first.js'),
      adaptor: {
        name: '@openfn/language-tiny',
        version: '1.0.0',
        folder: path.join(folder, 'adaptors/packages/tiny'),
      },
      next: [{ to: 'last', condition: 'on_job_failure', disabled: false }],
    });
    expect(steps[1]!.adaptor.exports).toContain('put');
  });

  it('treats an edge without enabled as enabled, as the platform does', async () => {
    const folder = threeSteps(
      '      a: { source_job: one, target_job: two, condition_type: always }',
    );
    expect((await read(folder)).steps[0]!.next).toEqual([
      { to: 'two', condition: 'always', disabled: false },
    ]);
  });

  it('requires neither credentials, triggers nor edges', async () => {
    const folder = threeSteps();
    const job = "{ adaptor: '@openfn/language-tiny@1.0.0', body: 'fn(1);' }";
    writeProjectFile(folder, 'project.yaml', `workflows: { lone: { jobs: { a: ${job} } } }`);
    const { steps, starts } = await read(folder, 'lone');
    expect(starts).toEqual(['a']);
    expect(steps).toMatchObject([{ id: 'a', name: 'a', source: 'fn(1);', credential: undefined }]);
  });

  it('uses the key as id of a job with a name in another script', async () => {
    const folder = threeSteps();
    const job = (name: string) =>
      `{ name: ${name}, adaptor: '@openfn/language-tiny@1.0.0', body: 'fn(1);' }`;
    const edge = '{ source_job: fetch, target_job: 写入, condition_type: always }';
    const jobs = `{ fetch: ${job('取病例')}, 写入: ${job('数据')} }`;
    writeProjectFile(
      folder,
      'project.yaml',
      `workflows: { 流程: { jobs: ${jobs}, edges: { e: ${edge} } } }`,
    );
    expect((await read(folder, '流程')).steps).toMatchObject([
      { id: 'fetch', name: '取病例', next: [{ to: '写入' }] },
      { id: '写入', name: '数据', next: [] },
    ]);
  });

  it('finds the adaptors beside the runtime when the project has none', async () => {
    const folder = threeSteps();
    rmSync(path.join(folder, 'adaptors'), { recursive: true });
    const job = "{ adaptor: '@openfn/language-godata@4.0.0', body: 'fn(1);' }";
    writeProjectFile(folder, 'project.yaml', `workflows: { lone: { jobs: { a: ${job} } } }`);
    const { steps } = await read(folder, 'lone');
    expect(steps[0]!.adaptor.folder).toBe(path.resolve('adaptors/packages/godata'));
  });

  it('can be found by its name too', async () => {
    expect((await read(threeSteps(), 'small')).key).toBe('small');
  });
});

describe('a project with a mistake', () => {
  const edge = (text: string) => `      a: { ${text} }`;
  it.each([
    [
      'source_job: one, target_job: tow, condition_type: always',
      'Edge a: target_job tow is unknown.',
    ],
    [
      'source_job: eno, target_job: two, condition_type: always',
      'Edge a: source_job eno is unknown.',
    ],
    [
      'source_trigger: hook, target_job: two, condition_type: always',
      'Edge a: source_trigger hook is unknown.',
    ],
    ['target_job: two, condition_type: always', 'Edge a: source_job or source_trigger is missing.'],
    ['source_job: one, target_job: two', 'Edge a: condition_type must be one of always,'],
    [
      'source_job: one, target_job: two, condition_type: sometimes',
      'Edge a: condition_type must be one of always,',
    ],
    [
      'source_job: one, target_job: two, condition_type: js_expression',
      'Edge a: condition_expression is missing.',
    ],
    [
      "source_job: one, target_job: two, condition_type: js_expression, condition_expression: 'a ==='",
      'Edge a: condition_expression is not a JavaScript expression.',
    ],
    ['source_job: one, target_job: one, condition_type: always', 'Job one leads back to itself'],
  ])('is reported with the edge: %s', async (text, message) => {
    await expect(read(threeSteps(edge(text)))).rejects.toMatchObject({
      code: 'WORKFLOW_INVALID',
      kind: 'configuration',
      message: expect.stringContaining(message),
    });
  });

  it('is reported with a cycle over several jobs', async () => {
    const edges = [
      '      a: { source_job: one, target_job: two, condition_type: always }',
      '      b: { source_job: two, target_job: three, condition_type: always }',
      '      c: { source_job: three, target_job: one, condition_type: always }',
    ].join('\n');
    await expect(read(threeSteps(edges))).rejects.toThrow('leads back to itself');
  });

  it('is reported with two jobs of one name', async () => {
    const folder = threeSteps();
    const yaml = [
      'workflows:',
      '  small:',
      '    jobs:',
      "      a: { name: Same, adaptor: '@openfn/language-tiny@1.0.0', body: 'fn(1);' }",
      "      b: { name: same, adaptor: '@openfn/language-tiny@1.0.0', body: 'fn(1);' }",
      '    edges: { e: { source_job: a, target_job: b, condition_type: always } }',
    ].join('\n');
    writeProjectFile(folder, 'project.yaml', yaml);
    await expect(read(folder)).rejects.toThrow('Two jobs are named same.');
  });

  it('is reported with a missing job file and the job', async () => {
    const folder = threeSteps();
    rmSync(path.join(folder, 'jobs/two.js'));
    await expect(read(folder)).rejects.toMatchObject({
      code: 'JOB_NOT_FOUND',
      message: expect.stringMatching(/There is no file of job two, .*two\.js\./),
    });
  });

  it('is reported with an adaptor that is missing, or not built', async () => {
    const missing = createProject({
      steps: { one: { job: '', adaptor: '@openfn/language-nowhere@1.0.0' } },
    });
    await expect(read(missing)).rejects.toMatchObject({
      code: 'ADAPTOR_NOT_FOUND',
      message: expect.stringContaining('@openfn/language-nowhere'),
    });
    const unbuilt = threeSteps();
    rmSync(path.join(unbuilt, 'adaptors/packages/tiny/dist'), { recursive: true });
    await expect(read(unbuilt)).rejects.toMatchObject({
      code: 'ADAPTOR_NOT_BUILT',
      fix: 'Run: npm run build',
    });
  });

  it('is reported with an unknown credential', async () => {
    const folder = createProject({ steps: { one: { job: '', credential: 'other' } } });
    await expect(read(folder)).rejects.toThrow(
      "Job one: credential admin-other is not among the project's credentials.",
    );
  });

  it('is refused for invalid YAML, and for another spec version', () => {
    const folder = threeSteps();
    writeProjectFile(folder, 'project.yaml', 'workflows: [');
    expect(() => readProject(folder)).toThrow(/project\.yaml is not YAML: line 1, column 13\./);
    writeProjectFile(folder, 'project.yaml', 'workflows: {}\nname: *S3cret\n');
    expect(() => readProject(folder)).toThrow(/project\.yaml is not YAML: line 2, column 7\.$/);
    writeProjectFile(folder, 'project.yaml', "schema_version: '3.0'\nworkflows: []\n");
    expect(() => readProject(folder)).toThrow('is not a project in OpenFn');
  });
});
