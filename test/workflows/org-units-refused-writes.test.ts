import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrgUnit } from '#sandbox/dhis2/index.js';
import type { BothServers } from '../support/both-servers.js';
import {
  aLocation,
  aUnit,
  drainOrgUnitOperations,
  drainPlaceOperations,
  startPlaceServers,
} from '../support/places.js';
import { startProxy } from '../support/proxy.js';
import { runs } from '../support/runs.js';

const COUNTRY = 'CountryOu01';

/** Parent of each by id. */
type Parents = Record<string, string | null>;

/** The ids from which no chain of parents leads to a root. */
function outOfTree(parents: Parents): string[] {
  const leadsToRoot = (id: string): boolean => {
    const seen = new Set<string>();
    let at: string | null | undefined = id;
    for (; at && !seen.has(at); at = parents[at]) seen.add(at);
    return at === null;
  };
  return Object.keys(parents).filter(id => !leadsToRoot(id));
}

function orgUnitParents({ dhis2 }: BothServers): Parents {
  const units = dhis2.store.metadata.list('organisationUnits') as OrgUnit[];
  return Object.fromEntries(units.map(({ id, parent }) => [id, parent?.id ?? null]));
}

function locationParents({ goData }: BothServers): Parents {
  const locations = goData.store.locations.list().filter(({ deleted }) => !deleted);
  return Object.fromEntries(
    locations.map(({ id, parentLocationId }) => [id, (parentLocationId as string) ?? null]),
  );
}

/** What a server refuses in a run, write by write; at the end nothing is refused. */
const anyRefusals = fc.array(fc.boolean(), { maxLength: 40 });
/** Each place is moved below one of the others, or to the top of them. */
const anyParents = fc.array(fc.nat(20), { minLength: 2, maxLength: 9 });

const anyRanks = fc.array(fc.nat(20), { minLength: 9, maxLength: 9 });
const ZEROS = Array.from({ length: 9 }, () => 0);

/** Parents that give a tree: each place is below one with a lower rank. */
function toTree(picks: readonly number[], ranks: readonly number[], top: string): Parents {
  const order = picks.map((_, n) => n).sort((a, b) => ranks[a]! - ranks[b]! || a - b);
  return Object.fromEntries(
    order.map((n, place) => {
      const pick = picks[n]! % (place + 1);
      return [idOf(n), pick === place ? top : idOf(order[pick]!)];
    }),
  );
}

const idOf = (n: number) => `OrgUnit${String(n).padStart(4, '0')}`;

/** The address of a server that refuses some of its writes and is checked after each. */
async function startRefusing(url: string, refusals: boolean[], onWrite: () => void) {
  let writes = 0;
  return startProxy(url, {
    refuse: (url, method) => {
      // Go.Data's login and token do not count as writes.
      if (!/organisationUnits|locations/.test(url.pathname)) return undefined;
      if (!['POST', 'PUT', 'PATCH'].includes(method)) return undefined;
      writes += 1;
      return refusals[writes - 1] ? { status: 409, body: {} } : undefined;
    },
    onAnswer: (body, _, method) => {
      if (method !== 'GET') onWrite();
      return body;
    },
  });
}

