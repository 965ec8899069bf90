import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import * as common from '#common/operations/language-common.js';
import * as forms from '#common/people-mapping/index.js';
import * as dhis2Adaptor from '#dhis2/Adaptor.js';
import { runWorkflow } from '#runtime/index.js';
import { PROJECT, type Servers, startServers } from '../../support/workflow.js';
import { createProject } from '../support/project.js';

const ADAPTORS = {
  dhis2: '@openfn/language-dhis2@9.0.0',
  godata: '@openfn/language-godata@4.0.0',
};
const READS = "get('organisationUnits', { fields: 'id' });";
const WRITES = "create('optionSets', { name: 'New', valueType: 'TEXT' });";

/** Exports of the DHIS2 adaptor, besides those of language-common, that change nothing in DHIS2. */
const ONLY_READ = [
  'mapPeople',
  ...Object.keys(forms),
  'aggregate',
  'fetchOptions',
  'fetchOrgUnits',
  'fetchTrackedEntities',
  'get',
  'mapOrgUnits',
  'mapTrackedEntities',
  'metadata',
  'parseOrgUnits',
  'personView',
  'util',
];

function readWrites(): string[] {
  const file = path.join(PROJECT, 'adaptors/packages/dhis2/package.json');
  return JSON.parse(readFileSync(file, 'utf8'))['godata-dhis2'].writes;
}

const open: Servers[] = [];
let servers: Servers;
afterEach(async () => {
  await Promise.all(open.splice(0).map(one => one.close()));
});

async function start(job: string, system: keyof typeof ADAPTORS = 'dhis2') {
  servers = await startServers({});
  open.push(servers);
  const step = { job, adaptor: ADAPTORS[system], credential: 'tiny' };
  const project = createProject({ steps: { one: step } });
  const run = (state: object = {}) =>
    runWorkflow({
      project,
      workflow: 'small',
      credentials: { tiny: servers.credentials[system] },
      state: { ...state },
    });
  const locks = () => {
    const folder = path.join(project, 'state/.local/locks');
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  return { run, locks };
}

/** Runs while the server takes its time, and counts the accounts that the run has for itself. */
async function locksWhile(
  { run, locks }: Awaited<ReturnType<typeof start>>,
  system: keyof typeof ADAPTORS,
  state?: object,
): Promise<number> {
  const server = system === 'dhis2' ? servers.dhis2 : servers.goData;
  server.faults.add({ kind: 'slow', delayMs: 1000, at: 1 });
  const running = run(state);
  await expect.poll(() => server.requests.count(), { timeout: 20_000 }).toBe(1);
  const held = locks().length;
  await running;
  return held;
}

describe('a DHIS2 account', () => {
  it('serves two workflows that only read at the same time', async () => {
    const { run } = await start(READS);
    servers.dhis2.faults.add({ kind: 'slow', delayMs: 3000, at: 1 });
    const ended: string[] = [];
    const first = run().then(() => ended.push('first'));
    await expect.poll(() => servers.dhis2.requests.count(), { timeout: 20_000 }).toBe(1);
    const second = run().then(() => ended.push('second'));
    await Promise.all([first, second]);
    expect(ended).toEqual(['second', 'first']);
  });

  it.each([
    ['reads', READS, {}, 0],
    ['writes', WRITES, {}, 1],
    ['writes inside another operation', `fnIf(() => false, ${WRITES.slice(0, -1)});`, {}, 1],
    [
      'has its own imports',
      `import { get } from '${ADAPTORS.dhis2.slice(0, -6)}';\n${READS}`,
      {},
      1,
    ],
    [
      'would write, in a dry run',
      "get('me');\nfnIf(() => false, create('x', {}));",
      { dryRun: true },
      0,
    ],
  ])('is locked only by a job that may write: one that %s', async (_, job, state, held) => {
    const started = await start(`get('me');\n${job}`.replace(/^get\('me'\);\n(import.*\n)/, '$1'));
    expect(await locksWhile(started, 'dhis2', state)).toBe(held);
  });

  it('is locked for every export of the adaptor that may write', () => {
    const writes = readWrites();
    const others = Object.keys(dhis2Adaptor).filter(name => !writes.includes(name));
    // Whoever adds an operation decides here whether it only reads, or adds it to "writes".
    expect(others.filter(name => !ONLY_READ.includes(name) && !(name in common))).toEqual([]);
    expect(writes.filter(name => !(name in dhis2Adaptor))).toEqual([]);
  });
});

describe('a Go.Data account', () => {
  it('serves one run at a time, because each login ends the session of another', async () => {
    const started = await start('listOutbreaks();', 'godata');
    expect(await locksWhile(started, 'godata', { dryRun: true })).toBe(1);
  });
});
