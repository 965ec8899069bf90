import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { classification, sex, tally } from '#godata/Adaptor.js';
import { ACRE, aCase, BREN, CASE_TYPE, OUTBREAK } from '../../support/outbreak.js';
import { type TallyRow, tallyRows } from '../../support/tally-rows.js';
import { type Servers, type ServerTraits, startServers } from '../../support/workflow.js';

let servers: Servers;
afterEach(async () => {
  await servers?.close();
  servers = undefined as never;
});
const start = async (traits: ServerTraits = {}) => {
  servers = await startServers(traits);
  return servers;
};

async function count(
  options: Partial<Parameters<typeof tally>[1]> = {},
  model = 'cases',
  state: Record<string, unknown> = {},
) {
  const operation = tally(model, { outbreak: { id: OUTBREAK }, periodType: 'Weekly', ...options });
  const { data, report } = await operation({
    configuration: servers.credentials.godata,
    today: '2026-04-01',
    ...state,
  });
  return { data, rows: [...tallyRows(data)], report: report[`fetch-${model}`]! };
}

const inWords = (rows: TallyRow[]) =>
  rows
    .map(({ location, period, codes, count: n }) => [location, period, ...codes, n].join(' '))
    .sort();

describe('a tally', () => {
  it('groups records by location, period and codes, and has their locations up to the root', async () => {
    await start({ people: [aCase(), aCase(), aCase({ sex: 'MALE', location: BREN })] });
    const { rows, data } = await count({
      dimensions: { classification: classification(), sex: sex() },
    });
    expect(inWords(rows)).toEqual([
      `${ACRE} 2026W10 CONFIRMED FEMALE 2`,
      `${BREN} 2026W10 CONFIRMED MALE 1`,
    ]);
    expect(data.locations[ACRE]).toEqual({
      name: 'Acre',
      parent: 'DistrictN01',
      identifiers: ['CODE_ACRE'],
    });
    expect(Object.keys(data.locations)).toHaveLength(4);
  });

  it('counts contacts and events by the same rules', async () => {
    await start();
    const { people } = servers.goData.store;
    people.create(OUTBREAK, CASE_TYPE.replace('CASE', 'CONTACT'), {
      dateOfReporting: '2026-03-04',
      usualPlaceOfResidenceLocationId: ACRE,
    });
    people.create(OUTBREAK, CASE_TYPE.replace('CASE', 'EVENT'), {
      name: 'Funeral',
      date: '2026-03-11',
      address: { locationId: BREN },
    });
    expect(inWords((await count({}, 'contacts')).rows)).toEqual([`${ACRE} 2026W10 1`]);
    expect(inWords((await count({ dateField: 'date' }, 'events')).rows)).toEqual([
      `${BREN} 2026W11 1`,
    ]);
  });

  it('counts by another date, another location and an extra filter', async () => {
    await start({
      people: [
        aCase({
          dateOfOnset: '2026-02-02T00:00:00.000Z',
          deathLocationId: BREN,
          riskLevel: 'high',
        }),
        aCase({ dateOfOnset: '2026-02-02T00:00:00.000Z', riskLevel: 'low' }),
      ],
    });
    const { rows, report } = await count({
      dateField: 'dateOfOnset',
      where: { riskLevel: 'high' },
      location: { fields: ['deathLocationId'], code: person => person.deathLocationId },
    });
    expect(inWords(rows)).toEqual([`${BREN} 2026W6 1`]);
    expect(report.read).toBe(1);
  });

  it.each([
    [{ last: 2 }, ['2026W13', '2026W14']],
    [{ last: 1 }, ['2026W14']],
    [{ last: 2, ended: true }, ['2026W12', '2026W13']],
    [{ since: '2026-03-25' }, ['2026W13', '2026W14']],
    [{ until: '2026-03-18' }, ['2026W11', '2026W12']],
    [{ since: '2026-03-18', until: '2026-03-25' }, ['2026W12', '2026W13']],
    ['all' as const, ['2026W11', '2026W12', '2026W13', '2026W14']],
  ])('counts only whole periods of its window %j', async (window, periods) => {
    const people = [
      '2026-03-11',
      '2026-03-15',
      '2026-03-16',
      '2026-03-24',
      '2026-03-29',
      '2026-03-30',
      '2026-04-01',
    ].map(date => aCase({ date }));
    await start({ people });
    const { rows, report } = await count({ window });
    expect([...new Set(rows.map(({ period }) => period))].sort()).toEqual(periods);
    const leftOut = report.leftOut!.reduce((sum, row) => sum + row.count, 0);
    expect(report.counted! + leftOut).toBe(7);
    expect(report.read).toBe(7);
  });

  it('counts a day of two bi-weeks in the later one, with a window that ends with the earlier one', async () => {
    await start({ people: [aCase({ date: '2021-01-02' }), aCase({ date: '2021-01-05' })] });
    const { rows, report } = await count({
      periodType: 'BiWeekly',
      window: { until: '2020-12-31' },
    });
    expect(inWords(rows)).toEqual([`${ACRE} 2020BiW27 1`]);
    expect(report).toMatchObject({ read: 2, counted: 1 });
  });

  it('accepts tomorrow within the same period, and leaves it out beyond the period', async () => {
    await start({ people: [aCase({ date: '2026-04-02' }), aCase({ date: '2026-04-06' })] });
    const { report: midweek } = await count({}, 'cases', { today: '2026-04-01' });
    expect(midweek.leftOut).toEqual([
      { reason: 'future-date', subject: `${ACRE} (Acre)`, count: 1 },
    ]);
    const { rows } = await count({}, 'cases', { today: '2026-04-05' });
    expect(inWords(rows)).toEqual([`${ACRE} 2026W14 1`]);
  });

  it('refuses a location whose function reads an undeclared property', async () => {
    await start({ people: [aCase()] });
    const location = {
      fields: ['addresses'],
      code: (person: Record<string, unknown>) => person.deathLocationId,
    };
    await expect(count({ location })).rejects.toThrow(
      /location: its function reads deathLocationId/,
    );
  });

  it('fails when the server sends only a part of the records', async () => {
    await start({ people: [aCase(), aCase()] });
    servers.goData.faults.add({
      kind: 'status',
      status: 200,
      body: [],
      route: 'GET /api/outbreaks/{id}/cases',
    });
    await expect(count()).rejects.toMatchObject({
      code: 'READ_INCOMPLETE',
      message: 'Go.Data sent only 0 of 2 cases.',
    });
  });

  it('counts each record once, and each reason once, if a page has to be read again', async () => {
    const people = Array.from({ length: 1000 }, (_, n) => aCase(n % 4 === 0 ? { date: null } : {}));
    await start({ people });
    const route = 'GET /api/outbreaks/{id}/cases';
    servers.goData.faults.add({ kind: 'truncate', route, at: 1 });
    const sorted: string[] = [];
    const any = {
      fields: ['firstName'],
      code: ({ id }: { id: string }) => sorted.push(id) && 'any',
    };
    const { rows, report } = await count({ dimensions: { any } });
    // Part of the first answer was sorted before it ended.
    expect(sorted.length).toBeGreaterThan(800);
    expect(inWords(rows)).toEqual([`${ACRE} 2026W10 any 750`]);
    expect(report).toMatchObject({ read: 1000, counted: 750 });
    expect(report.leftOut).toEqual([{ reason: 'no-date', subject: `${ACRE} (Acre)`, count: 250 }]);
  });

  it.each([
    ['in the middle of a page', 10],
    ['at its end', 999],
  ])('ends with what a dimension throws, which is not tried again: %s', async (_, at) => {
    await start({ people: Array.from({ length: 1000 }, (__, n) => aCase({ id: `x${n + 1000}` })) });
    const code = ({ id }: { id: string }) => {
      if (id === `x${at + 1000}`) throw new TypeError('of the mapping');
      return 'any';
    };
    const counting = count({ dimensions: { any: { fields: ['firstName'], code } } });
    await expect(counting).rejects.toEqual(new TypeError('of the mapping'));
    const pages = servers.goData.requests.entries.filter(
      ({ route }) => route === 'GET /api/outbreaks/{id}/cases',
    );
    expect(pages).toHaveLength(1);
  });

  it('leaves out invalid dates, and dates of another century', async () => {
    await start({
      people: [aCase({ date: '0026-03-04' }), aCase({ dateOfReporting: 'yesterday' }), aCase()],
    });
    const { report } = await count();
    expect(report.leftOut).toEqual([
      { reason: 'invalid-date', subject: `${ACRE} (Acre)`, count: 2 },
    ]);
  });

  it.each([
    ["window: must be 'all'", { window: 'last 12' as never }],
    // What a function of the state gives when it has no since: state => state.since && { ... }.
    ["window: must be 'all'", { window: () => undefined as never }],
    ['window.last', { window: { last: 0 } }],
    ['window.since', { window: { since: '2026-02-30' } }],
    ['since is after until', { window: { since: '2026-05-01', until: '2026-01-01' } }],
    ['not a DHIS2 period type', { periodType: 'Fortnightly' }],
    ['"dimension" is not known', { dimension: {} }],
    ['dimensions.sex', { dimensions: { sex: () => 'M' } }],
    ['pageSize', { pageSize: 0 }],
    ['outbreak', { outbreak: {} }],
    ['"dateOfReportng" is not a date of cases', { dateField: 'dateOfReportng' }],
    ['location', { location: { code: () => ACRE } }],
  ])('refuses %s, before any request', async (message, options) => {
    await start();
    await expect(count(options as never)).rejects.toMatchObject({
      code: 'BAD_OPTION',
      kind: 'configuration',
      message: expect.stringContaining(message),
    });
    expect(servers.goData.requests.count()).toBe(0);
  });

  it.each([
    ['5,000 short records', 'riskLevel', 5000],
    ['1,000 records whose properties may be long', 'questionnaireAnswers', 1000],
  ])('reads %s in one request', async (_, field, limit) => {
    await start();
    await count({ dimensions: { any: { fields: [field], code: () => 'any' } } });
    const page = servers.goData.requests.entries.find(
      ({ route }) => route === 'GET /api/outbreaks/{id}/cases',
    )!;
    expect(decodeURIComponent(page.url)).toContain(`"limit":${limit}`);
  });

  it('counts each record once, whatever others write during the read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 100, max: 999 }), { minLength: 5, maxLength: 40 }),
        fc.array(fc.integer({ min: 100, max: 999 }), { maxLength: 10 }),
        fc.integer({ min: 1, max: 7 }),
        async (ids, added, pageSize) => {
          await start({ people: ids.map(id => aCase({ id: `x${id}` })) });
          const { store, requests } = servers.goData;
          const late = added.filter(id => !ids.includes(id));
          let seen = 0;
          let pages = 0;
          const { rows } = await count({
            pageSize,
            dimensions: {
              id: {
                fields: [],
                code: ({ id }) => {
                  seen += 1;
                  const page = Math.floor(seen / pageSize);
                  if (page > pages && late.length > 0) {
                    pages = page;
                    const next = late.pop()!;
                    if (!store.people.get(`x${next}`)) store.people.put(aCase({ id: `x${next}` }));
                  }
                  return id;
                },
              },
            },
          });
          const counted = new Map(rows.map(({ codes: [id = ''], count: n }) => [id, n]));
          expect([...counted.values()].every(n => n === 1)).toBe(true);
          expect(ids.every(id => counted.has(`x${id}`))).toBe(true);
          expect(requests.count()).toBeLessThanOrEqual(
            Math.ceil((ids.length + added.length) / pageSize) + 5,
          );
          await servers.close();
          servers = undefined as never;
        },
      ),
      { numRuns: 20 },
    );
  });
});