describe('any moves of places, some of them refused', () => {
  it('leave a tree of org units after every single write, and end in the right one', async () => {
    await fc.assert(
      fc.asyncProperty(anyParents, anyRanks, anyRefusals, async (picks, ranks, refusals) => {
        const before = toTree(picks, ZEROS, COUNTRY);
        const after = toTree(picks, ranks, COUNTRY);
        // The last one is new.
        const last = idOf(picks.length - 1);
        const units = [aUnit(COUNTRY, 'Country')];
        for (const [id, parent] of Object.entries(before)) {
          if (id !== last) units.push(aUnit(id, id, parent!));
        }
        const servers = await startPlaceServers(units, []);
        try {
          await drainPlaceOperations(servers);
          const { locations } = servers.goData.store;
          for (const [id, parent] of Object.entries(after)) {
            const name = { name: id, parentLocationId: parent };
            if (locations.get(id)) locations.update(id, name);
            else locations.put(aLocation(id, id, parent ?? undefined));
          }
          const lost: string[][] = [];
          const proxy = await startRefusing(servers.dhis2.url, refusals, () =>
            lost.push(outOfTree(orgUnitParents(servers))),
          );
          const credentials = {
            ...servers.credentials,
            dhis2: { ...servers.credentials.dhis2, hostUrl: proxy.url },
          };
          const map = { owner: 'godata' as const };
          await drainOrgUnitOperations({ ...servers, credentials }, { map });
          expect(lost.flat()).toEqual([]);
          const { report } = await drainOrgUnitOperations(servers, { map });
          expect(report['upsert-org-units']!.rejected).toBeUndefined();
          const codes = servers.dhis2.store.metadata.list('organisationUnits') as OrgUnit[];
          const locationOf = new Map(codes.map(({ id, code }) => [id, code ?? id]));
          const made = Object.fromEntries(
            Object.entries(orgUnitParents(servers)).map(([id, parent]) => [
              locationOf.get(id),
              parent && locationOf.get(parent),
            ]),
          );
          expect(made).toEqual({ [COUNTRY]: null, ...after });
        } finally {
          await servers.close();
        }
      }),
      runs(12, 180),
    );
  });

  it('leave a tree of locations after every single write, and end in the right one', async () => {
    await fc.assert(
      fc.asyncProperty(anyParents, anyRanks, anyRefusals, async (picks, ranks, refusals) => {
        const before = toTree(picks, ZEROS, COUNTRY);
        const after = toTree(picks, ranks, COUNTRY);
        const units = (parents: Parents) =>
          Object.entries(parents).map(([id, parent]) => aUnit(id, id, parent!));
        const servers = await startPlaceServers([aUnit(COUNTRY, 'Country'), ...units(before)]);
        try {
          await drainPlaceOperations(servers);
          const { metadata } = servers.dhis2.store;
          for (const unit of units(after)) metadata.save('organisationUnits', unit);
          const lost: string[][] = [];
          const proxy = await startRefusing(servers.goData.url, refusals, () =>
            lost.push(outOfTree(locationParents(servers))),
          );
          const godata = { ...servers.credentials.godata, apiUrl: `${proxy.url}/api` };
          const credentials = { ...servers.credentials, godata };
          await drainPlaceOperations({ ...servers, credentials });
          expect(lost.flat()).toEqual([]);
          await drainPlaceOperations(servers);
          expect(locationParents(servers)).toEqual({ [COUNTRY]: null, ...after });
        } finally {
          await servers.close();
        }
      }),
      runs(12, 180),
    );
  });
});

it('the plan of a run shows refused org units where they still are', async () => {
  const units = [
    aUnit(COUNTRY, 'Country'),
    aUnit(idOf(1), 'District', COUNTRY),
    aUnit(idOf(2), 'Clinic', idOf(1)),
    aUnit(idOf(3), 'Village', idOf(2)),
  ];
  const servers = await startPlaceServers(units);
  try {
    await drainPlaceOperations(servers);
    const { locations } = servers.goData.store;
    // Parent and child exchange their places, and the account does not have the country.
    locations.update(idOf(2), { parentLocationId: COUNTRY });
    locations.update(idOf(1), { parentLocationId: idOf(2) });
    locations.update(idOf(3), { name: 'Hamlet' });
    const { id } = servers.dhis2.store.toJSON().users.find(one => one.username === 'integration')!;
    servers.dhis2.store.changeUser(id, { organisationUnits: [{ id: idOf(1) }] });
    const { data, report } = await drainOrgUnitOperations(servers, { map: { owner: 'godata' } });
    expect(report['upsert-org-units']).toMatchObject({ updated: 1, rejectedCount: 2 });
    const { rows } = (data as { plan: { rows: string[][] } }).plan;
    expect(rows.map(([name, change]) => [name, change])).toEqual([
      ['Country', null],
      ['  District', null],
      ['    Clinic', null],
      ['      Hamlet', 'update'],
    ]);
  } finally {
    await servers.close();
  }
});
