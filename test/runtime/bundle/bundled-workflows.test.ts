import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { readProject, readWorkflow } from '#runtime/index.js';
import { FIXTURES, type WorkflowFixture } from '../../support/fixtures.js';
import { type LeftState, runOnPlatform } from '../../support/platform.js';
import { PROJECT } from '../../support/workflow.js';
import { runCommandLine } from '../support/command.js';

const folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-bundle-'));
const { workflows } = readProject(PROJECT);

/** What the steps log of their reports, as a platform shows it. */
const lines: string[] = [];

async function runWith(
  project: string,
  workflow: string,
  spoil: Spoil = () => {},
): Promise<LeftState[]> {
  const fixture = FIXTURES[workflow];
  if (!fixture) throw new Error(`Add a fixture for ${workflow} to test/support/fixtures.ts.`);
  const servers = await fixture();
  const { credentials, state, close } = servers;
  await spoil(servers);
  try {
    const log = (line: string) => lines.push(line);
    return await runOnPlatform({ project, workflow, credentials, state, log });
  } finally {
    await close();
  }
}

/** The cursor notes when this machine read: both runs differ in that. */
const withoutClock = (states: LeftState[]) =>
  JSON.parse(JSON.stringify(states, (key, value) => (key === 'host' ? undefined : value)));

/** Makes the server refuse one write of a kind. */
const refuse =
  (system: 'goData' | 'dhis2', route: RegExp | string, at: number[] = [1]) =>
  ({ [system]: server }: WorkflowFixture) =>
    server.faults.add({ kind: 'status', route, at, status: 409, body: { error: {} } });

/** A person whose location is no org unit. */
function addElsewhere({ goData }: WorkflowFixture): void {
  const [outbreak] = goData.store.outbreaks.list();
  goData.store.people.create(outbreak!.id, 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE', {
    id: '3b3d2c1a-64f0-4ab1-9d0c-0f6f3c2f9a13',
    dateOfReporting: '2026-11-20T00:00:00.000Z',
    addresses: [{ locationId: goData.store.locations.list().at(-1)!.id }],
  });
}

/** A cell that another outbreak has written since an earlier run. */
async function giveCellAway({ dhis2, credentials, state }: WorkflowFixture): Promise<void> {
  const workflow = 'cases-to-data-values';
  await runOnPlatform({ project: PROJECT, workflow, credentials, state });
  lines.splice(0);
  const [ours] = dhis2.store.dataValues.list();
  dhis2.store.dataValues.set({ ...ours!, value: '9', comment: 'Go.Data outbreak another-one' });
}

type Spoil = (servers: WorkflowFixture) => unknown;

/** What makes a workflow reject a record, and the code of it. */
const SPOILED: Record<string, [spoil: Spoil, code: string]> = {
  'cases-to-data-values': [giveCellAway, 'CELL_OF_ANOTHER_OUTBREAK'],
  'org-units-to-locations': [refuse('goData', /^PUT .*locations/), 'STATUS_409'],
  'locations-to-org-units': [refuse('dhis2', /^POST .*organisationUnits/), 'STATUS_409'],
  'options-to-reference-data': [refuse('goData', 'POST /api/reference-data'), 'STATUS_409'],
  'tracked-entities-to-cases': [refuse('goData', /POST .*cases/, [1, 2]), 'STATUS_409'],
  'cases-to-tracked-entities': [addElsewhere, 'UNKNOWN_ORG_UNIT'],
  'two-way': [addElsewhere, 'UNKNOWN_ORG_UNIT'],
};

beforeAll(async () => {
  expect(await runCommandLine(['bundle', folder], { cwd: PROJECT })).toMatchObject({ status: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(workflows)('%s, bundled', workflow => {
  it('leaves the same state after every step as with its adaptors, on the platform’s engine', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(line => lines.push(String(line)));
    onTestFinished(() => log.mockRestore());
    const plain = await runWith(PROJECT, workflow);
    const told = lines.splice(0).filter(line => line.startsWith('report: '));
    const bundled = await runWith(folder, workflow);
    expect(lines.splice(0).filter(line => line.startsWith('report: '))).toEqual(told);
    expect(plain.length).toBeGreaterThan(1);
    expect(plain.filter(({ state }) => state.errors)).toEqual([]);
    expect(withoutClock(bundled)).toEqual(withoutClock(plain));
  });

  it('tells of a rejected record in the same lines', async () => {
    const [spoil, code] = SPOILED[workflow]!;
    const log = vi.spyOn(console, 'log').mockImplementation(line => lines.push(String(line)));
    onTestFinished(() => log.mockRestore());
    const told: string[][] = [];
    for (const project of [PROJECT, folder]) {
      await runWith(project, workflow, spoil);
      told.push(lines.splice(0).filter(line => /^report: .* rejected /.test(line)));
    }
    expect(told[1]).toEqual(told[0]);
    expect(told[0]).toContainEqual(expect.stringContaining(`: ${code} `));
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

it('has the licences of the packages whose code is in it, and names these in each job', async () => {
  const notices = readFileSync(path.join(folder, 'THIRD-PARTY-NOTICES'), 'utf8');
  for (const name of ['fflate', 'd3-polygon', 'polylabel', 'tinyqueue']) {
    const folderOf = path.join(PROJECT, 'node_modules', name);
    expect(notices).toContain(readFileSync(path.join(folderOf, 'LICENSE'), 'utf8').trim());
  }
  const namedIn = async (workflow: string) => {
    const { steps } = await readWorkflow(readProject(folder), workflow);
    return steps.map(({ source }) =>
      [...source.matchAll(/^\/\/ With (\S+) \d.*opyright/gm)].map(([, name]) => name),
    );
  };
  const inPlaces = [['d3-polygon', 'polylabel', 'tinyqueue'], [], []];
  expect(await namedIn('org-units-to-locations')).toEqual(inPlaces);
  expect(await namedIn('cases-to-data-values')).toEqual([[], [], ['fflate']]);
});

it('keeps each job small enough to be read and deployed', async () => {
  const projects = await Promise.all(
    workflows.map(workflow => readWorkflow(readProject(folder), workflow)),
  );
  const steps = projects.flatMap(({ steps: each }) => each);
  const sizes = steps.map(({ source }) => Buffer.byteLength(source)).sort((a, b) => a - b);
  expect(sizes[sizes.length / 2]).toBeLessThan(52_000);
  expect(sizes.at(-1)).toBeLessThan(143_000);
  const texts = [...new Set(steps.map(({ source }) => source))];
  expect(Buffer.byteLength(texts.join(''))).toBeLessThan(900_000);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(1_390_000);
});

it('keeps the comments of project.yaml', () => {
  const comments = (project: string) =>
    readFileSync(path.join(project, 'project.yaml'), 'utf8').match(/#.*$/gm) ?? [];
  expect(comments(PROJECT).length).toBeGreaterThan(0);
  expect(comments(folder)).toEqual(expect.arrayContaining(comments(PROJECT)));
});
