import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { begin, type TestGoData } from './client.js';

/*
 * Measured with the server's own library, loopback-datasource-juggler 3.36.1, on models as Go.Data
 * 2.50.3 declares them: create and updateAttributes give the same result.
 */

let godata: TestGoData;
beforeAll(async () => {
  godata = await begin();
});
afterAll(() => godata.close());

const create = async (body: object) => godata.call('POST', '/outbreaks/OB/cases', body);
const change = async (body: object) => {
  const { id } = (await create({})).body;
  return godata.call('PUT', `/outbreaks/OB/cases/${id}`, body);
};

describe.each([
  ['created', create],
  ['changed', change],
])('a case that is %s', (_, send) => {
  it.each<[unknown, string]>([
    [1_580_515_200_000, '2020-02-01T00:00:00.000Z'],
    [5, '1970-01-01T00:00:00.005Z'],
    [true, '1970-01-01T00:00:00.001Z'],
    [false, '1970-01-01T00:00:00.000Z'],
    [['2020-05-01'], '2020-05-01T00:00:00.000Z'],
    ['2020-05', '2020-05-01T00:00:00.000Z'],
    ['2020', '2020-01-01T00:00:00.000Z'],
    ['5', '2001-05-01T00:00:00.000Z'],
    ['2020/05/01', '2020-05-01T00:00:00.000Z'],
    ['01/05/2020', '2020-01-05T00:00:00.000Z'],
    ['May 1 2020', '2020-05-01T00:00:00.000Z'],
    ['2020-5-1', '2020-05-01T00:00:00.000Z'],
    [' 2020-05-01', '2020-05-01T00:00:00.000Z'],
    ['2020-05-01 ', '2020-05-01T00:00:00.000Z'],
    ['2020-02-30', '2020-03-01T00:00:00.000Z'],
    ['2020-06-31', '2020-07-01T00:00:00.000Z'],
    ['2020-05-01T10:00', '2020-05-01T10:00:00.000Z'],
    ['2020-05-01 10:00:00', '2020-05-01T10:00:00.000Z'],
    ['2020-05-01T10:00:00+03:00', '2020-05-01T07:00:00.000Z'],
    ['Fri, 01 May 2020 10:00:00 GMT', '2020-05-01T10:00:00.000Z'],
  ])('stores the date %j as %s, as a property and in a date range', async (given, stored) => {
    const { status, body } = await send({ dateOfOnset: given, dateRanges: [{ startDate: given }] });
    expect(status).toBe(200);
    expect(body.dateOfOnset).toBe(stored);
    expect(body.dateRanges).toEqual([{ startDate: stored }]);
  });

  it.each([[{}], [[]], [''], [' '], ['2020-02-32'], ['2020-13-01'], ['31/12/2020'], ['13']])(
    'is refused for the date %j, which is dropped in a date range',
    async given => {
      const refused = await send({ dob: given });
      expect(refused.status).toBe(422);
      expect(refused.body.error).toMatchObject({
        details: { codes: { dob: ['date'] } },
        message: expect.stringContaining('`dob` is not a valid date (value: Invalid Date)'),
      });
      const { status, body } = await send({ dateRanges: [{ endDate: given }] });
      expect([status, body.dateRanges]).toEqual([200, [{ endDate: null }]]);
    },
  );

  it.each<[Record<string, unknown>]>([
    [{ safeBurial: 'false', was: false }],
    [{ safeBurial: '0', was: false }],
    [{ safeBurial: '', was: false }],
    [{ safeBurial: 0, was: false }],
    [{ safeBurial: 'yes', was: true }],
    [{ safeBurial: 'no', was: true }],
    [{ safeBurial: {}, was: true }],
    [{ safeBurial: null, was: null }],
    [{ firstName: 5, was: '5' }],
    [{ firstName: true, was: 'true' }],
    [{ firstName: {}, was: '[object Object]' }],
    [{ firstName: ['a', 'b'], was: 'a,b' }],
    [{ visualId: '', was: '' }],
    [{ age: 7, was: {} }],
    [{ age: '7', was: { 0: '7' } }],
    [{ age: [], was: {} }],
    [{ age: { years: '7' }, was: { years: 7 } }],
    [{ age: { years: '30.0' }, was: { years: 30 } }],
    [{ age: { years: '' }, was: { years: 0 } }],
    [{ age: { years: true }, was: { years: 1 } }],
    [{ age: { years: {} }, was: { years: null } }],
    [{ documents: [{ type: 1, number: 2 }], was: [{ type: '1', number: '2' }] }],
    [{ vaccinesReceived: '[]', was: [] }],
    [{ dateRanges: [5], was: [{}] }],
    [{ unheardOf: { a: 1 }, was: { a: 1 } }],
    [{ questionnaireAnswers: 5, was: 5 }],
  ])('accepts %j', async ({ was, ...body }) => {
    const [name, value] = Object.entries(body)[0]!;
    const sent = await send({ [name]: value });
    expect(sent.status).toBe(200);
    const found = await godata.call('GET', `/outbreaks/OB/cases/${sent.body.id}`);
    expect(found.body[name]).toEqual(was);
  });

  it.each([
    [{}, 'Items must be an array: {}'],
    [5, 'Items must be an array: 5'],
    [true, 'Items must be an array: true'],
    ['x', 'could not create List from JSON string: "x"'],
    ['', 'could not create List from JSON string: ""'],
  ])('is refused for %j instead of a list', async (given, message) => {
    for (const name of ['addresses', 'dateRanges', 'documents']) {
      const { status, body } = await send({ [name]: given });
      expect([status, body.error]).toMatchObject([400, { message }]);
    }
  });
});

