import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASE, type JsonObject, type Person } from '#sandbox/godata/index.js';
import { begin, type TestGoData } from './client.js';

const CASES: Record<string, JsonObject> = {
  a: { dateOfOnset: '2026-01-10', age: { years: 5 }, addresses: [{ locationId: 'L1' }] },
  b: { dateOfOnset: null, age: { years: 30 }, addresses: [{ locationId: 'L2' }] },
  c: { age: null, documents: [{ type: 'X', number: '2020-01-01' }] },
  d: { dateOfOnset: '2026-02-20T10:00:00.000Z', firstName: 'or' },
  e: { dateOfOnset: '2026-03-01', firstName: 'Eve', deleted: true },
};

let godata: TestGoData;

beforeAll(async () => {
  const people = Object.entries(CASES).map(([id, values]): Person => {
    return { id, outbreakId: 'OB', type: CASE.type, ...values };
  });
  const locations = [
    { id: 'L0', name: 'Country', parentLocationId: null },
    { id: 'L1', name: 'District', parentLocationId: 'L0' },
    { id: 'L2', name: 'Other', parentLocationId: null },
  ];
  godata = await begin({ people, locations });
});
afterAll(() => godata.close());

/** The ids of the cases that a filter selects. */
async function ids(where: JsonObject, more: JsonObject = {}): Promise<string> {
  const { body } = await godata.cases({ where, order: ['id ASC'], fields: ['id'], ...more });
  return Array.isArray(body) ? body.map(one => one.id).join('') : JSON.stringify(body);
}

describe('where', () => {
  it.each<[string, JsonObject, string]>([
    ['null matches null and missing', { dateOfOnset: null }, 'bc'],
    ['exists:false matches missing only', { dateOfOnset: { exists: false } }, 'c'],
    ['neq null matches neither null nor missing', { dateOfOnset: { neq: null } }, 'ad'],
    [
      'a range leaves null and missing out',
      { dateOfOnset: { gte: '2026-01-01', lt: '2026-02-20' } },
      'a',
    ],
    [
      'an instant is compared as an instant',
      { dateOfOnset: { gt: '2026-02-20T12:30:00+03:00' } },
      'd',
    ],
    ['between includes both ends', { dateOfOnset: { between: ['2026-01-10', '2026-01-11'] } }, 'a'],
    ['nin matches missing', { firstName: { nin: ['Eve'] } }, 'abcd'],
    ['a path goes through lists', { 'addresses.locationId': { inq: ['L1', 'L9'] } }, 'a'],
    ['a path goes through objects', { 'age.years': { gte: 30 } }, 'b'],
    ['MongoDB operators do too', { 'age.years': { $gte: 30 } }, 'b'],
    ['a text that looks like a date finds no text', { 'documents.number': '2020-01-01' }, ''],
    ['nor is a date compared with a text', { 'documents.number': { gt: '2019-01-01' } }, ''],
    ['a value that is an operator is rewritten', { firstName: 'or' }, ''],
    ['a text is no date', { dateOfOnset: { gt: 'a' } }, ''],
    ['regexp takes slashes and flags', { firstName: { regexp: '/^O/i' } }, 'd'],
    ['like is an expression', { firstName: { like: 'o.' } }, 'd'],
    ['deleted:true in where finds nothing', { deleted: true }, ''],
    ['locations come with what is below', { 'addresses.parentLocationIdFilter': 'L0' }, 'a'],
    ['_id is id', { _id: { gt: 'b' } }, 'cd'],
  ])('%s', async (_name, where, expected) => {
    expect(await ids(where)).toBe(expected);
  });

  it('selects what the workflow requests: a range, or no date at all, after an id', async () => {
    const range = { gte: '2026-02-01', lt: '2026-03-01' };
    const dates = [
      { dateOfOnset: range },
      { dateOfOnset: null },
      { dateOfOnset: { exists: false } },
    ];
    expect(await ids({ and: [{ id: { gt: 'b' } }, { or: dates }, {}] })).toBe('cd');
    expect(await ids({ and: [{ id: { gt: '' } }, { or: dates }] }, { limit: 2 })).toBe('bc');
  });

  it.each<[string, JsonObject]>([
    ['an unknown operator', { firstName: { startsWith: 'E' } }],
    ['an unknown $operator', { firstName: { $where: 'x' } }],
    ['an operator at the top', { $expr: {} }],
    ['a relation', { followUp: { targeted: true } }],
    ['a combination without a list', { or: { firstName: 'x' } }],
  ])('refuses %s, as the sandbox and not the real server', async (_name, where) => {
    const reply = await godata.cases({ where });
    expect([reply.status, reply.code]).toEqual([400, 'SANDBOX_NOT_IMPLEMENTED']);
    expect(JSON.stringify(reply.body)).toContain('The sandbox does not implement');
  });
});

