import { afterEach, expect, it } from 'vitest';
import { runOperations } from '../../support/operations.js';
import { ACRE, aCase, BREN, COLL } from '../../support/outbreak.js';
import { startProxy } from '../../support/proxy.js';
import { type Servers, startServers, valuesInWords } from '../../support/workflow.js';

let servers: Servers;
afterEach(() => servers?.close());

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Runs with a proxy before DHIS2; returns the bodies of the requests that write. */
async function runWith(cases: number, status?: 400 | 415) {
  servers = await startServers({
    people: Array.from({ length: cases }, (_, n) =>
      aCase({
        years: n % 50,
        sex: n % 2 ? 'MALE' : 'FEMALE',
        location: [ACRE, BREN, COLL][n % 3]!,
        date: `2026-${String(1 + (n % 3)).padStart(2, '0')}-${10 + (n % 15)}`,
      }),
    ),
  });
  const sent: Uint8Array[] = [];
  const { url } = await startProxy(servers.dhis2.url, {
    refuse: ({ pathname }, method, body) => {
      if (method !== 'POST' || !pathname.endsWith('/dataValueSets')) return undefined;
      sent.push(body!);
      return status && isGzip(body!) ? { status, body: { message: 'unreadable' } } : undefined;
    },
  });
  const dhis2 = { ...servers.credentials.dhis2, hostUrl: url };
  const through = { ...servers, credentials: { ...servers.credentials, dhis2 } };
  const run = () =>
    runOperations(through, { upsert: { chunkSize: 60, explicitZeros: cases > 10 } });
  const { report } = await run();
  return { report: report['upsert-data-values']!, sent, run };
}

it('sends many values as gzip, a tenth of their length', async () => {
  const { report, sent } = await runWith(120);
  expect(report).toMatchObject({ rejectedCount: 0 });
  expect(report.created).toBeGreaterThan(60);
  expect(sent.slice(0, -1).every(isGzip)).toBe(true);
  const plain = JSON.stringify(servers.dhis2.store.dataValues.list()).length;
  expect(sent.reduce((sum, body) => sum + body.length, 0)).toBeLessThan(plain / 5);
});

it('sends few values as they are', async () => {
  const { report, sent } = await runWith(2);
  expect(report.created).toBeGreaterThan(0);
  expect(sent.map(isGzip)).toEqual([false]);
});

it.each([400, 415] as const)('sends them as they are when a proxy answers %s', async status => {
  const { report, sent, run } = await runWith(120, status);
  expect(report).toMatchObject({ rejectedCount: 0 });
  // Asked once in each run.
  expect(sent.map(isGzip).indexOf(true, 1)).toBe(-1);
  expect(Object.keys(valuesInWords(servers.dhis2)).length).toBeGreaterThan(60);
  const before = sent.length;
  await run();
  expect(sent.length).toBe(before);
});