it('casts other records by their own models', async () => {
  const { body: person } = await create({ firstName: 'A' });
  const path = `/outbreaks/OB/cases/${person.id}/lab-results`;
  const result = { dateSampleTaken: '2020-5-1', result: 1, sequence: { hasSequence: 'no' } };
  expect((await godata.call('POST', path, result)).body).toMatchObject({
    dateSampleTaken: '2020-05-01T00:00:00.000Z',
    result: '1',
    sequence: { hasSequence: true },
  });
  expect((await godata.call('POST', path, { dateOfResult: {} })).status).toBe(422);
  const place = { name: 5, synonyms: [6], active: '0' };
  expect((await godata.call('POST', '/locations', place)).body).toMatchObject({
    name: '5',
    synonyms: ['6'],
    active: false,
  });
});

describe('filtered-count', () => {
  it('stops at the limit of the filter, and then reports that there may be more', async () => {
    const count = async (filter: object) => {
      const query = encodeURIComponent(JSON.stringify(filter));
      return (await godata.call('GET', `/outbreaks/OB/contacts/filtered-count?filter=${query}`))
        .body;
    };
    for (const id of ['a', 'b', 'c']) await godata.call('POST', '/outbreaks/OB/contacts', { id });
    expect(await count({})).toEqual({ count: 3 });
    expect(await count({ limit: 2 })).toEqual({ count: 2, hasMore: true });
    expect(await count({ limit: 3 })).toEqual({ count: 3, hasMore: true });
    expect(await count({ limit: 4 })).toEqual({ count: 3, hasMore: false });
    expect(await count({ flags: { applyHasMoreLimit: true } })).toEqual({
      count: 3,
      hasMore: false,
    });
  });
});

it('finds nothing by a part of a date, and treats like as a regular expression', async () => {
  await create({ firstName: 'Part', dateOfReporting: '2021-05-05' });
  const found = async (where: object) => (await godata.cases({ where })).body.length;
  expect(await found({ dateOfReporting: { gte: '2021-05-05' } })).toBe(1);
  for (const part of ['2021', '2021-05']) {
    expect(await found({ dateOfReporting: { gte: part } })).toBe(0);
    expect(await found({ dateOfReporting: part })).toBe(0);
  }
  expect(await found({ firstName: { like: '^P.rt$' } })).toBe(1);
  expect(await found({ firstName: { like: 'P%' } })).toBe(0);
});

it('has no user "me"', async () => {
  const { status, code } = await godata.call('GET', '/users/me');
  expect([status, code]).toEqual([500, 'INTERNAL_ERROR']);
});

it('returns the creation time of languages', async () => {
  const { body } = await godata.call('GET', '/languages');
  expect(Object.keys(body[0]!)).toEqual(
    expect.arrayContaining(['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'deleted']),
  );
});
