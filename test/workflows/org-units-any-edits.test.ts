import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Location } from '#godata/client/requests/locations.js';
import type { OrgUnit } from '#sandbox/dhis2/index.js';
import type { GoDataRecord } from '#sandbox/godata/index.js';
import type { BothServers } from '../support/both-servers.js';
import { drainPlaceOperations, runPlaceOperations, startPlaceServers } from '../support/places.js';
import { runs, stops } from '../support/runs.js';

const ROOT = 'CountryOu01';
const YESTERDAY = '2026-01-01';

const idOf = (n: number) => `OrgUnit${String(n).padStart(4, '0')}`;

// Few names, so that siblings often share one and often swap them.
const anyName = fc.constantFrom('Acre', 'ACRE', 'Bren', 'Coll', 'Dale', 'Acre (K1)');
const anyPoint = fc.option(
  fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -9, max: 9 })),
);
const anyTraits = fc.record({
  name: anyName,
  shortName: anyName,
  code: fc.boolean(),
  closed: fc.boolean(),
  point: anyPoint,
});
type Traits = {
  name: string;
  shortName: string;
  code: boolean;
  closed: boolean;
  point: [number, number] | null;
};

const anyEdit = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      nth: fc.nat(30),
      traits: anyTraits,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('move' as const), nth: fc.nat(30), to: fc.nat(30) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('add' as const), to: fc.nat(30), traits: anyTraits }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), nth: fc.nat(30) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('swap' as const), nth: fc.nat(30), with: fc.nat(30) }),
  },
  // A user deletes a location in Go.Data, and everything below it that the workflow keeps.
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), nth: fc.nat(30) }) },
);

function toUnit(n: number, traits: Traits, parent: string): OrgUnit {
  const { name, shortName, code, closed, point } = traits;
  return {
    id: idOf(n),
    name,
    shortName,
    ...(code ? { code: `K${n}` } : {}),
    openingDate: '1990-01-01',
    ...(closed ? { closedDate: YESTERDAY } : {}),
    ...(point ? { geometry: { type: 'Point', coordinates: point } } : {}),
    parent: { id: parent },
  };
}

/** Edits org units as users would; an edit that DHIS2 refuses has no effect. */
function createEditor({ dhis2: { store }, goData }: BothServers, first: number) {
  let next = first;
  const units = () => store.metadata.list('organisationUnits') as OrgUnit[];
  const below = () => units().filter(({ id }) => id !== ROOT);
  const pick = <T>(list: T[], nth: number) => list[nth % Math.max(1, list.length)];
  const attempt = (edit: () => void) => {
    try {
      edit();
    } catch {
      // Below itself, or with children: DHIS2 refuses it.
    }
  };
  const drop = (id: string) => {
    const { locations } = goData.store;
    const below = locations.get(id) ? locations.withDescendants([id]) : [];
    for (const one of below) if (!one.startsWith('hand-')) locations.delete(one);
  };
  return (edit: typeof anyEdit extends fc.Arbitrary<infer E> ? E : never) => {
    const unit = 'nth' in edit ? pick(below(), edit.nth) : undefined;
    const put = (one: OrgUnit) => attempt(() => store.metadata.put('organisationUnits', one));
    if (edit.kind === 'add') {
      put(toUnit(next, edit.traits as Traits, pick(units(), edit.to)!.id));
      next += 1;
    } else if (!unit) return;
    else if (edit.kind === 'drop') drop(unit.id);
    else if (edit.kind === 'change') {
      put(toUnit(Number(unit.id.slice(-4)), edit.traits as Traits, unit.parent!.id));
    } else if (edit.kind === 'move') {
      put({ ...unit, parent: { id: pick(units(), edit.to)!.id } });
    } else if (edit.kind === 'remove') {
      attempt(() => store.metadata.delete('organisationUnits', unit.id));
    } else {
      const other = pick(below(), edit.with)!;
      put({ ...unit, name: other.name, shortName: other.shortName });
      put({ ...other, name: unit.name, shortName: unit.shortName });
    }
  };
}

/** The visible fields of a location. */
interface Seen {
  name: string;
  parent: string | null;
  active: boolean;
  level: string;
  codes: string;
  synonyms: string;
}

