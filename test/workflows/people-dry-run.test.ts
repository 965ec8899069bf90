import { afterEach, expect, it } from 'vitest';
import { demoMetadata, type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { type RunningGoData, startGoData } from '#sandbox/godata/index.js';
import { generateOutbreak } from '#sandbox/outbreak/index.js';
import { addTrackerProgram } from '#sandbox/tracker-program/index.js';
import { runCommand, temporaryJson } from '../support/command.js';

const TODAY = '2026-11-24';
const CASE = 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE';
const GOOD = '3b3d2c1a-64f0-4ab1-9d0c-0f6f3c2f9a12';
/** Older than a rule of the programs allows. */
const OLD = '5d0c2f5e-6c1e-4a39-9d61-0f5a7c3b2e11';

let dhis2: RunningDhis2;
let goData: RunningGoData;
afterEach(async () => {
  await Promise.all([dhis2.close(), goData.close()]);
});

/** Two people in Go.Data, and nobody in DHIS2. */
async function start(): Promise<string> {
  const { orgUnits, goData: seed } = generateOutbreak({ today: TODAY, cases: 0 });
  const [outbreak] = seed.outbreaks!;
  const clock = () => new Date(`${TODAY}T12:00:00.000Z`);
  goData = await startGoData({
    seed: { ...seed, outbreaks: [{ ...outbreak!, name: 'COVID-19' }] },
    clock,
  });
  for (const [id, years] of [
    [GOOD, 36],
    [OLD, 140],
  ] as const) {
    goData.store.people.create(outbreak!.id, CASE, {
      id,
      firstName: 'Ngozi',
      age: { years, months: 0 },
      dateOfReporting: `${TODAY}T00:00:00.000Z`,
      addresses: [{ locationId: orgUnits.at(-1)!.id }],
    });
  }
  const metadata = addTrackerProgram(demoMetadata(orgUnits), { today: TODAY, people: 0 });
  dhis2 = await startDhis2({ seed: metadata, clock });
  const { email, password } = goData.store.users.list()[0]!;
  return temporaryJson('credentials.json', {
    godata: { apiUrl: `${goData.url}/api`, email, password },
    dhis2: { hostUrl: dhis2.url, username: 'integration', password: 'Integration-1!' },
  });
}

const run = (credentials: string, ...options: string[]) =>
  runCommand(['run', 'cases-to-tracked-entities', '--credentials', credentials, ...options]);

const refusals = (stdout: string) => stdout.match(/rejected case .*/g);

it('a dry run of people shows what DHIS2 then refuses, and ends with the same status', async () => {
  const credentials = await start();

  const dry = await run(credentials, '--dry-run');

  expect(dry.status).toBe(3);
  expect(refusals(dry.stdout)).toEqual([expect.stringContaining(`${OLD}: E1300`)]);
  expect(dry.stdout).toContain('the server checked what it would refuse: 1 request');
  expect(dry.stdout).not.toContain('Ngozi');
  expect(dhis2.store.tracker.list('trackedEntities')).toEqual([]);

  const real = await run(credentials);

  expect(real.status).toBe(3);
  expect(refusals(real.stdout)).toEqual(refusals(dry.stdout));
});

it('a dry run with validateInDryRun: false asks DHIS2 nothing, and shows only the plan', async () => {
  const credentials = await start();
  const state = temporaryJson('state.json', { validateInDryRun: false });

  const dry = await run(credentials, '--dry-run', '--state', state);

  expect(dry.status).toBe(0);
  expect(dry.stdout).not.toContain('the server was asked');
  expect(dhis2.requests.byRoute()).not.toHaveProperty('POST /api/tracker');
});
