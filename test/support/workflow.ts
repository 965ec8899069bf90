import path from 'node:path';
import { runWorkflow } from '#runtime/index.js';
import { type Dhis2Seed, type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { startGoData } from '#sandbox/godata/index.js';
import { type BothServers, joinServers } from './both-servers.js';
import { type aCase, dhis2Seed, goDataSeed } from './outbreak.js';

export const PROJECT = path.resolve(import.meta.dirname, '../..');

/** Both servers of a test, and the runs against them. */
export interface Servers extends BothServers {
  /** Runs cases-to-data-values as the project ships it. */
  run(state?: Record<string, unknown>): ReturnType<typeof runWorkflow>;
}

/** How a test differs from the usual one. */
export interface ServerTraits {
  people?: ReturnType<typeof aCase>[];
  user?: object;
  dhis2?: (seed: Dhis2Seed) => void;
  version?: string;
  /** The present of both servers, and the run's `today`. */
  today?: string;
  /** Milliseconds that a background job of DHIS2 waits before it runs. Default: none. */
  jobWaitMs?: number;
  /** Folder of the project. Default: this one. */
  project?: string;
}

/** Starts both servers with the test outbreak. */
export async function startServers({
  people = [],
  user = {},
  dhis2: change,
  version = '2.42',
  today = '2026-04-01',
  jobWaitMs = 0,
  project = PROJECT,
}: ServerTraits = {}): Promise<Servers> {
  const clock = () => new Date(`${today}T12:00:00.000Z`);
  const goData = await startGoData({ seed: goDataSeed(people, user) });
  const dhis2 = await startDhis2({ seed: dhis2Seed(change), version, clock, jobWaitMs });
  const account = { email: 'integration@example.org', password: 'Integration-1!' };
  const both = joinServers(goData, dhis2, account);
  return {
    ...both,
    run: (state = {}) =>
      runWorkflow({
        project,
        workflow: 'cases-to-data-values',
        credentials: both.credentials,
        state: { today, ...state },
      }),
  };
}

/** The stored values in words: `Acre 2026W10 OUTBREAK_CASES_CONFIRMED AGE_25_49+SEX_FEMALE` → value. */
export function valuesInWords({ store }: RunningDhis2): Record<string, string> {
  const seed = store.toJSON();
  const nameOf = new Map(seed.organisationUnits.map(({ id, name }) => [id, name]));
  const elementOf = new Map(seed.dataElements.map(({ id, code }) => [id, code]));
  const optionOf = new Map(seed.categoryOptions.map(({ id, code }) => [id, code]));
  const optionsOf = new Map(
    seed.categoryOptionCombos.map(({ id, categoryOptions }) => [
      id,
      categoryOptions
        .map(option => optionOf.get(option.id))
        .sort()
        .join('+'),
    ]),
  );
  return Object.fromEntries(
    (seed.dataValues ?? [])
      .filter(({ deleted }) => !deleted)
      .map(({ orgUnit, period, dataElement, categoryOptionCombo, value }) => [
        `${nameOf.get(orgUnit)} ${period} ${elementOf.get(dataElement)} ${optionsOf.get(categoryOptionCombo ?? '')}`,
        value ?? '',
      ]),
  );
}
