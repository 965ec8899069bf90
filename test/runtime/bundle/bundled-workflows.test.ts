import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readProject, readWorkflow } from '#runtime/index.js';
import { FIXTURES } from '../../support/fixtures.js';
import { type LeftState, runOnPlatform } from '../../support/platform.js';
import { PROJECT } from '../../support/workflow.js';
import { runCommandLine } from '../support/command.js';

const folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-bundle-'));
const { workflows } = readProject(PROJECT);

async function runWith(project: string, workflow: string): Promise<LeftState[]> {
  const fixture = FIXTURES[workflow];
  if (!fixture) throw new Error(`Add a fixture for ${workflow} to test/support/fixtures.ts.`);
  const { credentials, state, close } = await fixture();
  try {
    return await runOnPlatform({ project, workflow, credentials, state });
  } finally {
    await close();
  }
}

/** The cursor notes when this machine read: both runs differ in that. */
const withoutClock = (states: LeftState[]) =>
  JSON.parse(JSON.stringify(states, (key, value) => (key === 'host' ? undefined : value)));

beforeAll(async () => {
  expect(await runCommandLine(['bundle', folder], { cwd: PROJECT })).toMatchObject({ status: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(workflows)('%s, bundled', workflow => {
  it('leaves the same state after every step as with its adaptors, on the platform’s engine', async () => {
    const plain = await runWith(PROJECT, workflow);
    const bundled = await runWith(folder, workflow);
    expect(plain.length).toBeGreaterThan(1);
    expect(plain.filter(({ state }) => state.errors)).toEqual([]);
    expect(withoutClock(bundled)).toEqual(withoutClock(plain));
  });

  it('needs language-common only, and contains each job unchanged', async () => {
    const [plain, bundled] = await Promise.all(
      [PROJECT, folder].map(project => readWorkflow(readProject(project), workflow)),
    );
    expect(bundled!.steps.map(({ id }) => id)).toEqual(plain!.steps.map(({ id }) => id));
    for (const [index, step] of bundled!.steps.entries()) {
      expect(step.adaptor.name).toBe('@openfn/language-common');
      expect(step.source.startsWith(plain!.steps[index]!.source)).toBe(true);
      const rest = step.source.slice(plain!.steps[index]!.source.length);
      const imports = rest.match(/^import .*$/gm) ?? [];
      for (const line of imports) expect(line).toMatch(/ from '@openfn\/language-common';$/);
    }
  });

  it('keeps the graph, the triggers and the credentials', () => {
    const [plain, bundled] = [PROJECT, folder].map(project => readProject(project).spec);
    const { jobs: _jobs, ...rest } = bundled!.workflows![workflow]!;
    expect(plain!.workflows![workflow]).toMatchObject(rest);
    expect(bundled!.credentials).toEqual(plain!.credentials);
  });
});

it('keeps each job small enough to be read and deployed', async () => {
  const projects = await Promise.all(
    workflows.map(workflow => readWorkflow(readProject(folder), workflow)),
  );
  const steps = projects.flatMap(({ steps: each }) => each);
  const sizes = steps.map(({ source }) => Buffer.byteLength(source)).sort((a, b) => a - b);
  expect(sizes[sizes.length / 2]).toBeLessThan(61_000);
  expect(sizes[sizes.length / 2 - 1]).toBeLessThan(60_000);
  expect(sizes.at(-1)).toBeLessThan(155_000);
  const texts = [...new Set(steps.map(({ source }) => source))];
  expect(Buffer.byteLength(texts.join(''))).toBeLessThan(1_030_000);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(1_570_000);
});

it('keeps the comments of project.yaml', () => {
  const comments = (project: string) =>
    readFileSync(path.join(project, 'project.yaml'), 'utf8').match(/#.*$/gm) ?? [];
  expect(comments(PROJECT).length).toBeGreaterThan(0);
  expect(comments(folder)).toEqual(expect.arrayContaining(comments(PROJECT)));
});
