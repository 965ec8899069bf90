import type { Context, Hono } from 'hono';
import type { Sessions } from './auth/sessions.js';
import type { GoDataCost, Thread } from './cost.js';
import type { GoDataStore } from './store/store.js';
import type { User } from './types.js';
import type { Dialect } from './version.js';

/** Everything that the routes share. */
export interface GoDataContext {
  store: GoDataStore;
  sessions: Sessions;
  dialect: Dialect;
  now(): Date;
  ttlSeconds: number;
  /** The value of the header `api-key` that `/system-settings/version` requires. */
  apiKey: string;
  /** What a real server has to do. */
  cost: GoDataCost | undefined;
  thread: Thread;
}

/** What the authentication passes on to the routes. */
export interface GoDataEnv {
  Variables: { user: User | undefined; token: string | undefined };
}

export type GoDataApp = Hono<GoDataEnv>;
export type GoDataRequest = Context<GoDataEnv>;
