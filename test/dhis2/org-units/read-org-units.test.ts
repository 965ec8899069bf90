import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dhis2Client } from '#dhis2/client/client.js';
import { readOrgUnits } from '#dhis2/org-units/read-org-units.js';
import { startTestServer, type TestServer } from '../../support/http-server.js';
import { runs } from '../../support/runs.js';

const PAGE_SIZE = 10_000;
/** Org units that no test requests, so that the tree has a second page. */
const OTHERS = Array.from({ length: PAGE_SIZE }, (_, n) => ({
  id: `x${String(n).padStart(10, '0')}`,
  code: `other ${n}`,
}));

let server: TestServer;
let client: Dhis2Client;
let stored: { id: string; code: string }[] = [];

beforeAll(async () => {
  server = await startTestServer((request, response) => {
    const query = new URL(request.url!, server.url).searchParams;
    const listed = { id: new Set<string>(), code: new Set<string>() };
    for (const filter of query.getAll('filter')) {
      const [, property, words] = /^(id|code):in:\[(.*)\]$/.exec(filter)!;
      listed[property as 'id' | 'code'] = new Set(words!.split(','));
    }
    const pageSize = Number(query.get('pageSize'));
    const start = (Number(query.get('page')) - 1) * pageSize;
    const organisationUnits =
      query.get('paging') === 'false'
        ? stored.filter(({ id, code }) => listed.id.has(id) || listed.code.has(code))
        : stored.slice(start, start + pageSize);
    const pager = { pageCount: Math.ceil(stored.length / pageSize), total: stored.length };
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ organisationUnits, pager }));
  });
  client = new Dhis2Client({ hostUrl: server.url, username: 'a', password: 'b' });
});
afterAll(() => server.close());

/** Reads units from a server that has all of them, and returns the requests. */
async function read(ids: string[], codes: string[]) {
  stored = [
    ...OTHERS,
    ...[...new Set(ids)].map(id => ({ id, code: `of ${id}` })),
    ...[...new Set(codes)].map((code, n) => ({ id: `y${String(n).padStart(10, '0')}`, code })),
  ];
  const before = server.requests.length;
  const units = await readOrgUnits(client, ids, codes);
  return { units, lines: server.requests.slice(before).map(requestLine) };
}

const requestLine = ({ method, url }: TestServer['requests'][number]) =>
  `${method} ${url} HTTP/1.1`;
const uids = (count: number) => Array.from({ length: count }, (_, n) => `a${1e9 + n}`);

describe('the URL of a request', () => {
  const uid = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{10}$/);
  const code = fc.oneof(
    { weight: 200, arbitrary: fc.stringMatching(/^[A-Za-z0-9_.-]{1,50}$/) },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 50, unit: 'grapheme' }) },
  );
  /** The number of ids or codes around the limit of one URL. */
  const some = <T>(one: fc.Arbitrary<T>) =>
    fc
      .tuple(fc.array(one, { minLength: 1, maxLength: 40 }), fc.integer({ min: 0, max: 600 }))
      .map(([first, length]) =>
        Array.from({ length }, (_, n) => [first[n % first.length]!, n] as const),
      );
  const ids = some(uid).map(list =>
    list.map(([id, n]) => id.slice(0, 8) + String(n).padStart(3, '0')),
  );
  const codes = some(code).map(list => list.map(([word, n]) => `${word.slice(0, 46)}${n}`));

  it('stays below the limit of servers, and all requested org units are returned', async () => {
    const ways = { filter: 0, tree: 0 };
    await fc.assert(
      fc.asyncProperty(ids, codes, async (ids, codes) => {
        const { units, lines } = await read(ids, codes);
        for (const line of lines) expect(line.length).toBeLessThan(7_000);
        const found = {
          ids: new Set(units.map(u => u.id)),
          codes: new Set(units.map(u => u.code)),
        };
        expect(ids.filter(id => !found.ids.has(id))).toEqual([]);
        expect(codes.filter(word => !found.codes.has(word!))).toEqual([]);
        ways[lines.length > 1 ? 'tree' : 'filter'] += 1;
      }),
      runs(15, 180),
    );
    expect(Math.min(ways.filter, ways.tree)).toBeGreaterThan(0);
  });

  it('is one for as many ids as fit; for more, the tree is read', async () => {
    const few = await read(uids(400), []);
    expect(few.lines).toHaveLength(1);
    expect(few.units).toHaveLength(400);
    const many = await read(uids(450), []);
    expect(many.lines).toHaveLength(2);
    expect(many.lines.join()).not.toContain('filter=');
  });

  it('is limited by the length of the codes, not by their number', async () => {
    const codes = (length: number) =>
      Array.from({ length: 300 }, (_, n) => String(n).padStart(length, 'C'));
    expect((await read([], codes(8))).lines).toHaveLength(1);
    expect((await read([], codes(24))).lines).toHaveLength(2);
  });
});

it('sends no request if no id is a DHIS2 id', async () => {
  expect((await read(['3c5d1c6e-6a0e-4f0d-9f3e-8b7a5d1e2f30'], [])).lines).toEqual([]);
});
