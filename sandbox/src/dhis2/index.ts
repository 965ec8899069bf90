import {
  type FaultSchedule,
  isWriteByMethod,
  type RunningServer,
  startServer,
} from '../server/index.js';
import { createDhis2App } from './app.js';
import type { Dhis2Seed } from './seed/types.js';
import type { Dhis2Cost, ServerContext } from './server-context.js';
import { Dhis2Store } from './store/dhis2-store.js';
import { Jobs } from './system/jobs.js';
import { ReservedValues } from './tracker/generate/reserved-values.js';
import { createDialect } from './versions/dialect.js';

export type * from './accounts/types.js';
export type * from './data/types.js';
export type * from './metadata/types.js';
export { demoMetadata } from './seed/demo-metadata.js';
export { DEMO_TOKEN } from './seed/demo-users.js';
export type * from './seed/types.js';
export { Dhis2Store } from './store/dhis2-store.js';
export type * from './system/types.js';
export type * from './tracker/types.js';

export interface Dhis2Options {
  /** The initial content: a seed, or what `store.toJSON()` saved. */
  seed: Dhis2Seed;
  /** `2.38` to `2.44`, or with a patch number such as `2.40.0`. @default '2.42' */
  version?: string;
  /** @default 0, any free port */
  port?: number;
  /** The current time. @default the computer's */
  clock?: () => Date;
  faults?: FaultSchedule;
  /**
   * Milliseconds that a background job waits before it starts. With 0 it has ended at the second
   * poll.
   *
   * @default 12,000, as long as a real server takes
   */
  jobWaitMs?: number;
  /** How much slower than this sandbox a real server is. @default nothing */
  cost?: Dhis2Cost;
  /** Where the server is deployed, such as `/dhis`. @default the root */
  contextPath?: string;
}

/** A DHIS2 that listens; `url` is its address with the context path, without `/api`. */
export type RunningDhis2 = RunningServer & { store: Dhis2Store; version: string };

/**
 * Starts a DHIS2 server on loopback, with the parts that an outbreak uses: metadata (org units can
 * also be written), data values and Tracker with the importers of its version, and completeness.
 * The sandbox refuses everything else, with a message that says so.
 *
 * @throws Error when the seed or the version is not valid, or the port is taken
 * @example
 * const server = await startDhis2({ seed: demoMetadata(orgUnits), version: '2.43' });
 * server.store.dataValues.list();
 * await server.close();
 */
export async function startDhis2(options: Dhis2Options): Promise<RunningDhis2> {
  const dialect = createDialect(options.version ?? '2.42');
  const clock = options.clock ?? (() => new Date());
  const store = new Dhis2Store(options.seed, clock);
  const contextPath = (options.contextPath ?? '').replace(/\/+$/, '');
  const context: ServerContext = {
    store,
    dialect,
    clock,
    cost: options.cost ?? {},
    dataValueJobs: new Jobs(clock, options.jobWaitMs),
    trackerJobs: new Jobs(clock, options.jobWaitMs),
    reserved: new ReservedValues(store.tracker),
  };
  const app = createDhis2App(context, contextPath);
  const server = await startServer(app, {
    port: options.port,
    faults: options.faults,
    clock,
    // An import that only validates stores nothing (dhis2 LIVE 198).
    isWrite: entry => isWriteByMethod(entry) && !/[?&]importMode=VALIDATE\b/.test(entry.url),
  });
  return Object.assign(server, {
    url: `${server.url}${contextPath}`,
    store,
    version: dialect.version,
  });
}
