import { onTestFinished } from 'vitest';
import type { State } from '#common/reporting/report.js';
import { type FakeApi, type Routes, startFakeApi } from '../../support/fake-api.js';

/** The result of an operation, and the requests to DHIS2. */
export interface Ran {
  next: State;
  api: FakeApi;
}

/** Runs an operation against a DHIS2 with these routes. */
export async function run(
  operation: (state: State) => Promise<State>,
  routes: Routes,
  more: Partial<State> = {},
  credential: object = {},
): Promise<Ran> {
  const { api, outcome } = await attempt(operation, routes, more, credential);
  return { next: await outcome, api };
}

/** Like {@link run}, for operations that may fail. */
export async function attempt(
  operation: (state: State) => Promise<State>,
  routes: Routes,
  more: Partial<State> = {},
  credential: object = {},
): Promise<{ outcome: Promise<State>; api: FakeApi }> {
  const api = await startFakeApi(routes);
  onTestFinished(() => api.close());
  const configuration = {
    hostUrl: api.url,
    username: 'admin',
    password: 'district',
    ...credential,
  };
  const outcome = operation({ configuration, ...more });
  await outcome.catch(() => {});
  return { outcome, api };
}
