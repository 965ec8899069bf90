import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkProject, RULES, type Rule } from '#runtime/index.js';
import { writeProjectFile } from '../support/project.js';
import { type Changes, problemsOf, projectOf } from './project-of.js';

/**
 * rule, place (line and its first words, or line:column in jobs/one.js), part of the message,
 * change
 */
type Case = [rule: Rule, at: string, message: string, changes: Changes];
const yaml = (from: string, to: string): Changes => ({ yaml: [from, to] });
const job = (text: string): Changes => ({ job: text });

const IN_YAML: Case[] = [
  ['not-yaml', '7 name', 'This key exists already', yaml('    jobs:', '    name: two\n    jobs:')],
  [
    'not-yaml',
    '15 ',
    'This is not YAML',
    yaml('condition_type: on_job_success, enabled: true }', 'condition_type: "on_job_success'),
  ],
  [
    'wrong-shape',
    '6 name',
    'workflows → small → name must be text.',
    yaml('name: small', 'name: 2026'),
  ],
  [
    'wrong-shape',
    '11 cron',
    'workflows → small → triggers → cron must be a map.',
    yaml(
      "{ type: cron, enabled: true, cron_expression: '0 5 * * *', cron_cursor_job: two }",
      'cron',
    ),
  ],
  [
    'wrong-shape',
    '13 enabled',
    'enabled must be true or false.',
    yaml('enabled: true }\n      next', 'enabled: "no" }\n      next'),
  ],
  [
    'wrong-shape',
    '9 body',
    'body must be text or { path: jobs/file.js }.',
    yaml('{ path: jobs/two.js }', '[jobs/two.js]'),
  ],
  [
    'wrong-shape',
    '5 small',
    'workflows → small must be a map.',
    yaml('  small:\n', '  small: []\n  other:\n'),
  ],
  [
    'wrong-shape',
    '2 collections',
    'collections must be a map.',
    yaml('credentials:', 'collections: [links]\ncredentials:'),
  ],
  ['bad-name', '1 desc', 'The project has no name.', yaml('name: tiny\n', 'description: x\n')],
  ['bad-name', '5 small', 'The workflow has no name.', yaml('    name: small\n', '')],
  [
    'bad-name',
    '8 name',
    'Job one: the platform accepts only names of letters A to Z',
    yaml('name: one', 'name: Étape 1'),
  ],
  ['bad-name', '8 one', 'Job one: it has no name.', yaml('name: one, ', '')],
  [
    'duplicate-name',
    '9 two',
    'Job two has the same name as Job one',
    yaml('name: two', 'name: One'),
  ],
  [
    'duplicate-name',
    '9 two',
    'Job two has the same name as Trigger cron',
    yaml('name: two', 'name: cron'),
  ],
  [
    'duplicate-name',
    '4 b',
    'Credential b has the same name as Credential admin-tiny',
    yaml('workflows:', '  b: { name: tiny, owner: admin@example.org }\nworkflows:'),
  ],
  [
    'bad-credential',
    '3 admin-tiny',
    'Credential admin-tiny: owner is missing.',
    yaml(', owner: admin@example.org', ''),
  ],
  [
    'bad-collection',
    '3 links',
    'Collection links: name must be lower-case',
    yaml('credentials:', 'collections:\n  links: { name: My links }\ncredentials:'),
  ],
  [
    'no-jobs',
    '5 none',
    'It has no jobs.',
    yaml('workflows:', 'workflows:\n  none: { name: none }'),
  ],
  [
    'missing-adaptor',
    '9 two',
    'Job two: adaptor is missing.',
    yaml("two, adaptor: '@openfn/language-tiny@1.0.0'", 'two'),
  ],
  [
    'missing-adaptor',
    '9 adaptor',
    'The adaptor @openfn/language-nowhere is neither in',
    yaml(
      "name: two, adaptor: '@openfn/language-tiny@1.0.0'",
      "name: two, adaptor: '@openfn/language-nowhere@1.0.0'",
    ),
  ],
  [
    'bad-adaptor',
    '9 adaptor',
    'Job two: lodash@4.0.0 is not the name of an adaptor',
    yaml("name: two, adaptor: '@openfn/language-tiny@1.0.0'", 'name: two, adaptor: lodash@4.0.0'),
  ],
  [
    'unpinned-adaptor',
    '9 adaptor',
    '@openfn/language-tiny names no version',
    yaml(
      "name: two, adaptor: '@openfn/language-tiny@1.0.0'",
      "name: two, adaptor: '@openfn/language-tiny'",
    ),
  ],
  [
    'unpinned-adaptor',
    '9 adaptor',
    '@openfn/language-tiny@latest names no version',
    yaml(
      "name: two, adaptor: '@openfn/language-tiny@1.0.0'",
      "name: two, adaptor: '@openfn/language-tiny@latest'",
    ),
  ],
  [
    'unpinned-adaptor',
    '9 adaptor',
    '@openfn/language-tiny@^1.0.0 names no version',
    yaml(
      "name: two, adaptor: '@openfn/language-tiny@1.0.0'",
      "name: two, adaptor: '@openfn/language-tiny@^1.0.0'",
    ),
  ],
  [
    'other-version',
    '9 adaptor',
    'version 1.2.0 is named, but 1.0.0 is installed',
    yaml(
      "name: two, adaptor: '@openfn/language-tiny@1.0.0'",
      "name: two, adaptor: '@openfn/language-tiny@1.2.0'",
    ),
  ],
  [
    'unknown-credential',
    '9 credential',
    'Job two: credential admin-other is not among',
    yaml(
      "'@openfn/language-tiny@1.0.0', body",
      "'@openfn/language-tiny@1.0.0', credential: admin-other, body",
    ),
  ],
  [
    'missing-body',
    '9 two',
    'Job two: body must be text or',
    yaml(', body: { path: jobs/two.js }', ''),
  ],
  [
    'missing-body',
    '9 body',
    'Job two: there is no file jobs/tow.js.',
    yaml('jobs/two.js', 'jobs/tow.js'),
  ],
  [
    'outside-project',
    '9 body',
    'Job two: ../two.js is not a path inside the project.',
    yaml('jobs/two.js', '../two.js'),
  ],
  ['missing-body', '9 body', 'Job two: its body is empty.', yaml('{ path: jobs/two.js }', '" "')],
  [
    'unknown-name',
    '9 body',
    'Job two, line 2 of its body: The platform has no fetch.',
    yaml('{ path: jobs/two.js }', '"fn(1);\\nfn(fetch);"'),
  ],
  [
    'bad-trigger',
    '11 type',
    'Trigger cron: type must be one of cron, webhook, kafka.',
    yaml('type: cron', 'type: timer'),
  ],
  [
    'bad-trigger',
    '12 hook',
    'Trigger hook: no edge leads from it to a job.',
    yaml('    edges:', '      hook: { type: webhook, enabled: true }\n    edges:'),
  ],
  [
    'bad-trigger',
    '11 cron_expression',
    'cron_expression has no effect on a webhook.',
    yaml('type: cron', 'type: webhook'),
  ],
  [
    'bad-trigger',
    '11 webhook_reply',
    'webhook_reply has no effect on a cron.',
    yaml('type: cron', 'type: cron, webhook_reply: before_start'),
  ],
  [
    'bad-trigger',
    '12 webhook_reply',
    'Trigger hook: webhook_reply must be before_start or after_completion.',
    yaml(
      '    edges:',
      '      hook: { type: webhook, enabled: true, webhook_reply: later }\n    edges:\n      hooked: { source_trigger: hook, target_job: one, condition_type: always, enabled: true }',
    ),
  ],
  [
    'bad-cron',
    '11 cron',
    'cron_expression is missing.',
    yaml("cron_expression: '0 5 * * *', ", ''),
  ],
  [
    'bad-cron',
    '11 cron_expression',
    'cron_expression has 25 for the hour: it must be 0 to 23',
    yaml('0 5 * * *', '0 25 * * *'),
  ],
  [
    'unknown-job',
    '11 cron_cursor_job',
    'Trigger cron: cron_cursor_job tow is unknown.',
    yaml('cron_cursor_job: two', 'cron_cursor_job: tow'),
  ],
  [
    'unknown-job',
    '14 target_job',
    'Edge next: target_job tow is unknown.',
    yaml('one, target_job: two', 'one, target_job: tow'),
  ],
  [
    'unknown-job',
    '14 next',
    'Edge next: source_job or source_trigger is missing.',
    yaml('source_job: one, ', ''),
  ],
  [
    'unknown-trigger',
    '13 source_trigger',
    'Edge start: source_trigger corn is unknown.',
    yaml('source_trigger: cron', 'source_trigger: corn'),
  ],
  [
    'two-sources',
    '14 source_job',
    'Edge next: source_job and source_trigger exclude each other.',
    yaml('source_job: one', 'source_job: one, source_trigger: cron'),
  ],
  [
    'duplicate-edge',
    '15 next',
    'Edge next: again leads from and to the same steps',
    yaml(
      'enabled: true }\n      next',
      'enabled: true }\n      again: { source_job: one, target_job: two, condition_type: always }\n      next',
    ),
  ],
  [
    'bad-condition',
    '14 next',
    'condition_type must be one of always,',
    yaml('condition_type: on_job_success', 'condition: on_job_success'),
  ],
  [
    'bad-condition',
    '13 condition_type',
    'on_job_success has no effect after a trigger',
    yaml('condition_type: always', 'condition_type: on_job_success'),
  ],
  [
    'bad-condition',
    '14 condition_expression',
    'condition_expression has no effect while condition_type is always',
    yaml(
      'condition_type: on_job_success',
      'condition_type: always, condition_expression: state.data',
    ),
  ],
  [
    'bad-condition',
    '14 condition_expression',
    'condition_expression is not a JavaScript expression',
    yaml(
      'condition_type: on_job_success',
      'condition_type: js_expression, condition_expression: "a ==="',
    ),
  ],
  [
    'bad-condition',
    '14 condition_expression',
    'condition_expression must be one expression',
    yaml(
      'condition_type: on_job_success',
      'condition_type: js_expression, condition_expression: "1; 2"',
    ),
  ],
  [
    'bad-condition',
    '14 condition_expression',
    'it must not begin with an empty line',
    yaml(
      'condition_type: on_job_success',
      'condition_type: js_expression, condition_expression: "\\nstate.data"',
    ),
  ],
  [
    'bad-condition',
    '14 condition_expression',
    'condition_expression cannot use $, only state',
    yaml(
      'condition_type: on_job_success',
      'condition_type: js_expression, condition_expression: "$.data.x"',
    ),
  ],
  ...[
    'state.more = false',
    'state.data.n++ > 1',
    'delete state.data.x',
    'state.data.list.sort()[0] === 1',
    '(() => { state.more = false; return true; })()',
  ].map(
    (text): Case => [
      'bad-condition',
      '14 condition_expression',
      'changes the state of the next step',
      yaml(
        'condition_type: on_job_success',
        `condition_type: js_expression, condition_expression: "${text}"`,
      ),
    ],
  ),
  [
    'bad-condition',
    '14 condition_type',
    'condition_type never ends a run on the engine: write enabled: false instead',
    yaml('condition_type: on_job_success', 'condition_type: never'),
  ],
  [
    'bad-condition',
    '14 condition_expression',
    'contains the word await, which the platform refuses',
    yaml(
      'condition_type: on_job_success',
      'condition_type: js_expression, condition_expression: "state.await"',
    ),
  ],
  [
    'bad-condition',
    '14 condition_expression',
    'is longer than 255 characters',
    yaml(
      'condition_type: on_job_success',
      `condition_type: js_expression, condition_expression: "${'!'.repeat(256)}state"`,
    ),
  ],
  [
    'cycle',
    '9 two',
    'Job two leads back to itself',
    yaml(
      'enabled: true }\n      next',
      'enabled: true }\n      back: { source_job: two, target_job: one, condition_type: always }\n      next',
    ),
  ],
  [
    'unreachable-job',
    '8 lost',
    'Job lost: no trigger leads to it',
    yaml(
      '    jobs:',
      "    jobs:\n      lost: { name: lost, adaptor: '@openfn/language-tiny@1.0.0', body: 'fn(1);' }",
    ),
  ],
];

