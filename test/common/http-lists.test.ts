import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createListReader, createRequester, type ListReader } from '#common/http/index.js';
import { startTestServer, type TestServer } from '../support/http-server.js';

const quick = { attempts: 3, baseMs: 1, maxMs: 10 };
const JSON_TYPE = { 'Content-Type': 'application/json' };
const GET = { method: 'GET', path: '/cases' } as const;
let server: TestServer;
afterEach(() => server?.close());

const requester = () => createRequester('Go.Data', { baseUrl: server.url, timeoutMs: 5000 }, quick);
/** What is picked of the answer, or its body if it is no list. */
async function pickAll(pick: (element: unknown) => unknown, from = requester()): Promise<unknown> {
  let reader: ListReader<unknown> | undefined;
  const collect = (limit: number) => {
    reader = createListReader(pick, limit);
    return reader;
  };
  const { status, body } = await from.send({ ...GET, collect });
  return status === 200 && Array.isArray(body) ? reader!.pickRest(body) : body;
}
const answerWith = async (body: string | Buffer, headers = {}, status = 200) => {
  server = await startTestServer((_, response) =>
    response.writeHead(status, { ...JSON_TYPE, ...headers }).end(body),
  );
};

/** Records whose inner lists and texts look like borders between records. */
const record = (n: number) => ({
  id: `case-${n}`,
  name: `a},{"id":"${n}`,
  place: 'Nzérékoré ☂ 😷',
  ranges: [
    { id: `r${n}`, empty: [] },
    { id: 's', deep: [{ id: 1 }, { id: 2 }] },
  ],
});
const records = (count: number) => Array.from({ length: count }, (_, n) => record(n));

/** As JSON has them: it has no -0. */
const values = fc
  .array(fc.jsonValue({ maxDepth: 4 }).map(value => ({ id: 'x', value })))
  .map(some => JSON.parse(JSON.stringify(some)) as typeof some);

describe('a list that is picked while it arrives', () => {
  it('gives the elements of the whole text, wherever its pieces end', () => {
    fc.assert(
      fc.property(values, fc.nat(9), fc.integer({ min: 1, max: 99_999 }), (some, indent, size) => {
        const list = [...records(1500), ...some, ...records(20)];
        const bytes = Buffer.from(JSON.stringify(list, null, indent > 5 ? 1 : 0));
        const reader = createListReader(element => element, bytes.length);
        for (let at = 0; at < bytes.length; at += size) {
          reader.add(bytes.subarray(at, at + size));
        }
        const rest = JSON.parse(reader.all().toString('utf8'));
        expect(reader.pickRest(rest)).toEqual(list);
      }),
      { numRuns: 30 },
    );
  });

  it('may be in an object, of which all else is left', () => {
    const text = fc.constantFrom('dataValues', '"dataValues":[{"id":', 'Nzérékoré ☂', '}],[{');
    const isCut: boolean[] = [];
    fc.assert(
      fc.property(values, text, text, fc.nat(1), (some, before, after, indent) => {
        const list = [...records(1500), ...some];
        const whole = { before, completeDate: null, dataValues: list, after, others: [{ id: 1 }] };
        const bytes = Buffer.from(JSON.stringify(whole, null, indent));
        const reader = createListReader(element => element, bytes.length, 'dataValues');
        for (let at = 0; at < bytes.length; at += 9999) reader.add(bytes.subarray(at, at + 9999));
        const { dataValues, ...rest } = JSON.parse(reader.all().toString('utf8'));
        isCut.push(dataValues.length < list.length);
        expect(reader.pickRest(dataValues)).toEqual(list);
        expect(rest).toEqual({ before, completeDate: null, after, others: [{ id: 1 }] });
      }),
      { numRuns: 40 },
    );
    expect(isCut).toContain(true);
  });

  it.each([
    ['under another name', { others: records(2000) }],
    ['in an object of an object', { head: { dataValues: records(2000) } }],
    ['behind another list', { head: [], dataValues: records(2000) }],
  ])('in an object is left as it is %s', (_, whole) => {
    const bytes = Buffer.from(JSON.stringify(whole));
    const reader = createListReader(() => 0, bytes.length, 'dataValues');
    for (let at = 0; at < bytes.length; at += 9999) reader.add(bytes.subarray(at, at + 9999));
    expect(JSON.parse(reader.all().toString('utf8'))).toEqual(whole);
    expect(reader.pickRest([])).toEqual([]);
  });

  it('is never in memory as a whole', () => {
    const bytes = Buffer.from(JSON.stringify(records(20_000)));
    const reader = createListReader(() => 0, bytes.length);
    let most = 0;
    for (let at = 0; at < bytes.length; at += 16_384) {
      reader.add(bytes.subarray(at, at + 16_384));
      most = Math.max(most, reader.all().length);
    }
    expect(bytes.length).toBeGreaterThan(3_000_000);
    expect(most).toBeLessThan(100_000);
    expect(reader.pickRest([]).length).toBeGreaterThan(19_000);
  });

  it.each([
    ['compressed', gzipSync(JSON.stringify(records(2000))), { 'Content-Encoding': 'gzip' }],
    ['compressed without a header', gzipSync(JSON.stringify(records(2000))), {}],
    ['plain', JSON.stringify(records(2000)), {}],
  ])('has all its elements: %s', async (_, body, headers) => {
    await answerWith(body, headers);
    const picked = await pickAll(element => (element as { id: string }).id);
    expect(picked).toEqual(records(2000).map(({ id }) => id));
  });

  it.each([
    ['an empty list', '[]', 200, []],
    ['a list of texts', '["a","b"]', 200, [0, 0]],
    ['an object', '{"count":1}', 200, { count: 1 }],
    ['a refusal', '[{"id":"a"}]', 422, [{ id: 'a' }]],
  ])('may be %s', async (_, body, status, expected) => {
    await answerWith(body, {}, status);
    expect(await pickAll(() => 0)).toEqual(expected);
  });

  it('is picked again from its beginning if it was cut off', async () => {
    const text = JSON.stringify(records(2000));
    server = await startTestServer((_, response) => {
      const isFirst = server.requests.length === 1;
      response.writeHead(200, JSON_TYPE).end(isFirst ? text.slice(0, 200_000) : text);
    });
    const seen: unknown[] = [];
    expect(await pickAll(one => seen.push(one))).toHaveLength(2000);
    expect(seen.length).toBeGreaterThan(2500);
    expect(seen.slice(-2000)).toEqual(records(2000));
  });

  it('is an error that says so if it is cut off each time', async () => {
    const text = JSON.stringify(records(2000));
    // It ends like a list, within the list of a record.
    await answerWith(text.slice(0, text.lastIndexOf('}]},') + 2));
    await expect(pickAll(() => 0)).rejects.toMatchObject({
      code: 'TRUNCATED_JSON',
    });
    expect(server.requests).toHaveLength(3);
  });

  it('is not read beyond the limit', async () => {
    await answerWith(JSON.stringify(records(2000)));
    const limited = createRequester(
      'Go.Data',
      { baseUrl: server.url, timeoutMs: 5000, maxBytes: 200_000 },
      quick,
    );
    await expect(pickAll(() => 0, limited)).rejects.toMatchObject({
      code: 'ANSWER_TOO_LARGE',
    });
  });
});
