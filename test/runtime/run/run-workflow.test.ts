import { describe, expect, it } from 'vitest';
import type { RunEvent } from '#runtime/index.js';
import { runWorkflow } from '#runtime/index.js';
import { createProject } from '../support/project.js';

const CREDENTIALS = { tiny: { apiUrl: 'https://tiny.example.org/api', password: 's3cret' } };

function run(steps: Record<string, string>, edges?: string, state: Record<string, unknown> = {}) {
  const project = createProject({
    steps: Object.fromEntries(Object.entries(steps).map(([key, job]) => [key, { job }])),
    edges,
  });
  const events: RunEvent[] = [];
  const outcome = runWorkflow({
    project,
    workflow: 'small',
    state,
    onEvent: event => events.push(event),
  });
  return outcome.then(result => ({ ...result, events }));
}

describe('a workflow that succeeds', () => {
  it('passes state from step to step through the edges of project.yaml', async () => {
    const { state, exitStatus, steps } = await run({
      one: "put('a', 1);",
      two: "put('b', $.a + 1);",
      three: "put('c', $.b + 1);",
    });
    expect(state).toMatchObject({ a: 1, b: 2, c: 3 });
    expect(exitStatus).toBe(0);
    expect(steps.map(({ step }) => step)).toEqual(['one', 'two', 'three']);
  });

  it('gives a step its credential, and omits configuration and response from the state', async () => {
    const project = createProject({
      steps: {
        one: { job: 'showConfiguration();', credential: 'tiny' },
        two: { job: 'fn(s => s);' },
      },
    });
    const { state } = await runWorkflow({ project, workflow: 'small', credentials: CREDENTIALS });
    expect(state.seen).toEqual(['apiUrl', 'password']);
    expect(state).not.toHaveProperty('configuration');
    expect(state).not.toHaveProperty('response');
  });

  it('runs a job with an adaptor from node_modules', async () => {
    const project = createProject({
      steps: {
        one: {
          job: 'fn(state => ({ ...state, n: _.sum([1, 2]) }));',
          adaptor: '@openfn/language-common@3.3.4',
        },
      },
    });
    const { state } = await runWorkflow({ project, workflow: 'small' });
    expect(state.n).toBe(3);
  });

  it('resolves lazy state and promise chains in the engine', async () => {
    const { state, exitStatus } = await run({
      one: [
        'fn(state => ({ ...state, data: { items: [1, 2, 3] }, total: 0 }));',
        'each($.data.items, fn(state => { state.total += state.data; return state; }));',
        "fn(async () => { throw new Error('thrown'); })",
        '  .catch((error, state) => ({ ...state, caught: error.message }))',
        '  .then(state => ({ ...state, after: true }));',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the job's own template
        'fnIf($.after && $.total === 6, put("sum", { twice: $.total * 2, text: `is ${$.total}` }));',
      ].join('\n'),
    });
    expect(state).toMatchObject({
      caught: 'thrown',
      after: true,
      sum: { twice: 12, text: 'is 6' },
    });
    expect(exitStatus).toBe(0);
  });

  it('reports steps and the lines that jobs log', async () => {
    const { events } = await run({
      one: "fn(state => { console.log('hello', 2); return state; });",
    });
    expect(events.filter(({ type }) => type !== 'engine')).toEqual([
      { type: 'step-start', step: 'one' },
      { type: 'log', source: 'job', level: 'info', line: 'hello 2' },
      {
        type: 'step-complete',
        step: 'one',
        seconds: expect.any(Number),
        stateBytes: 11,
        state: { data: {}, jobsHash: expect.any(String) },
      },
    ]);
  });

  it('ends with status 3 when a step rejected records', async () => {
    const { exitStatus, report } = await run({
      one: "report('one', { created: 1, rejectedCount: 2 });",
    });
    expect(exitStatus).toBe(3);
    expect(report.one).toMatchObject({ created: 1, rejectedCount: 2 });
  });

  it('reports the changes of every writing step, each once', async () => {
    const plan = (columns: string[], ...rows: string[]) => {
      const table = { columns, rows: rows.map(row => [row]), total: rows.length };
      return `put('data', { plan: ${JSON.stringify(table)} });`;
    };
    const { plan: told } = await run({
      one: plan(['location'], 'a', 'b'),
      two: 'fn(s => s);',
      three: "put('data', {});",
      four: plan(['case'], 'c'),
      five: plan(['case']),
    });
    expect(told).toEqual({ columns: ['location / case'], rows: [['a'], ['b'], ['c']], total: 3 });
  });

  it('follows a js_expression edge only when it is true', async () => {
    const edge = (to: string, expression: string) =>
      `      one->${to}: { source_job: one, target_job: ${to}, condition_type: js_expression, condition_expression: '${expression}', enabled: true }`;
    const { steps } = await run(
      { one: "put('n', 1);", yes: 'fn(s => s);', no: 'fn(s => s);' },
      `${edge('yes', 'state.n === 1')}\n${edge('no', 'state.n === 2')}`,
    );
    expect(steps.map(({ step }) => step)).toEqual(['one', 'yes']);
  });
});

