import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadJob } from '#runtime/index.js';
import { createProject, writeProjectFile } from '../support/project.js';

/** Loads a job in a project of its own. */
function load(job: string, adaptor?: string) {
  const project = createProject({ steps: { one: { job } }, adaptor });
  // biome-ignore lint/suspicious/noExplicitAny: what a job exports is the job's affair
  return loadJob<Record<string, any>>(path.join(project, 'jobs/one.js'));
}

describe('a loaded job', () => {
  it('has its exports, in any form', async () => {
    const exports = await load(`
      export const a = 1, { b, c: [d = 4], ...rest } = { b: 2, c: [], e: 5 };
      export function f() { return inner; }
      export async function* g() {}
      export class H {}
      export let i = 9;
      const inner = 3, k = 10;
      export { inner as j, k, k as 'k k' };
    `);
    const { f, g, H, ...values } = exports;
    expect(values).toEqual({ a: 1, b: 2, d: 4, rest: { e: 5 }, i: 9, j: 3, k: 10, 'k k': 10 });
    expect(f()).toBe(3);
    expect(g.constructor.name).toBe('AsyncGeneratorFunction');
    expect(new H()).toBeInstanceOf(H);
  });

  it('runs no operation, and creates none', async () => {
    const adaptor =
      "export const boom = () => { throw new Error('made'); };\nexport const twice = n => 2 * n;";
    const job =
      'boom();\nboom().then(boom);\nexport const a = twice(2);\nboom(\n  $.data,\n);\nexport default [];';
    expect(await load(job, adaptor)).toEqual({ a: 4 });
  });

  it('can use names of its adaptor, also by import, and may shadow them', async () => {
    const job = `import { put as set } from '@openfn/language-tiny';
      import * as tiny from '@openfn/language-tiny';
      const adaptor = 'mine';
      export const a = set('a', 1);
      export const b = s => put('b', 2)(s);
      export const c = tiny.put === set;
      export const d = (fn => fn + adaptor)('x');`;
    const { a, b, c, d } = await load(job);
    expect([a({}), b({}), c, d]).toEqual([{ a: 1 }, { b: 2 }, true, 'xmine']);
  });

  it('creates objects that a test can compare strictly', async () => {
    const { toRow } = await load('export const toRow = x => ({ x, list: [x], at: new Date(0) });');
    expect(toRow(1)).toStrictEqual({ x: 1, list: [1], at: new Date(0) });
  });

  it('may use await at top level', async () => {
    expect(await load('export const a = await Promise.resolve(1);')).toEqual({ a: 1 });
  });

  it('is strict, like a module', async () => {
    await expect(load('undeclared = 1;')).rejects.toThrow('undeclared is not defined');
  });

  it.each([
    ['5:9', 'fn(\n  1,\n);\nexport const f = () => {\n  throw new Error("x"); };'],
    ['1:32', 'export const f = () => { throw new Error("x"); };'],
  ])('is named by its file, line and column in an error: %s', async (place, job) => {
    const { f } = await load(job);
    let stack = '';
    try {
      f();
    } catch (error) {
      stack = String((error as Error).stack);
    }
    expect(stack).toContain(`${path.join('jobs', 'one.js')}:${place}`);
  });

  it('uses the given adaptor, wherever it is', async () => {
    const project = createProject({ steps: { one: { job: '' } } });
    const file = path.join(project, 'loose.js');
    writeFileSync(file, 'export const n = _.sum([1, 2]);');
    await expect(loadJob(file)).rejects.toMatchObject({
      code: 'JOB_UNKNOWN',
      kind: 'configuration',
    });
    expect(await loadJob(file, { adaptor: '@openfn/language-common' })).toEqual({ n: 3 });
  });

  it('is found in the project although project.yaml contains the text of another job', async () => {
    const project = createProject({ steps: { one: { job: 'export const a = 1;' } } });
    const job = (name: string, body: string) =>
      `${name}: { name: ${name}, adaptor: '@openfn/language-tiny@1.0.0', body: ${body} }`;
    const jobs = [job('two', "'fn(1);'"), job('one', '{ path: jobs/one.js }')].join(', ');
    writeProjectFile(project, 'project.yaml', `name: x\nworkflows: { w: { jobs: { ${jobs} } } }`);
    expect(await loadJob(path.join(project, 'jobs/one.js'))).toEqual({ a: 1 });
  });

  it.each([
    ['JOB_SYNTAX', 'export const a = ;', /one\.js:1:18: Unexpected token/],
    ['JOB_LAZY_STATE', 'export const a = () => $.data;', /one\.js:1:24: Lazy state/],
    ['JOB_IMPORT', "import _ from 'lodash';", /one\.js:1:1: lodash cannot be imported/],
  ])('is refused with its place: %s', async (code, job, message) => {
    await expect(load(job)).rejects.toMatchObject({
      code,
      kind: 'configuration',
      message: expect.stringMatching(message),
    });
  });

  it('is refused when its file does not exist', async () => {
    await expect(loadJob('jobs/nowhere.js')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
  });
});
