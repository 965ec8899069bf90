import { afterAll } from 'vitest';
import { type Dhis2Seed, type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { basic, send } from './client.js';
import { clock } from './seed.js';
import { importSeed } from './tracker-import.js';

/** An invalid payload, and the expected error codes. */
export interface Rule {
  payload: unknown;
  /** In this order; by version where versions differ. */
  codes: string[] | ((minor: number) => string[]);
  strategy?: 'CREATE' | 'UPDATE' | 'CREATE_AND_UPDATE' | 'DELETE';
  /** @default 'clerk', who works everywhere and has no authorities */
  user?: string;
  /** How the server differs from the usual one. */
  seed?: (seed: Dhis2Seed) => void;
}

/** What the tests of one file need; tests that only validate can share a server. */
export function createJudge() {
  const servers = new Map<string, Promise<RunningDhis2>>();
  const start = (key: string, version: string, seed: Dhis2Seed) => {
    const server = servers.get(key) ?? startDhis2({ version, seed, clock });
    servers.set(key, server);
    return server;
  };
  afterAll(async () => {
    for (const server of servers.values()) await (await server).close();
  });

  return async (minor: number, name: string, rule: Rule) => {
    const version = `2.${minor}`;
    const seed = importSeed();
    rule.seed?.(seed);
    const server = await start(rule.seed ? `${version} ${name}` : version, version, seed);
    const strategy = rule.strategy ?? 'CREATE_AND_UPDATE';
    const query = `async=false&importMode=VALIDATE&importStrategy=${strategy}&reportMode=FULL`;
    const { status, body } = await send(`${server.url}/api/tracker?${query}`, {
      method: 'POST',
      headers: { ...basic(rule.user ?? 'clerk'), 'content-type': 'application/json' },
      body: JSON.stringify(rule.payload),
    });
    const errors: { errorCode: string; message: string }[] =
      body.validationReport?.errorReports ?? [];
    return { status, body, codes: errors.map(one => one.errorCode), errors };
  };
}

/** The codes that a rule has in a version. */
export function codesOf({ codes }: Rule, minor: number): string[] {
  return typeof codes === 'function' ? codes(minor) : codes;
}