/** The tree that DHIS2's org units should give, computed by brute force. */
function expectedTree(orgUnits: OrgUnit[]): Record<string, Seen> {
  const byId = new Map(orgUnits.map(unit => [unit.id, unit]));
  const depth = (unit: OrgUnit): number => (unit.parent ? depth(byId.get(unit.parent.id)!) + 1 : 0);
  const isOpen = (unit: OrgUnit): boolean =>
    !unit.closedDate ||
    orgUnits.some(({ parent, ...child }) => parent?.id === unit.id && isOpen({ ...child, parent }));
  const key = (text: string) => text.toLowerCase();
  const own = ({ name, shortName = '' }: OrgUnit) =>
    key(name) === key(shortName) ? [] : [shortName];
  const synonymsOf = (unit: OrgUnit) =>
    own(unit).filter(
      word =>
        !orgUnits.some(
          other =>
            other.id !== unit.id &&
            other.parent?.id === unit.parent?.id &&
            own(other).some(one => key(one) === key(word)),
        ),
    );
  const clashes = (unit: OrgUnit, name: string, nameOf: (one: OrgUnit) => string) =>
    orgUnits.some(
      other =>
        other.id !== unit.id &&
        other.parent?.id === unit.parent?.id &&
        [nameOf(other), ...synonymsOf(other)].some(word => key(word) === key(name)),
    );
  const once = (unit: OrgUnit) =>
    clashes(unit, unit.name, one => one.name)
      ? `${unit.name} (${unit.code ?? unit.id})`
      : unit.name;
  const anyClash = (unit: OrgUnit) =>
    orgUnits.some(
      one => one.parent?.id === unit.parent?.id && clashes(one, one.name, other => other.name),
    );
  const twice = (unit: OrgUnit) =>
    anyClash(unit) && clashes(unit, once(unit), once) ? `${once(unit)} (${unit.id})` : once(unit);
  return Object.fromEntries(
    orgUnits.map(unit => [
      unit.id,
      {
        name: twice(unit),
        parent: unit.parent?.id ?? null,
        active: isOpen(unit),
        level: String(depth(unit)),
        codes: [...(unit.code ? [unit.code] : []), unit.id].join(),
        synonyms: synonymsOf(unit).join(),
      },
    ]),
  );
}

function seen(location: GoDataRecord): Seen {
  const { name, parentLocationId, active, geographicalLevelId, identifiers, synonyms } =
    location as unknown as Required<Location>;
  return {
    name,
    parent: parentLocationId ?? null,
    active: active !== false,
    level: String(geographicalLevelId).split('_').at(-1)!,
    codes: (identifiers ?? []).map(({ code }) => code).join(),
    synonyms: (synonyms ?? []).join(),
  };
}

function expectInStep({ dhis2, goData }: BothServers): void {
  const orgUnits = dhis2.store.metadata.list('organisationUnits') as OrgUnit[];
  const present = new Set(orgUnits.map(({ id }) => id));
  const locations = goData.store.locations.list().filter(({ id }) => !id.startsWith('hand-'));
  const kept = locations.filter(({ id }) => present.has(id));
  expect(Object.fromEntries(kept.map(one => [one.id, seen(one)]))).toEqual(expectedTree(orgUnits));
  for (const location of locations) {
    if (!present.has(location.id)) expect(location.active, location.id).toBe(false);
  }
}

const HAND_MADE: GoDataRecord[] = [
  { id: 'hand-top', name: 'A market', active: true, parentLocationId: null },
  {
    id: 'hand-below',
    name: 'A camp',
    synonyms: ['Camp'],
    active: false,
    parentLocationId: idOf(0),
  },
];

describe('any edits of the org units', () => {
  it.each(['2.50.3', '2.48'])(
    'end in the tree that they should give (Go.Data %s)',
    async godata => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(anyTraits, fc.nat(30)), { minLength: 1, maxLength: 14 }),
          fc.array(fc.array(anyEdit, { minLength: 1, maxLength: 8 }), {
            minLength: 1,
            maxLength: 3,
          }),
          fc.constantFrom(undefined, 1, 3, 6),
          async (first, rounds, batchSize) => {
            const units: OrgUnit[] = [
              { id: ROOT, name: 'Country', shortName: 'Country', openingDate: '1990-01-01' },
            ];
            for (const [n, [traits, parent]] of first.entries()) {
              units.push(toUnit(n, traits as Traits, units[parent % units.length]!.id));
            }
            const servers = await startPlaceServers(units, structuredClone(HAND_MADE), { godata });
            try {
              const edit = createEditor(servers, first.length);
              const run = { state: batchSize === undefined ? {} : { batchSize } };
              for (const edits of [[], ...rounds]) {
                for (const one of edits) edit(one);
                const { report } = await drainPlaceOperations(servers, run);
                expect(report['upsert-locations']!.rejected).toBeUndefined();
                expectInStep(servers);
                servers.goData.requests.reset();
                await drainPlaceOperations(servers, run);
                expect(servers.goData.requests.writes()).toBe(0);
              }
              const byHand = servers.goData.store.locations
                .list()
                .filter(({ id }) => id.startsWith('hand-'));
              expect(byHand.map(({ name, active }) => [name, active])).toEqual([
                ['A camp', false],
                ['A market', true],
              ]);
            } finally {
              await servers.close();
            }
          },
        ),
        runs(8, 120),
      );
    },
  );
});