describe('a step that fails', () => {
  it("fails the run and keeps code, fix and details of the adaptor's error", async () => {
    const { exitStatus, errors, state, steps } = await run({
      one: "failWith({ code: 'LOGIN_FAILED', message: 'No.', fix: 'Look.', details: { status: 401 } });",
      two: "put('never', 1);",
    });
    expect(exitStatus).toBe(1);
    expect(errors).toEqual([
      {
        step: 'one',
        code: 'LOGIN_FAILED',
        message: 'No.',
        fix: 'Look.',
        details: { status: 401 },
        kind: 'failure',
        at: 'jobs/one.js:1',
      },
    ]);
    expect(state.errors).toEqual({ one: errors[0] });
    expect(steps.map(({ step }) => step)).toEqual(['one']);
  });

  it('ends with status 2 when it is a configuration error', async () => {
    const { exitStatus } = await run({
      one: "failWith({ code: 'UNKNOWN_OUTBREAK', message: 'No.', kind: 'configuration' });",
    });
    expect(exitStatus).toBe(2);
  });

  it('runs the step after an on_job_failure edge and still fails', async () => {
    const { exitStatus, state, steps } = await run(
      { one: "failWith({ code: 'X', message: 'No.' });", notify: "put('notified', true);" },
      '      one->notify: { source_job: one, target_job: notify, condition_type: on_job_failure, enabled: true }',
    );
    expect(steps.map(({ step }) => step)).toEqual(['one', 'notify']);
    expect(state.notified).toBe(true);
    expect(state.errors).toHaveProperty('one');
    expect(exitStatus).toBe(1);
  });

  it("keeps no request, response or secret of another library's error", async () => {
    const { errors, state } = await run({ one: 'failForeign();' });
    expect(errors[0]!.message).toBe('GET https://x.org/api/cases?... failed with 500');
    expect(JSON.stringify({ errors, state })).not.toMatch(/"Ada"|t0ken|pw@/);
  });

  it('reports job file and line of a mistake in a job', async () => {
    const { errors, exitStatus } = await run({
      one: '\n\nfn(state => {\n  const x = null;\n  return x.y;\n});',
    });
    expect(errors[0]).toMatchObject({
      code: 'TypeError',
      at: expect.stringMatching(/^jobs\/one\.js:5:/),
    });
    expect(exitStatus).toBe(1);
  });

  it('reports job file and line of an unknown name, with status 2', async () => {
    const { errors, exitStatus } = await run({ one: "// a comment\nput('a', 1);\nputt('b', 2);" });
    expect(errors[0]).toMatchObject({
      step: 'one',
      code: 'ReferenceError',
      at: expect.stringMatching(/^jobs\/one\.js:3:/),
    });
    expect(exitStatus).toBe(2);
  });

  it.each([
    ['an adaptor refuses', 'refuse();', 'option: no.'],
    ['JavaScript refuses', 'const none = null;\nput("a", none.b);', 'TypeError: Cannot read'],
  ])('has status 2 if %s a call while the job is loaded', async (_, one, message) => {
    const { errors, exitStatus } = await run({ one });
    expect(errors[0]).toMatchObject({
      kind: 'configuration',
      message: expect.stringContaining(message),
      fix: expect.stringContaining('Correct the job.'),
      at: expect.stringMatching(/^jobs\/one\.js/),
    });
    expect(exitStatus).toBe(2);
  });

  it('refuses a top-level call that returns no operation', async () => {
    const { errors, exitStatus } = await run({ one: "put('a', 1);\n\nconsole.log('x');" });
    expect(errors[0]).toMatchObject({
      step: 'one',
      message: expect.stringContaining('Invalid operation'),
      at: 'jobs/one.js:3',
    });
    expect(exitStatus).toBe(2);
  });

  it.each([
    ["throw new Error('boom');"],
    ["return Promise.reject(new Error('boom'));"],
    ["return Promise.reject('boom');"],
  ])('reports job file and line of the operation that ends with: %s', async statement => {
    const { errors, exitStatus } = await run({
      zero: "put('a', 1);",
      one: `put('a', 1);\n\nfn(async state => { ${statement} });`,
    });
    expect(errors).toMatchObject([{ step: 'one', message: 'boom', at: 'jobs/one.js:3' }]);
    expect(exitStatus).toBe(1);
  });

  it("keeps the code of another library's error, or its name", async () => {
    const code = await run({ one: "failPlain({ code: 'ECONNREFUSED' });" });
    expect(code.errors[0]).toMatchObject({ code: 'ECONNREFUSED' });
    const name = await run({ one: "failPlain({ name: 'FetchError', code: 7 });" });
    expect(name.errors[0]).toMatchObject({ code: 'FetchError' });
  });

  it.each([
    ['last', { one: "put('a', 1);\nfn(state => { state.b = 1; });" }],
    ['middle', { one: "put('a', 1);\nfn(state => { state.b = 1; });", two: "put('c', 1);" }],
  ])('refuses a %s step that returns no state', async (_, steps) => {
    const { errors, exitStatus, ...rest } = await run(steps as Record<string, string>);
    expect(errors).toEqual([
      {
        step: 'one',
        code: 'NO_STATE',
        message: 'Step one returned no state.',
        fix: 'End the function with: return state',
        kind: 'configuration',
        at: 'jobs/one.js:2',
      },
    ]);
    expect(exitStatus).toBe(2);
    expect(rest.steps).toEqual([]);
  });

  const condition = (text: string) =>
    `      one->two: { source_job: one, target_job: two, condition_type: js_expression, condition_expression: '${text}', enabled: true }`;

  it('reports that there is no state also when a condition reads it', async () => {
    const { errors } = await run(
      { one: 'fn(state => {});', two: 'fn(s => s);' },
      condition('state.data.n === 1'),
    );
    expect(errors).toMatchObject([{ step: 'one', code: 'NO_STATE' }]);
  });

  it('reports the edge with a failed condition, and the error that it hides', async () => {
    const steps = { one: 'fn(s => s);', two: 'fn(s => s);' };
    const { errors, exitStatus } = await run(steps, condition('state.a.b === 1 // when b'));
    expect(errors).toMatchObject([
      {
        code: 'EdgeConditionError',
        message: expect.stringMatching(/^Edge one → two: Cannot read properties of undefined/),
      },
    ]);
    expect(exitStatus).toBe(2);
    const failing = { ...steps, one: "failWith({ code: 'X', message: 'Gone.' });" };
    const hidden = await run(failing, condition('state.a.b === 1'));
    expect(hidden.errors[0]!.message).toContain('Before that, the step failed: Gone.');
  });

  it('reports errors without secrets and under their step, with several last steps', async () => {
    const edge = (to: string) =>
      `      one->${to}: { source_job: one, target_job: ${to}, condition_type: always, enabled: true }`;
    const { state, errors } = await run(
      { one: 'fn(s => s);', good: 'fn(s => s);', bad: 'failForeign();' },
      `${edge('good')}\n${edge('bad')}`,
    );
    expect(state).toEqual({ good: { data: {} }, bad: { data: {}, errors: { bad: errors[0] } } });
    expect(JSON.stringify(state)).not.toMatch(/"Ada"|t0ken|pw@/);
  });

  it('refuses eval with status 2, and reports the line', async () => {
    const { errors, exitStatus } = await run({ one: "\nfn(state => eval('state'));" });
    expect(errors).toMatchObject([{ code: 'SecurityError', at: 'jobs/one.js:2' }]);
    expect(exitStatus).toBe(2);
  });

  it('refuses any import except of an adaptor', async () => {
    const { errors, exitStatus } = await run({ one: "import _ from 'lodash';\nput('a', 1);" });
    expect(errors[0]).toMatchObject({ step: 'one', code: 'ImportError' });
    expect(exitStatus).toBe(2);
  });

  it('refuses a state over 10 MB and reports the step and the size', async () => {
    const { errors, exitStatus, steps } = await run({
      one: "put('big', 'x'.repeat(11 * 1024 * 1024));",
      two: 'fn(s => s);',
    });
    expect(errors[0]).toMatchObject({
      code: 'STATE_TOO_LARGE',
      message: expect.stringContaining('Step one returns a state of 11.0 MB'),
    });
    expect(exitStatus).toBe(1);
    expect(steps.map(({ step }) => step)).toEqual(['one']);
  });
});

