import { type FaultSchedule, type RunningServer, startServer } from '../server/index.js';
import { createGoDataApp } from './app.js';
import { Sessions } from './auth/sessions.js';
import { type GoDataCost, Thread, type Work } from './cost.js';
import { GoDataStore } from './store/store.js';
import type { GoDataSeed } from './types.js';
import { dialectFor } from './version.js';

export interface GoDataOptions {
  /** Initial content of the server. @default nothing, not even a user */
  seed?: GoDataSeed;
  /** `2.34` to `2.50`, with or without a patch number. @default '2.50.3' */
  version?: string;
  /** @default any free port */
  port?: number;
  /** Source of the time, for timestamps and the life of tokens. @default the system's clock */
  clock?: () => Date;
  /** @default 600 */
  tokenTtlSeconds?: number;
  /**
   * The value of the header `api-key` that `/system-settings/version` requires. @default
   * 'sandbox-api-key'
   */
  apiKey?: string;
  /** How much slower than this sandbox a real server with one worker is. @default nothing */
  cost?: GoDataCost;
  faults?: FaultSchedule;
}

/** A running Go.Data, with its store for tests and the demonstration. */
export interface RunningGoData extends RunningServer {
  store: GoDataStore;
  version: string;
  /** What it has done until now, by its `cost`. */
  work: Readonly<Work>;
}

/** POSTs that only read (godata FACTS §1.6), and those that open or close a session. */
const NOT_A_WRITE =
  /\/(login|logout|oauth\/token|filter|filtered-count|count|duplicates\/find|generate-visual-id)$/;

/**
 * Starts a Go.Data on loopback, in memory.
 *
 * @throws RangeError for a version that the sandbox does not support
 * @example
 * const godata = await startGoData({ seed: caseListToSeed(cases) });
 * // apiUrl: `${godata.url}/api`
 */
export async function startGoData(options: GoDataOptions = {}): Promise<RunningGoData> {
  const {
    version = '2.50.3',
    clock = () => new Date(),
    tokenTtlSeconds: ttlSeconds = 600,
  } = options;
  const dialect = dialectFor(version);
  const store = new GoDataStore({ now: clock, dialect }, options.seed);
  const sessions = new Sessions({ now: clock, ttlSeconds, dialect });
  const apiKey = options.apiKey ?? 'sandbox-api-key';
  const { cost } = options;
  const thread = new Thread();
  const context = { store, sessions, dialect, now: clock, ttlSeconds, apiKey, cost, thread };
  const app = createGoDataApp(context);
  const server = await startServer(app, {
    port: options.port,
    faults: options.faults,
    tokens: sessions,
    clock,
    isWrite: ({ method, route }) =>
      !/^(GET|HEAD|OPTIONS)$/.test(method) && !NOT_A_WRITE.test(route),
  });
  return { ...server, store, version, work: thread.spent };
}