describe('a run that is stopped at any request', () => {
  const units = (round: 0 | 1): OrgUnit[] => {
    const unit = (n: number, name: string, parent: string, more: object = {}): OrgUnit => ({
      id: idOf(n),
      name,
      shortName: name,
      openingDate: '1990-01-01',
      parent: { id: parent },
      ...more,
    });
    const country = { id: ROOT, name: 'Country', shortName: 'Country', openingDate: '1990-01-01' };
    return round === 0
      ? [
          country,
          unit(1, 'Acre', ROOT),
          unit(2, 'Bren', ROOT),
          unit(3, 'Coll', idOf(1)),
          unit(4, 'Dale', idOf(1)),
          unit(5, 'Elm', idOf(2)),
          unit(6, 'Fen', idOf(2)),
        ]
      : [
          country,
          // Names swapped, one moved below its former child, one closed with all below, one
          // deleted, two new;
          // and one that has been deleted in Go.Data.
          unit(1, 'Bren', idOf(3)),
          unit(2, 'Acre', ROOT, { closedDate: YESTERDAY }),
          unit(3, 'Coll', ROOT),
          unit(5, 'Elm', idOf(2), { closedDate: YESTERDAY }),
          unit(6, 'Fen', idOf(2), { closedDate: YESTERDAY }),
          unit(7, 'Dale', idOf(1)),
          unit(8, 'Gull', idOf(7)),
        ];
  };
  const stoppedFrom = (k: number) => ({
    kind: 'status' as const,
    status: 418,
    body: { error: { message: 'gone' } },
    at: Array.from({ length: 200 }, (_, n) => k + n),
  });
  const locationsOf = ({ goData }: BothServers) =>
    goData.store.locations.list().map(({ id, ...rest }) => [id, seen({ id, ...rest })]);

  it.each([
    ['2.50.3', undefined],
    ['2.48', undefined],
    ['2.50.3', 3],
  ])(
    'ends, after a restart, where an undisturbed run ends (Go.Data %s, batchSize %s)',
    async (godata, batchSize) => {
      const begin = async () => {
        const servers = await startPlaceServers(units(0), [], { godata });
        await drainPlaceOperations(servers, {});
        const { metadata } = servers.dhis2.store;
        const wanted = units(1);
        for (const unit of wanted.toSorted((a, b) => (a.id < b.id ? 1 : -1))) {
          const parent =
            unit.parent && metadata.get('organisationUnits', unit.parent.id)
              ? unit.parent
              : unit.parent && { id: ROOT };
          metadata.put('organisationUnits', { ...unit, ...(parent ? { parent } : {}) });
        }
        for (const unit of wanted) metadata.put('organisationUnits', unit);
        metadata.delete('organisationUnits', idOf(4));
        servers.goData.store.locations.delete(idOf(3));
        servers.goData.requests.reset();
        return servers;
      };
      const run = { state: batchSize === undefined ? {} : { batchSize } };
      const undisturbed = await begin();
      await drainPlaceOperations(undisturbed, run);
      const wanted = locationsOf(undisturbed);
      const requests = undisturbed.goData.requests.count();
      await undisturbed.close();
      expect(requests).toBeGreaterThan(8);
      for (const k of stops(requests)) {
        const servers = await begin();
        servers.goData.faults.add(stoppedFrom(k));
        await expect(
          drainPlaceOperations(servers, run),
          `stopped at request ${k}`,
        ).rejects.toThrow();
        servers.goData.faults.clear();
        await drainPlaceOperations(servers, run);
        expect(Object.fromEntries(locationsOf(servers) as []), `stopped at request ${k}`).toEqual(
          Object.fromEntries(wanted as []),
        );
        servers.goData.requests.reset();
        await drainPlaceOperations(servers, run);
        expect(servers.goData.requests.writes(), `after a stop at request ${k}`).toBe(0);
        await servers.close();
      }
    },
  );

  it('survives connections that are lost after the server has written', async () => {
    const servers = await startPlaceServers(units(0));
    servers.goData.faults.add({
      kind: 'cut',
      route: 'POST /api/locations/import',
      at: 1,
      when: 'after',
    });
    servers.goData.faults.add({ kind: 'kill-token', route: 'GET /api/locations', at: 1 });
    await runPlaceOperations(servers);
    expectInStep(servers);
    await servers.close();
  });
});
