import { describe, expect, it } from 'vitest';
import type { FetchedOrgUnitBatch, OrgUnit } from '#common/handover/fetched-org-unit-batch.js';
import { adminLevel, mapLocations } from '#godata/Adaptor.js';
import type { ToLocation } from '#godata/locations/map/map-batch.js';
import type { MapLocationsOptions } from '#godata/locations/map/options.js';

const unit = (id: string, traits: Partial<OrgUnit> = {}): OrgUnit => ({
  id,
  name: id,
  level: 1,
  depth: 0,
  ...traits,
});

function map(
  orgUnits: OrgUnit[],
  toLocation: ToLocation = ({ name }) => ({ name }),
  options?: MapLocationsOptions,
) {
  const data: FetchedOrgUnitBatch = { orgUnits, roots: [] };
  const { data: batch, report } = mapLocations(toLocation, options)({ data });
  return { ...batch, report: report['map-locations']! };
}

describe('mapLocations', () => {
  it('returns the cleaned fields of the function, with the id and parent of the org unit', () => {
    const { locations } = map(
      [unit('A'), unit('B', { parent: 'A', depth: 1 })],
      ({ id, depth }) => ({
        name: `  ${id} `,
        synonyms: [undefined, ' ', id.toLowerCase(), 'Bee', 'BEE'],
        identifiers: [{ code: undefined, description: 'DHIS2 code' }],
        geographicalLevelId: adminLevel(depth),
        geoLocation: { lat: -90, lng: 180 },
        populationDensity: 3,
      }),
    );
    expect(locations[1]).toEqual({
      id: 'B',
      parent: 'A',
      name: 'B',
      synonyms: ['Bee'],
      identifiers: [{ description: 'DHIS2 code' }],
      active: true,
      geographicalLevelId: adminLevel(1),
      geoLocation: { lat: -90, lng: 180 },
      populationDensity: 3,
    });
  });

  it.each<[string, unknown]>([
    ['longitude', { name: 'A', longitude: 1 }],
    ['object', null],
    ['object', 'A'],
    ['active', { name: 'A', active: 'no' }],
    ['synonyms', { name: 'A', synonyms: 'B' }],
    ['identifiers', { name: 'A', identifiers: ['code'] }],
    ['identifiers', { name: 'A', identifiers: [{ code: 'x' }] }],
    ['geoLocation', { name: 'A', geoLocation: [1, 2] }],
    ['geoLocation', { name: 'A', geoLocation: { lat: 91, lng: 0 } }],
    ['geoLocation', { name: 'A', geoLocation: { lat: '1', lng: 0 } }],
    ['reserved for the mark', { name: 'A', identifiers: [{ code: 'x', description: 'DHIS2 id' }] }],
  ])('refuses a mapping by its %s: %j', (word, fields) => {
    expect(() => map([unit('A')], () => fields as never)).toThrow(
      expect.objectContaining({
        code: 'BAD_MAPPING',
        kind: 'configuration',
        message: expect.stringContaining(word),
      }),
    );
  });

  it.each<[string, MapLocationsOptions]>([
    ['distinctName', { distinctName: 'code' as never }],
    ['link', { link: ['names'] as never }],
    ['link', { link: 'name' as never }],
    ['mark', { mark: ' ' }],
    ['"marks"', { marks: 'x' } as never],
  ])('refuses an option by its name: %s', (word, options) => {
    expect(() => map([unit('A')], undefined, options)).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringContaining(word) }),
    );
  });

  it.each([undefined, '', 7])('refuses a rule for names that returns %j', name => {
    expect(() =>
      map([unit('A', { name: 'X' }), unit('B', { name: 'x' })], undefined, {
        distinctName: () => name as never,
      }),
    ).toThrow(expect.objectContaining({ code: 'BAD_MAPPING' }));
  });

  it('makes names distinct with the rule of the mapping', () => {
    const { locations, report } = map(
      [unit('A', { name: 'X', openingDate: '1990-01-01' }), unit('B', { name: 'x' })],
      undefined,
      { distinctName: (name, { openingDate = 'old' }) => `${name}, ${openingDate}` },
    );
    expect(locations.map(({ name }) => name)).toEqual(['X, 1990-01-01', 'x, old']);
    expect(report).toMatchObject({ adjustedCount: 2 });
  });

  it('rejects an org unit without a name, and all below it', () => {
    const { locations, report } = map([
      unit('A'),
      unit('B', { name: ' ', parent: 'A' }),
      unit('C', { parent: 'B' }),
      unit('D', { parent: 'C' }),
      unit('E', { parent: 'A' }),
    ]);
    expect(locations.map(({ id }) => id)).toEqual(['A', 'E']);
    expect(report.rejected!.map(({ id, code }) => [id, code])).toEqual([
      ['B', 'NO_NAME'],
      ['C', 'PARENT_NOT_THERE'],
      ['D', 'PARENT_NOT_THERE'],
    ]);
  });

  it('fails with what it needs when no step has fetched org units', () => {
    expect(() => mapLocations(() => ({ name: '' }))({ data: {} })).toThrow(
      expect.objectContaining({ code: 'NO_ORG_UNITS', kind: 'configuration' }),
    );
  });

  it('lists at most 1,000 org units of each kind, and counts them all', () => {
    const { report } = map(Array.from({ length: 1500 }, (_, n) => unit(`U${n}`, { name: '' })));
    expect(report.rejected).toHaveLength(1000);
    expect(report.rejectedCount).toBe(1500);
  });
});

describe('the geographical level', () => {
  it.each([
    [0, '0'],
    [9, '9'],
    [10, '9'],
    [30, '9'],
  ])('of depth %s is %s', (depth, level) => {
    expect(adminLevel(depth)).toBe(
      `LNG_REFERENCE_DATA_CATEGORY_LOCATION_GEOGRAPHICAL_LEVEL_ADMIN_LEVEL_${level}`,
    );
  });
});