const IN_JOB: Case[] = [
  ['syntax', '2:5', 'Unexpected token.', job('fn(\n  a b)')],
  ['lazy-state', '1:11', 'Must be inside an operation.', job('const a = $.data;\nfn(a);')],
  ['unknown-name', '1:4', 'The platform has no fetch.', job('fn(fetch);')],
  ['unknown-name', '1:5', 'The platform has no fetch.', job('fn(!fetch);')],
  ['unknown-name', '1:1', 'The platform has collections', job("collections.get('x', $.key);")],
  ['unknown-name', '1:17', 'The platform has no URL.', job('fn(state => new URL(state.x));')],
  ['unknown-name', '1:13', 'The platform has no process.', job('fn(state => process.env.X);')],
  ['unknown-name', '1:13', 'The platform has no eval.', job('fn(state => eval(state.x));')],
  [
    'unknown-name',
    '1:17',
    'blocks code that is created from text.',
    job("fn(state => new Function('x'));"),
  ],
  [
    'unknown-name',
    '1:1',
    'ptu is neither declared in the job nor exported by @openfn/language-tiny. Did you mean put?',
    job("ptu('a', 1);"),
  ],
  ['import', '1:1', 'lodash cannot be imported', job("import _ from 'lodash';\nfn(_);")],
  ['import', '1:1', './lib.js cannot be imported', job("export * from './lib.js';\nfn(1);")],
  [
    'import',
    '1:10',
    '@openfn/language-tiny exports no tup.',
    job("import { tup } from '@openfn/language-tiny';\nfn(tup);"),
  ],
  ['import', '1:19', 'A job cannot import while it runs.', job("fn(async state => import('x'));")],
  ['no-operation', '1:1', 'This call is not an operation', job("console.log('x');\nfn(1);")],
  ['no-operation', '1:1', 'This call is not an operation', job('[1, 2].forEach(n => n);\nfn(1);')],
  ['no-operation', '1:1', 'This call is not an operation', job('Object.keys({}).map(fn);\nfn(1);')],
  ['never-run', '1:13', 'This operation is never run', job('if (true) { fn(1); }\nfn(2);')],
  [
    'never-run',
    '1:27',
    'This operation is never run',
    job('for (const a of [1, 2]) { put(a, a); }\nfn(2);'),
  ],
  ['never-run', '1:9', 'This operation is never run', job('true && fn(1);\nfn(2);')],
  ['never-run', '1:7', 'This operation is never run', job('await fn(1);\nfn(2);')],
  ['never-run', '1:1', 'This expression does nothing.', job('state => state;\nfn(2);')],
  ['never-run', '2:1', 'This expression does nothing.', job('const op = fn(1);\nop;\nfn(2);')],
  ['never-run', '1:7', 'op is created but never used', job('const op = fn(1);\nfn(2);')],
  ['never-run', '1:1', 'This job has no operations', job('const a = 1;')],
  ['never-run', '1:1', 'This job has no operations', job('export default [];')],
  [
    'never-run',
    '2:1',
    'lists its operations in export default',
    job('export default [fn(1)];\nfn(2);'),
  ],
  ['unknown-name', '1:17', 'nope is neither declared', job('export default [nope(1)];')],
  [
    'syntax',
    '2:10',
    'exported under the name default',
    job('const a = [fn(1)];\nexport { a as default };'),
  ],
  [
    'unsupported-syntax',
    '1:11',
    'cannot read a number with underscores',
    job('const n = 1_000;\nfn(n);'),
  ],
  ['unsupported-syntax', '1:4', 'cannot read a BigInt literal', job('fn(10n);')],
  [
    'unsupported-syntax',
    '1:11',
    'cannot read a class field',
    job('class A { a = 1 }\nfn(new A());'),
  ],
  [
    'unsupported-syntax',
    '1:11',
    'cannot read a private name',
    job('class A { #a() {} }\nfn(new A());'),
  ],
  [
    'unsupported-syntax',
    '1:11',
    'cannot read a static block',
    job('class A { static {} }\nfn(new A());'),
  ],
  [
    'unsupported-syntax',
    '1:23',
    'cannot read a catch without a parameter',
    job('fn(state => { try { } catch { } return state; });'),
  ],
  [
    'unsupported-syntax',
    '1:1',
    'cannot read a first line with #!',
    job('#!/usr/bin/env openfn\nfn(1);'),
  ],
  ['unfit-step', '2:6', 'It gets no b.', job("offer('a');\nneed('b');")],
  ['unfit-step', '1:13', 'It gets no b.', job("const it = ['b'];\noffer('a');\nneed(it.at(0));")],
  ['unfit-step', '1:1', 'It gets no b1.', job("offer('a');\nneed('b' + 1);")],
  ['refused-option', '1:1', 'option: no.', job('refuse();')],
];