describe('a run that cannot begin', () => {
  it('compiles every job before the first one runs', async () => {
    const attempt = run({ one: "put('a', 1);", two: 'fn(' });
    await expect(attempt).rejects.toMatchObject({
      code: 'JOB_SYNTAX',
      kind: 'configuration',
      details: { file: 'jobs/two.js', line: 1, column: 4 },
    });
  });

  it('reports every problem of the credentials and none of their values', async () => {
    const project = createProject({ steps: { one: { job: 'fn(s => s);', credential: 'tiny' } } });
    const attempt = (tiny: unknown) =>
      runWorkflow({ project, workflow: 'small', credentials: tiny === undefined ? {} : { tiny } });
    await expect(attempt(undefined)).rejects.toThrow('Credential tiny (step one) is missing.');
    await expect(attempt({ apiUrl: 'hush', pageSize: 'quiet' })).rejects.toThrow(
      /^Credentials given to the run: Credential tiny: password is missing\. Credential tiny: apiUrl must be a URL, for example https:\/\/tiny\.example\.org\/api\. Credential tiny: pageSize must be integer\.$/,
    );
    await expect(attempt('hush')).rejects.toThrow('must be an object');
  });

  it('reports a missing credential once, with or without a file', async () => {
    const step = { job: 'fn(s => s);', credential: 'tiny' };
    const request = {
      project: createProject({ steps: { one: step, two: step } }),
      workflow: 'small',
    };
    await expect(runWorkflow(request)).rejects.toMatchObject({
      code: 'CREDENTIALS_NOT_GIVEN',
      message: 'No credentials file was given. The workflow needs: tiny.',
    });
    await expect(runWorkflow({ ...request, credentials: {} })).rejects.toThrow(
      /^Credentials given to the run: Credential tiny \(steps one, two\) is missing\.$/,
    );
  });
});
