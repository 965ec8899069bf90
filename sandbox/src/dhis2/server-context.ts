import type { Context, Hono } from 'hono';
import type { SeedUser } from './accounts/types.js';
import type { ImportSummary } from './data/import/summary.js';
import type { Dhis2Store } from './store/dhis2-store.js';
import type { Jobs } from './system/jobs.js';
import type { ReservedValues } from './tracker/generate/reserved-values.js';
import type { ImportReport } from './tracker/import/report.js';
import type { Dialect } from './versions/dialect.js';

/** What answers cost a real server, in milliseconds. */
export interface Dhis2Cost {
  /** For each tracked entity of a list whose relationships are in the answer, if it has any. */
  relationships?: number;
}

/** Shared by the routes of one server. */
export interface ServerContext {
  cost: Dhis2Cost;
  store: Dhis2Store;
  dialect: Dialect;
  /** The current time; a test sets it. */
  clock: () => Date;
  dataValueJobs: Jobs<ImportSummary>;
  trackerJobs: Jobs<ImportReport>;
  /** Values of generated attributes that clients have reserved. */
  reserved: ReservedValues;
}

/** Hono's types of a request whose user is known. */
export type ApiEnv = { Variables: { user: SeedUser } };
export type ApiContext = Context<ApiEnv>;
export type Api = Hono<ApiEnv>;