const AT_THE_ENDS: Case[] = [
  [
    'several-ends',
    '12 edges',
    'A run has 2 last steps',
    yaml(
      '    edges:',
      '    edges:\n      fork: { source_trigger: cron, target_job: two, condition_type: always }',
    ),
  ],
  [
    'swallowed-failure',
    '9 two',
    'Job two ends a run in which one failed',
    yaml('on_job_success', 'on_job_failure'),
  ],
];

/** A problem as a case describes it; its place is the line and its first words. */
async function seen([, place, , changes]: Case) {
  const folder = projectOf(changes);
  const lines = readFileSync(path.join(folder, 'project.yaml'), 'utf8').split('\n');
  const { problems } = await checkProject(folder);
  return problems.map(problem => {
    const { line = 0, column = 0, file } = problem;
    const length = place.length - place.indexOf(' ') - 1;
    const text = lines[line - 1]?.slice(column - 1, column - 1 + length);
    return { rule: problem.rule, message: problem.message, file, place: `${line} ${text}` };
  });
}

describe('a project without mistakes', () => {
  it('has no problems', async () => {
    expect(await checkProject(projectOf({}))).toEqual({ workflows: 1, jobs: 2, problems: [] });
  });

  it.each([
    [
      'every name that the platform provides',
      'fn(async state => { setTimeout(parseInt, 1); console.log(new Map(), Buffer.from("x"), Intl, globalThis, undefined); return state; });',
    ],
    [
      'the adaptor’s exports, also by import',
      "import { put } from '@openfn/language-tiny';\nput('a', 1);\nfnIf($.data.x, fn(state => state));",
    ],
    [
      'a name that is tested before it is used',
      "fn(state => (typeof fetch === 'function' ? { ...state, x: fetch } : state));",
    ],
    [
      'its own names',
      'const fetch = 1;\nexport const URL = process => process;\nfn(fetch);\nfn(URL);',
    ],
    ['operations in constants that are used', 'const op = fn(1);\nfn(op);\neach($.data, op);'],
    ['operations in exports', "export const op = put('a', 1);\nfn(1);"],
    ['a directive', "'use strict';\nfn(1);"],
    ['a promise chain', "put('a', 1).then(state => state).catch(error => { throw error; });"],
    [
      'labels, generators and templates',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the job's own template
      'function* ids() { yield* [1]; }\nfn(state => { a: for (;;) break a; return { ...state, t: `${[...ids()]}` }; });',
    ],
    ['a list of operations', 'fn(1);\nexport default [fn(2), put(3, $.data.x)];'],
    [
      'an export default',
      "import { fn } from '@openfn/language-tiny';\nconst op = fn(s => s);\nexport default [op];",
    ],
  ])('may have a job with %s', async (_, text) => {
    expect(await problemsOf(job(text))).toEqual([]);
  });

  it.each([
    [
      'no triggers',
      "    triggers:\n      cron: { type: cron, enabled: true, cron_expression: '0 5 * * *', cron_cursor_job: two }\n    edges:\n      start: { source_trigger: cron, target_job: one, condition_type: always, enabled: true }\n",
      '    edges:\n',
    ],
    [
      'an expression that YAML reads as a boolean',
      'condition_type: on_job_success',
      'condition_type: js_expression, condition_expression: true',
    ],
    [
      'an expression of several lines',
      'condition_type: on_job_success',
      'condition_type: js_expression, condition_expression: "!state.errors &&\\n  state.data.x > 0;\\n"',
    ],
    [
      'edges with conditions that exclude each other',
      'enabled: true }\n      next',
      'enabled: true }\n      other: { source_trigger: cron, target_job: two, condition_type: js_expression, condition_expression: state.x }\n      next',
    ],
    ['no credential', 'credential: admin-tiny', 'credential: null'],
    [
      'keys without a value',
      'source_job: one, target_job: two',
      'source_job: one, source_trigger: null, condition_expression: null, condition_label: null, target_job: two',
    ],
    ['collections', 'credentials:', 'collections:\n  links: { name: links.v-2_a }\ncredentials:'],
    ['empty maps', 'credentials:', 'collections:\ncredentials:'],
  ])('may have %s', async (_, from, to) => {
    const changed = yaml(from, to);
    if (to.includes('other:')) changed.yaml![1] = to;
    const problems = await problemsOf(changed);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('a problem of project.yaml', () => {
  it.each([...IN_YAML, ...AT_THE_ENDS])(
    'is reported with its rule and place: %s %s %s',
    async (...each) => {
      const [rule, place, message] = each;
      expect(await seen(each)).toContainEqual({
        rule,
        place,
        file: 'project.yaml',
        message: expect.stringContaining(message),
      });
    },
  );
});

describe('a problem of a job', () => {
  it.each(IN_JOB)('is reported with its rule and place: %s %s %s', async (...each) => {
    const problems = await problemsOf(each[3]);
    expect(
      problems.map(({ rule, file, line, column }) => [rule, file, `${line}:${column}`]),
    ).toEqual([[each[0], path.join('jobs', 'one.js'), each[1]]]);
    expect(problems[0]!.message).toContain(each[2]);
  });
});

describe('problems', () => {
  it('are reported together, also several of one job, in the order of the files', async () => {
    const folder = projectOf({
      yaml: ['target_job: two', 'target_job: tow'],
      job: 'fn($);\nfn(fetch, URL);\nconst a = $.b;\nconsole.log(1);',
    });
    const { problems } = await checkProject(folder);
    expect(problems.map(({ file, line, rule }) => [file, line, rule])).toEqual([
      ['project.yaml', 14, 'unknown-job'],
      ['jobs/one.js', 1, 'lazy-state'],
      ['jobs/one.js', 2, 'unknown-name'],
      ['jobs/one.js', 2, 'unknown-name'],
      ['jobs/one.js', 3, 'lazy-state'],
      ['jobs/one.js', 4, 'no-operation'],
    ]);
  });

  it.each([
    ['fits', "offer('b');\nneed('b');"],
    ['gets what nobody knows', "offer('a');\nfn(state => state);\nneed('b');"],
    ['comes first', "need('b');"],
    ['never ends to load', "for (;;) {}\nneed('b');"],
    ['cannot be loaded for a reason that only a run tells', "null.x;\noffer('a');\nneed('b');"],
  ])('have nothing against a step that %s', async (_, text) => {
    const problems = await problemsOf(job(text));
    expect(problems.filter(({ rule }) => rule === 'unfit-step')).toEqual([]);
  });

  it('of what depends on an adaptor are omitted when it is not installed', async () => {
    const folder = projectOf({ job: 'nowhere(fetch, $);' });
    rmSync(path.join(folder, 'adaptors/packages/tiny/dist'), { recursive: true });
    const { problems } = await checkProject(folder);
    expect(problems.map(({ rule }) => rule)).toEqual([
      'missing-adaptor',
      'missing-adaptor',
      'lazy-state',
    ]);
  });

  it('include a project of another spec version', async () => {
    const folder = projectOf({});
    writeProjectFile(folder, 'project.yaml', "schema_version: '3.0'\nworkflows: []\n");
    expect((await checkProject(folder)).problems).toEqual([
      expect.objectContaining({
        rule: 'no-project',
        message: expect.stringContaining('spec version 1'),
      }),
    ]);
  });

  it('all have a case in this test', () => {
    const seen = [...IN_YAML, ...IN_JOB, ...AT_THE_ENDS].map(([rule]) => rule);
    expect([...new Set([...seen, 'no-project'])].sort()).toEqual(Object.keys(RULES).sort());
  });
});
