import { afterEach, describe, expect, it } from 'vitest';
import type { FetchedOrgUnitBatch } from '#common/handover/fetched-org-unit-batch.js';
import { fetchOrgUnits } from '#dhis2/Adaptor.js';
import type { FetchOrgUnitsOptions } from '#dhis2/org-units/fetch/options.js';
import { demoMetadata, type OrgUnit, type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { startTestServer, type TestServer } from '../../support/http-server.js';
import { aUnit } from '../../support/places.js';

const ROOT = 'CountryOu01';
const idOf = (word: string, n: number) => `${word}${String(n).padStart(11 - word.length, '0')}`;

let dhis2: RunningDhis2;
let proxy: TestServer;
afterEach(async () => {
  await proxy.close();
  await dhis2.close();
});

/** A DHIS2 behind a proxy, so that a test can change it between two requests. */
async function start(units: OrgUnit[], beforeRequest: (number: number) => void = () => {}) {
  dhis2 = await startDhis2({
    seed: demoMetadata(units),
    clock: () => new Date('2026-04-01T12:00:00.000Z'),
  });
  let count = 0;
  proxy = await startTestServer((request, response) => {
    count += 1;
    beforeRequest(count);
    const headers = {
      authorization: request.headers.authorization!,
      'accept-encoding': 'identity',
    };
    void fetch(dhis2.url + request.url, { headers }).then(async answer => {
      response.writeHead(answer.status, { 'Content-Type': 'application/json' });
      response.end(await answer.text());
    });
  });
}

async function read(options: FetchOrgUnitsOptions = {}, state: object = {}) {
  const configuration = { hostUrl: proxy.url, username: 'integration', password: 'Integration-1!' };
  const { data, report } = await fetchOrgUnits(options)({ configuration, ...state });
  return { ...data, report: report['fetch-org-units']! };
}

/** Reads all parts, each beginning where the previous one ended. */
async function readAll(options: FetchOrgUnitsOptions = {}) {
  const parts: FetchedOrgUnitBatch[] = [];
  for (let after: unknown; ; after = parts.at(-1)!.next) {
    parts.push(await read(options, after ? { cursor: { after } } : {}));
    if (!parts.at(-1)!.next) return parts;
  }
}

const put = (unit: OrgUnit) => dhis2.store.metadata.put('organisationUnits', unit);
const remove = (id: string) => dhis2.store.metadata.delete('organisationUnits', id);
const queries = () => proxy.requests.map(({ url }) => decodeURIComponent(url));

/** A country with regions, each with some villages. */
const country = (regions: number, villages: number): OrgUnit[] => [
  aUnit(ROOT, 'Country'),
  ...Array.from({ length: regions }, (_, n) => aUnit(idOf('Region', n), `Region ${n}`, ROOT)),
  ...Array.from({ length: regions * villages }, (_, n) =>
    aUnit(idOf('Vi', n), `Village ${n}`, idOf('Region', n % regions)),
  ),
];

describe('fetchOrgUnits', () => {
  it('returns parents before children, siblings together, each once', async () => {
    await start(country(30, 20));
    const { orgUnits, allIds, roots, next } = await read({ pageSize: 100 });
    expect(new Set(orgUnits.map(({ id }) => id)).size).toBe(631);
    expect(new Set(allIds)).toEqual(new Set(orgUnits.map(({ id }) => id)));
    expect({ roots, next }).toEqual({ roots: [], next: undefined });
    const seen = new Set<string | undefined>([undefined]);
    let last: string | undefined;
    const ended = new Set<string | undefined>();
    for (const { id, parent } of orgUnits) {
      expect(seen.has(parent), id).toBe(true);
      if (parent !== last) ended.add(last);
      expect(ended.has(parent), id).toBe(false);
      last = parent;
      seen.add(id);
    }
  });

  it('reads the tree in the only stable order, then the children of many parents in one request', async () => {
    await start(country(900, 1));
    const { report } = await read();
    const [day, tree, ...details] = queries();
    expect(tree).toContain('order=level:asc,id:asc');
    expect(tree).toContain('pageSize=10000');
    expect(tree).not.toContain('geometry');
    expect(day).toContain('/system/info');
    // The root, then the children of as many parents as give 1,000 org units, but of at most 400.
    expect(details.map(url => url.match(/Region\d+|CountryOu01/g)?.length)).toEqual([
      1, 101, 400, 400,
    ]);
    for (const { url } of proxy.requests) expect(url.length).toBeLessThan(7000);
    expect(report).toMatchObject({ read: 1801, requests: 6 });
  });

  it('reads hundreds of roots in requests that servers accept', async () => {
    const roots = Array.from({ length: 900 }, (_, n) => aUnit(idOf('Root', n), `Root ${n}`));
    await start(roots);
    const { orgUnits } = await read();
    expect(orgUnits).toHaveLength(900);
    for (const { url } of proxy.requests) expect(url.length).toBeLessThan(7000);
  });

  it('reduces geometries to points, and reports those that it cannot read', async () => {
    const square = [
      [
        [0, 0],
        [2, 0],
        [2, 2],
        [0, 2],
        [0, 0],
      ],
    ];
    await start([
      aUnit(ROOT, 'Country', undefined, { geometry: { type: 'Polygon', coordinates: square } }),
      aUnit('VillageBad1', 'Bad', ROOT, { geometry: { type: 'Point', coordinates: [500, 0] } }),
    ]);
    const { orgUnits, report } = await read();
    expect(orgUnits).toEqual([
      expect.objectContaining({ id: ROOT, point: { lat: 1, lng: 1 } }),
      expect.not.objectContaining({ point: expect.anything() }),
    ]);
    expect(JSON.stringify(orgUnits)).not.toContain('coordinates');
    expect(report.adjusted).toEqual([
      expect.objectContaining({ id: 'VillageBad1', code: 'BROKEN_COORDINATES' }),
    ]);
  });

  it("decides what is closed by the server's date, or by a given one", async () => {
    await start([
      aUnit(ROOT, 'Country'),
      aUnit('VillageOld1', 'Old', ROOT, { closedDate: '2026-04-01' }),
      aUnit('VillageYng1', 'Young', ROOT, { closedDate: '2026-04-02' }),
    ]);
    const closed = ({ orgUnits }: FetchedOrgUnitBatch) =>
      orgUnits.filter(one => one.closed).map(({ id }) => id);
    expect(closed(await read())).toEqual(['VillageOld1']);
    expect(closed(await read({}, { today: '2026-04-02' }))).toEqual(['VillageOld1', 'VillageYng1']);
    expect(closed(await read({}, { today: '2026-03-31' }))).toEqual([]);
  });

  it('reads everything again if org units are deleted between pages', async () => {
    const units = country(6, 2000);
    await start(units, number => {
      // Between the first page of 10,000 and the second, all later org units move up by one.
      if (number === 3) remove(idOf('Vi', 0));
    });
    const { allIds } = await read();
    expect(new Set(allIds)).toEqual(
      new Set(units.map(({ id }) => id).filter(id => id !== idOf('Vi', 0))),
    );
  });

  it('reads everything again if one is deleted and another one created, so that the number stays', async () => {
    const units = country(6, 2000);
    const added = aUnit(idOf('Vz', 1), 'Added', idOf('Region', 0));
    await start(units, number => {
      if (number !== 3) return;
      remove(idOf('Vi', 0));
      put(added);
    });
    const { allIds } = await read();
    const wanted = [...units, added].map(({ id }) => id).filter(id => id !== idOf('Vi', 0));
    expect(new Set(allIds)).toEqual(new Set(wanted));
  });

  it('fails, and reports nothing as deleted, if they change each time', async () => {
    await start(country(6, 2000), number => {
      if (number > 1 && number % 2 === 1) remove(idOf('Vi', number));
    });
    await expect(read()).rejects.toMatchObject({ code: 'READ_INCOMPLETE', kind: 'failure' });
    expect(proxy.requests).toHaveLength(7);
  });

  it('leaves to the next run the org units that move or are deleted after the tree was read', async () => {
    const units = country(2, 3);
    await start(units, number => {
      if (number !== 3) return;
      put(aUnit(idOf('Vi', 0), 'Village 0', idOf('Region', 1)));
      remove(idOf('Vi', 1));
      put(aUnit('VillageNew1', 'New', idOf('Region', 0)));
    });
    const { orgUnits, allIds } = await read();
    const left = [idOf('Vi', 0), idOf('Vi', 1), 'VillageNew1'];
    expect(orgUnits.map(({ id }) => id).filter(id => left.includes(id))).toEqual([]);
    expect(allIds).toContain(idOf('Vi', 0));
    expect((await read()).orgUnits).toHaveLength(units.length);
  });

  it('reads a large tree in parts that together are complete', async () => {
    await start(country(30, 20));
    const parts = await readAll({ batchSize: 100, pageSize: 50 });
    const ids = parts.flatMap(({ orgUnits }) => orgUnits.map(({ id }) => id));
    expect(ids).toHaveLength(631);
    expect(new Set(ids).size).toBe(631);
    expect(parts.slice(0, -1).every(({ orgUnits }) => orgUnits.length <= 100)).toBe(true);
    expect(parts.map(({ allIds }) => allIds?.length)).toEqual([
      ...Array(parts.length - 1).fill(undefined),
      631,
    ]);
  });

  it('keeps all children of one parent together, even many', async () => {
    await start(country(2, 300));
    const parts = await readAll({ batchSize: 10 });
    expect(parts.map(({ orgUnits }) => orgUnits.length)).toEqual([3, 300, 300]);
  });

  it('ends a part before its locations would make the state too large', async () => {
    const long = (n: number) => `${n} ${'x'.repeat(1500)}`;
    const units = country(60, 60).map((unit, n) =>
      unit.parent ? { ...unit, name: long(n), shortName: long(-n), code: long(n) } : unit,
    );
    await start(units);
    const parts = await readAll({ batchSize: 100_000 });
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect(JSON.stringify(part).length).toBeLessThan(8_000_000);
    expect(parts.flatMap(({ orgUnits }) => orgUnits)).toHaveLength(units.length);
  });
});

describe('org units without a path to a root', () => {
  it('are rejected, and not reported as deleted', async () => {
    dhis2 = await startDhis2({ seed: demoMetadata([]) });
    const tree = [
      { id: ROOT, level: 1 },
      { id: 'RegionNort1', level: 2, parent: { id: ROOT } },
      { id: 'LoopOrgUni1', level: 3, parent: { id: 'LoopOrgUni2' } },
      { id: 'LoopOrgUni2', level: 3, parent: { id: 'LoopOrgUni1' } },
      { id: 'LostOrgUni1', level: 3, parent: { id: 'Nowhere0001' } },
    ];
    proxy = await startTestServer((request, response) => {
      const { pathname, searchParams: query } = new URL(request.url!, proxy.url);
      response.writeHead(200, { 'Content-Type': 'application/json' });
      if (pathname === '/api/system/info') {
        response.end(JSON.stringify({ version: '2.42.5', systemId: 'system' }));
        return;
      }
      const filter = query.get('filter') ?? '';
      const organisationUnits = tree
        .filter(({ parent }) =>
          filter.startsWith('parent.id:in') ? filter.includes(parent?.id ?? '-') : true,
        )
        .map(one => ({ ...one, name: one.id }));
      response.end(JSON.stringify({ organisationUnits, pager: { total: 5, pageCount: 1 } }));
    });
    const { orgUnits, allIds, report } = await read({}, { today: '2026-04-01' });
    expect(orgUnits.map(({ id }) => id)).toEqual([ROOT, 'RegionNort1']);
    expect(allIds).toHaveLength(5);
    expect(report.rejected!.map(({ id, code }) => [id, code])).toEqual([
      ['LoopOrgUni1', 'NO_WAY_TO_ROOT'],
      ['LoopOrgUni2', 'NO_WAY_TO_ROOT'],
      ['LostOrgUni1', 'NO_WAY_TO_ROOT'],
    ]);
  });
});