it('reads a time without a zone as UTC, wherever the sandbox runs', async () => {
  const zone = process.env.TZ;
  process.env.TZ = 'America/New_York';
  try {
    expect(
      await ids({ dateOfOnset: { gte: '2026-02-20T10:00:00', lte: '2026-02-20 10:00:00' } }),
    ).toBe('d');
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

describe('the rest of a filter', () => {
  it('shows deleted people on request, also deleted people alone', async () => {
    expect(await ids({}, { deleted: true })).toBe('abcde');
    expect(await ids({ deleted: true }, { deleted: true })).toBe('e');
  });

  it.each([0, -5, 'x', null])('treats the limit %s as no limit', async limit => {
    expect(await ids({}, { limit })).toBe('abcd');
  });

  it('skips, and sorts missing values first', async () => {
    expect(await ids({}, { skip: 1, limit: 2 })).toBe('bc');
    expect(await ids({}, { order: ['dateOfOnset DESC', 'id DESC'] })).toBe('dacb');
    expect(await ids({}, { order: 'dateOfOnset' })).toBe('bcad');
  });

  it('selects fields by a list, by true and by false', async () => {
    const where = { id: 'b' };
    const { body: listed } = await godata.cases({ where, fields: ['id', 'age', 'nothing'] });
    expect(listed).toEqual([{ id: 'b', age: { years: 30 } }]);
    const { body: kept } = await godata.cases({ where, fields: { id: true } });
    expect(kept).toEqual([{ id: 'b' }]);
    const { body: dropped } = await godata.cases({ where, fields: { addresses: false } });
    expect(Object.keys(dropped[0] ?? {}).sort()).toEqual([
      'age',
      'dateOfOnset',
      'deleted',
      'id',
      'outbreakId',
    ]);
  });

  it('refuses keys that the sandbox does not support', async () => {
    expect(
      (await godata.cases({ include: [{ relation: 'followUps', scope: { limit: 1 } }] })).code,
    ).toBe('SANDBOX_NOT_IMPLEMENTED');
    expect((await godata.cases({ wher: {} })).code).toBe('SANDBOX_NOT_IMPLEMENTED');
  });

  it('counts the same records as it lists', async () => {
    const filter = encodeURIComponent(JSON.stringify({ where: { dateOfOnset: null } }));
    const counted = await godata.call('GET', `/outbreaks/OB/cases/filtered-count?filter=${filter}`);
    expect(counted.body).toEqual({ count: 2 });
    const all = await godata.call('GET', `/outbreaks/OB/people/filtered-count`);
    expect(all.body).toEqual({ count: 4 });
  });

  it('is refused with an empty 431 beyond 16 KB', async () => {
    const where = {
      id: { inq: Array.from({ length: 600 }, (_, index) => `case-${index}-aaaaaaaaaaaa`) },
    };
    const query = encodeURIComponent(JSON.stringify({ where }));
    const response = await fetch(`${godata.url}/api/outbreaks/OB/cases?filter=${query}`);
    expect([response.status, await response.text()]).toEqual([431, '']);
  });
});
