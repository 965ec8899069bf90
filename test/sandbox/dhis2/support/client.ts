import { afterEach } from 'vitest';
import {
  type Dhis2Options,
  type Dhis2Seed,
  type RunningDhis2,
  startDhis2,
} from '#sandbox/dhis2/index.js';
import { aSeed, clock } from './seed.js';

/** The parts of an import's answer that the tests read. */
export interface Summary {
  status: string;
  description?: string;
  importCount: { imported: number; updated: number; ignored: number; deleted: number };
  conflicts: {
    errorCode: string;
    value: string;
    object?: string;
    objects?: Record<string, string>;
    property?: string;
    indexes: number[];
  }[];
  rejectedIndexes?: number[];
  dataSetComplete?: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  // Answers are read as a client of the API would: without types.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  body: any;
}

const running: RunningDhis2[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map(server => server.close()));
});

/** A server for one test, with a client that logs in as `entry` by default. */
export async function aServer(options: Partial<Dhis2Options> & { seed?: Dhis2Seed } = {}) {
  const server = await startDhis2({ clock, seed: aSeed(), jobWaitMs: 0, ...options });
  running.push(server);
  const request = (path: string, init: RequestInit = {}, user = 'entry'): Promise<Answer> =>
    send(`${server.url}${path}`, { ...init, headers: { ...basic(user), ...init.headers } });
  return {
    ...server,
    server,
    request,
    get: (path: string, user?: string) => request(path, {}, user),
    post: (path: string, body: unknown, user?: string) =>
      request(
        path,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        },
        user,
      ),
    /** Posts data values and reads the summary from the envelope. */
    async importValues(body: unknown, query = '', user?: string) {
      const answer = await this.post(`/api/dataValueSets${query}`, body, user);
      const summary = answer.body.response as Summary;
      return { http: answer.status, message: answer.body.message as string, ...summary };
    },
  };
}

/** A request without added credentials; redirects are not followed. */
export async function send(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== '' ? JSON.parse(text) : text,
  };
}

export function basic(user: string, password = 'secret'): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** The counts of a summary in the order of FACTS §8: imported, updated, deleted, ignored. */
export function counts({ importCount }: Pick<Summary, 'importCount'>): number[] {
  const { imported, updated, deleted, ignored } = importCount;
  return [imported, updated, deleted, ignored];
}

export function codes({ conflicts }: Pick<Summary, 'conflicts'>): string[] {
  return conflicts.map(({ errorCode }) => errorCode);
}
