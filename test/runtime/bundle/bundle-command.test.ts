import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { describe, expect, it } from 'vitest';
import { runCommandLine } from '../support/command.js';
import { createProject, writeProjectFile } from '../support/project.js';

const COMMON = "export { fn, http } from '@openfn/language-common';";

function bundle(cwd: string, ...args: string[]) {
  return runCommandLine(['bundle', ...args], { cwd });
}

function readJob(project: string) {
  return readFileSync(path.join(project, 'dist/lightning/jobs/small/one.js'), 'utf8');
}

/** Bundles a job and runs the bundle; returns its final state. */
async function runBundled(job: string, adaptor?: string) {
  const project = createProject({ steps: { one: { job } }, adaptor });
  const made = await bundle(project);
  expect(made.stderr).toBe('');
  const ran = await runCommandLine(
    ['run', 'small', '--project', 'dist/lightning', '--output', 'out.json'],
    { cwd: project },
  );
  expect(ran.stderr).not.toContain('Error:');
  return JSON.parse(readFileSync(path.join(project, 'out.json'), 'utf8'));
}

/** The error of `bundle` for a job that it refuses. */
async function refusalOf(job: string, adaptor?: string) {
  const project = createProject({ steps: { one: { job } }, adaptor });
  const { status, stderr } = await bundle(project);
  expect(status).toBe(2);
  expect(existsSync(path.join(project, 'dist'))).toBe(false);
  return stderr;
}

describe('a bundled job', () => {
  it('consists of its own text, a line, and the part of the adaptor that it uses', async () => {
    const job = "put('a', 1);\n// the end";
    const project = createProject({ steps: { one: { job } } });
    const { status, stdout } = await bundle(project);
    expect(stdout).toMatch(/^ {2}workflow {2}job {2}adaptor .*\n {2}small {5}one {2}@openfn\//);
    expect(stdout).toContain('Project: dist/lightning/project.yaml\n');
    expect(status).toBe(0);
    const text = readJob(project);
    expect(text.startsWith(`${job}\n\n// ---`)).toBe(true);
    expect(text).toContain('Below is the part of @openfn/language-tiny 1.0.0');
    expect(text).toContain(
      'another operation: add it to the job in your project, run `npx godata-dhis2 bundle`',
    );
    expect(text).toContain('function put(');
    expect(text).not.toMatch(/failWith|node:fs/);
  });

  it('may use functions of the adaptor in its constants, and export', async () => {
    const job = "export const value = state => state.n + 1;\nconst op = put('a', value);\nfn(op);";
    const adaptor = `${COMMON}\nconst later = 2;\nexport const put = (key, value) => state => ({ ...state, n: later, [key]: value({ n: later }) });`;
    expect(await runBundled(job, adaptor)).toMatchObject({ n: 2, a: 3 });
  });

  it('may use namespaces, classes and callable objects of the adaptor in its operations', async () => {
    const adaptor = `${COMMON}
      export const tracker = { import: n => state => ({ ...state, n }) };
      export class Counter { static from = 5; next() { return Counter.from + 1; } }
      export const query = Object.assign(n => n, { twice: n => 2 * n });`;
    const job = [
      'const next = () => new Counter().next();',
      'tracker.import(4);',
      'fn(state => ({ ...state, next: next(), twice: query.twice(query(3)) }));',
    ].join('\n');
    expect(await runBundled(job, adaptor)).toMatchObject({ n: 4, next: 6, twice: 6 });
  });

  it('may use an adaptor’s own `util` and `http`, while the adaptor uses those of language-common', async () => {
    const adaptor = `import { util as common, fn } from '@openfn/language-common';
      export { fn };
      export const util = { id: () => common.uuid().length };
      export const http = { get: () => state => ({ ...state, got: true }) };`;
    const job = 'http.get();\nfn(state => ({ ...state, id: util.id() }));';
    expect(await runBundled(job, adaptor)).toMatchObject({ got: true, id: 36 });
  });

  it('is run through the adaptor’s own `execute`', async () => {
    const adaptor = `import { execute as common, fn } from '@openfn/language-common';
      export { fn };
      export const execute = (...operations) => state => common(...operations)({ ...state, token: 't' });`;
    expect(
      await runBundled('fn(state => ({ ...state, seen: state.token }));', adaptor),
    ).toMatchObject({ seen: 't' });
  });

  it('may use the names of the generated code', async () => {
    const job = "const adaptor = 1;\nconst createAdaptor = 2;\nput('a', adaptor + createAdaptor);";
    expect(await runBundled(job)).toMatchObject({ a: 3 });
  });

  it('may use functions of the adaptor of every form, also before they are declared', async () => {
    const adaptor = `${COMMON}
      const early = table(2);
      function table(size, from = size) { return [...Array(size).keys()].map(n => n + from); }
      function asObject(n) { return { n }; }
      function twice(list) { let sum = 0; function add(n) { return sum += n, sum; } list.forEach(add); list.forEach(add); return sum; }
      async function later({ n }) { return n; }
      function* count(to) { for (let n = 0; n < to; n += 1) yield n; }
      function Old(n) { this.n = n; }
      Old.prototype.get = function () { return this.n; };
      function Kept(n) { if (!new.target) return new Kept(n); this.n = n; }
      function all() { return Array.from(arguments); }
      let replaced = 0;
      function change(n) { replaced = n; }
      function own() { return twice; }
      own.calls = 3;
      export function every() {
        return async state => {
          if (state.done) return change(1), state;
          change(7);
          const values = { early, later: await later(asObject(4)), twice: twice([1, 2]), count: [...count(3)] };
          return { ...state, ...values, old: new Old(5).get(), kept: Kept(6).n, all: all(1, 2), replaced, own: own()([1]), calls: own.calls };
        };
      }`;
    expect(await runBundled('every();', adaptor)).toMatchObject({
      early: [2, 3],
      later: 4,
      twice: 6,
      count: [0, 1, 2],
      old: 5,
      kept: 6,
      all: [1, 2],
      replaced: 7,
      own: 2,
      calls: 3,
    });
  });

  it('has what the adaptor repeats once, wherever that stands', async () => {
    const adaptor = `${COMMON}
      const kinds = { 'a repeated text': 1, other: 'a repeated text' };
      const isKind = text => { switch (text) { case 'a repeated text': return 'a repeated text'; default: return undefined; } };
      export const count = text => state => {
        const { 'a repeated text': found } = kinds;
        const lists = [Object.entries(kinds), Object.entries({}), Object.entries(state), Object.entries([1])];
        const missing = [kinds.none === undefined, isKind('x') === undefined, typeof text === 'undefined'];
        return { ...state, found, missing, kind: isKind(text), is: 'a repeated text' in kinds, sizes: lists.map(list => list.length > 0) };
      };`;
    expect(await runBundled("count('a repeated text');", adaptor)).toMatchObject({
      found: 1,
      missing: [true, true, false],
      kind: 'a repeated text',
      is: true,
      sizes: [true, false, true, true],
    });
    const project = createProject({ steps: { one: { job: "count('x');" } }, adaptor });
    await bundle(project);
    // Once as a constant, twice as the name of a property.
    expect(readJob(project).match(/a repeated text/g)).toHaveLength(3);
    expect(readJob(project).match(/Object\.entries/g)).toHaveLength(1);
  });

  it('may be of an adaptor that checks for a missing global before it uses it', async () => {
    const adaptor = `${COMMON}\nexport const has = () => state => ({ ...state, has: typeof fetch === 'function' && fetch });`;
    expect(await runBundled('has();', adaptor)).toMatchObject({ has: false });
  });

  it('keeps the code, the advice and the details of the adaptor’s errors', async () => {
    const fields =
      "{ code: 'X1', message: 'No.', fix: 'Correct.', details: { n: 1 }, kind: 'configuration' }";
    const project = createProject({ steps: { one: { job: `failWith(${fields});` } } });
    await bundle(project);
    const errors = [];
    for (const folder of ['.', 'dist/lightning']) {
      const { status, stdout } = await runCommandLine(
        ['run', 'small', '--json', '--project', folder],
        { cwd: project },
      );
      expect(status).toBe(2);
      const { at: _place, ...error } = JSON.parse(stdout).errors[0];
      errors.push(error);
    }
    expect(errors[0]).toMatchObject({ code: 'X1', fix: 'Correct.', details: { n: 1 } });
    expect(errors[1]).toEqual(errors[0]);
  });

  it('is unchanged when its adaptor is published, or when it uses none of it', async () => {
    const project = createProject({
      steps: {
        one: { job: "fn(state => state);\nput('a', 1);" },
        two: { job: 'fn(state => state);', adaptor: '@openfn/language-common@3.3.4' },
        three: { job: 'fn(state => state);' },
      },
    });
    await bundle(project);
    const file = path.join(project, 'dist/lightning/jobs/small/two.js');
    expect(readFileSync(file, 'utf8')).toBe('fn(state => state);');
    const yaml = readFileSync(path.join(project, 'dist/lightning/project.yaml'), 'utf8');
    expect(yaml.match(/@openfn\/language-common@3\.3\.4/g)).toHaveLength(3);
  });
});

describe('what a job needs of an adaptor without side effects', () => {
  const adaptor = [
    "import { fn } from '@openfn/language-common';",
    'var table = new Uint8Array(4);',
    'for (let i = 0; i < 4; ++i) table[i] = i * 2;',
    'var reasons = {};',
    "Object.assign(reasons, { one: 'a reason that only another operation needs' });",
    'var Server = class {',
    "  read() { return 'read ' + table[3]; }",
    "  get remove() { return 'a method that nothing calls'; }",
    '  toJSON() { return { json: true }; }',
    '};',
    'var put = () => state => ({ ...state, got: new Server().read(), server: new Server() });',
    'var refuse = () => () => { throw new Error(reasons.one + new Server().remove); };',
    'export { fn, put, refuse };',
    '',
  ].join('\n');

  it('has what its statements fill and what the language calls, and nothing for other operations', async () => {
    const project = createProject({
      steps: { one: { job: 'put();' } },
      adaptor,
      sideEffects: false,
    });
    await bundle(project);
    const text = readJob(project);
    expect(text).not.toMatch(/a reason that only|a method that nothing/);
    const ran = await runCommandLine(
      ['run', 'small', '--project', 'dist/lightning', '--output', 'out.json'],
      { cwd: project },
    );
    expect(ran).toMatchObject({ status: 0 });
    const state = JSON.parse(readFileSync(path.join(project, 'out.json'), 'utf8'));
    expect(state).toMatchObject({ got: 'read 6', server: { json: true } });
  });

  it.each([
    ['the job calls it', 'put();\nfn(state => ({ ...state, gone: state.server.remove }));'],
    ['another operation does', 'put();\nrefuse();'],
  ])('has a method when %s', async (_, job) => {
    const project = createProject({ steps: { one: { job } }, adaptor, sideEffects: false });
    await bundle(project);
    expect(readJob(project)).toContain('a method that nothing calls');
  });

  it('has all of it when the package does not say so', async () => {
    const project = createProject({ steps: { one: { job: 'put();' } }, adaptor });
    await bundle(project);
    expect(readJob(project)).toContain('a reason that only');
    expect(readJob(project)).toContain('a method that nothing');
  });

  it('is traced to the adaptor by the source map beside the job', async () => {
    const job = '// My job.\nput();\nrefuse();';
    const project = createProject({ steps: { one: { job } }, adaptor, sideEffects: false });
    await bundle(project);
    const file = path.join(project, 'dist/lightning/jobs/small/one.js.map');
    const map = new TraceMap(readFileSync(file, 'utf8'));
    const lines = readJob(project).split('\n');
    const places = ['a reason that only', 'toJSON()', 'throw '].map(text => {
      const line = lines.findIndex(each => each.includes(text));
      const column = lines[line]!.indexOf(text);
      const found = originalPositionFor(map, { line: line + 1, column });
      expect(path.resolve(path.dirname(file), found.source!)).toBe(
        path.join(project, 'adaptors/packages/tiny/dist/index.js'),
      );
      return adaptor.split('\n')[found.line! - 1]!.slice(found.column!);
    });
    expect(places[0]).toMatch(/^'a reason that only/);
    expect(places[1]).toMatch(/^toJSON\(\)/);
    expect(places[2]).toMatch(/^throw new Error/);
    expect(lines.join('')).not.toContain('sourceMappingURL');
  });
});

describe('a part of a project', () => {
  const steps = { one: { job: "put('a', 1);" }, two: { job: "put('a', 1);" } };
  const workflow = (name: string) =>
    [
      `  ${name}:`,
      `    name: ${name}`,
      '    jobs:',
      `      last: { name: last, adaptor: '@openfn/language-tiny@1.0.0', body: "put('a', 1);" }`,
      '    triggers: { cron: { type: cron, enabled: false } }',
      '    edges:',
      '      cron->last: { source_trigger: cron, target_job: last, condition_type: always, enabled: true }',
      '',
    ].join('\n');

  function createThree() {
    const project = createProject({ steps });
    const file = path.join(project, 'project.yaml');
    writeFileSync(
      file,
      `# First.\n${readFileSync(file, 'utf8')}${workflow('other')}${workflow('last')}`,
    );
    return project;
  }
  const readSpec = (project: string) =>
    readFileSync(path.join(project, 'dist/lightning/project.yaml'), 'utf8');

  it('is one file for all jobs with one text, and the command counts what each place takes', async () => {
    const project = createThree();
    const { stdout } = await bundle(project);
    expect(readSpec(project).match(/path: jobs\/small\/one\.js/g)).toHaveLength(4);
    expect(existsSync(path.join(project, 'dist/lightning/jobs/other'))).toBe(false);
    expect(stdout).toMatch(
      /Jobs: +1 KB in 1 files; \d KB on the platform, where each of the 4 jobs has its own text\n/,
    );
  });

  it('is the workflows of --only', async () => {
    const project = createThree();
    expect(await bundle(project, '--only', 'other', '--only', 'last')).toMatchObject({ status: 0 });
    expect(readSpec(project)).toContain('# First.');
    expect(readSpec(project).match(/^ {2}\w+:$/gm)).toEqual(['  other:', '  last:']);
  });

  it('is refused if the project has no such workflow', async () => {
    const project = createThree();
    const { status, stderr } = await bundle(project, '--only', 'othr');
    expect(status).toBe(2);
    expect(stderr).toMatch(/othr.*\n?.*other/);
    expect(existsSync(path.join(project, 'dist'))).toBe(false);
  });
});

describe('a job that cannot be bundled', () => {
  it.each([
    [
      'a namespace that is used before it exists',
      'const op = tracker.import(4);\nfn(op);',
      'jobs/one.js:1:12: tracker of the adaptor is used before it exists',
    ],
    [
      'the adaptor by import',
      "import { put } from '@openfn/language-tiny';\nput('a', 1);",
      'jobs/one.js imports @openfn/language-tiny',
    ],
    ['an export default', 'export default [];', 'jobs/one.js has its own export default'],
    [
      'a module of Node',
      'readNode();',
      '@openfn/language-tiny cannot be built into a job: it needs node:fs.',
    ],
    [
      'a name that the platform lacks',
      'fetchIt();',
      'cannot be built into jobs/one.js: it uses fetch.',
    ],
    [
      'a constant with the name of a global that the adaptor uses',
      'const Map = 1;\nusesMap(Map);',
      'the job declares Map itself',
    ],
    ['the name $', 'dollar();', 'it uses the name $, which is lazy state'],
    [
      'more than 250 KB of code',
      'huge();',
      'jobs/one.js would have 252 KB with its adaptor; 250 KB are allowed. (BUNDLE_TOO_LARGE)',
    ],
    ['a syntax error', 'put(', 'jobs/one.js:1:5: Unexpected token'],
  ])('is one with %s', async (_, job, message) => {
    const adaptor = `${COMMON}
      import { readFileSync } from 'node:fs';
      export const put = () => state => state;
      export const tracker = { import: () => state => state };
      export const readNode = () => () => readFileSync('x');
      export const fetchIt = () => () => fetch('x');
      export const usesMap = () => () => new Map();
      export const dollar = () => () => ({ ...$ });
      const text = '${'x'.repeat(250_000)}';
      export const huge = () => state => ({ ...state, size: text.length });`;
    expect(await refusalOf(job, adaptor)).toContain(message);
  });
});

describe('the folder of a bundle', () => {
  it('is rewritten by a second run, except for files that others added', async () => {
    const project = createProject({ steps: { one: { job: "put('a', 1);" } } });
    await bundle(project, 'out');
    writeProjectFile(project, 'out/jobs/small/gone.js', '');
    writeProjectFile(project, 'out/.state.json', '{}');
    expect(await bundle(project, 'out')).toMatchObject({ status: 0 });
    expect(existsSync(path.join(project, 'out/jobs/small/gone.js'))).toBe(false);
    expect(existsSync(path.join(project, 'out/.state.json'))).toBe(true);
  });

  it.each(['.', 'mine'])('is never the folder of another project: %s', async folder => {
    const project = createProject({ steps: { one: { job: "put('a', 1);" } } });
    mkdirSync(path.join(project, 'mine/jobs'), { recursive: true });
    writeFileSync(path.join(project, 'mine/jobs/x.js'), 'x');
    const { status, stderr } = await bundle(project, folder);
    expect(stderr).toContain('jobs in it was not written by this command. (OUTPUT_UNWRITABLE)');
    expect(status).toBe(2);
    expect(readFileSync(path.join(project, 'jobs/one.js'), 'utf8')).toBe("put('a', 1);");
    expect(readFileSync(path.join(project, 'mine/jobs/x.js'), 'utf8')).toBe('x');
  });

  it('contains a job for each key, for any keys and places of the texts', async () => {
    const project = createProject({ steps: { one: { job: 'fn(1);' } } });
    const yaml = [
      'shared: &adaptor "@openfn/language-tiny@1.0.0"',
      'name: tiny',
      'workflows:',
      '  small:',
      '    name: small',
      '    jobs:',
      '      "a/b": { name: first, adaptor: *adaptor, body: "put(1, 1);" }',
      '      "a b": { name: second, adaptor: *adaptor, body: { path: jobs/one.js } }',
    ].join('\n');
    writeProjectFile(project, 'project.yaml', yaml);
    expect(await bundle(project)).toMatchObject({ status: 0, stderr: '' });
    const folder = path.join(project, 'dist/lightning');
    expect(readFileSync(path.join(folder, 'jobs/small/a-b.js'), 'utf8')).toContain('put(1, 1);');
    expect(readFileSync(path.join(folder, 'jobs/small/a-b-2.js'), 'utf8')).toBe('fn(1);');
    const written = readFileSync(path.join(folder, 'project.yaml'), 'utf8');
    expect(written).toContain('path: jobs/small/a-b-2.js');
    expect(written).toContain('shared: "@openfn/language-tiny@1.0.0"');
  });
});

it('explains its purpose, and reports what is wrong on the command line', async () => {
  const help = await runCommandLine(['bundle', '--help']);
  expect(help).toMatchObject({ status: 0, stdout: expect.stringContaining('dist/lightning') });
  const none = await runCommandLine(['bundle', '--project', '/nowhere']);
  expect(none).toMatchObject({ status: 2, stderr: expect.stringContaining('PROJECT_NOT_FOUND') });
});
