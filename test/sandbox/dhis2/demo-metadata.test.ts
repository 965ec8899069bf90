import { describe, expect, it } from 'vitest';
import { type Dhis2Seed, demoMetadata } from '#sandbox/dhis2/index.js';
import { createMetadata } from '#sandbox/tracker-program/metadata.js';
import { aUnit } from '../../support/places.js';

// What a real server requires of each kind; it refuses an object without it (E4000; dhis2 LIVE, end
// of "The sandbox beside both servers", and "WHO's packages do not import as they are").
const REQUIRED: { readonly [N in keyof Dhis2Seed]?: readonly string[] } = {
  organisationUnits: ['name', 'shortName', 'openingDate'],
  categoryOptions: ['name', 'shortName'],
  categories: ['name', 'shortName', 'dataDimensionType'],
  categoryCombos: ['name', 'dataDimensionType'],
  categoryOptionCombos: ['name', 'categoryCombo', 'categoryOptions'],
  optionSets: ['name', 'valueType'],
  options: ['name', 'code', 'optionSet'],
  dataElements: ['name', 'shortName', 'valueType', 'domainType', 'aggregationType'],
  dataSets: ['name', 'shortName', 'periodType'],
  trackedEntityAttributes: ['name', 'shortName', 'valueType'],
  trackedEntityTypes: ['name', 'shortName'],
  programs: ['name', 'shortName', 'displayIncidentDate'],
  programStages: ['name', 'program'],
  relationshipTypes: ['name', 'fromToName', 'fromConstraint', 'toConstraint'],
  users: ['username', 'firstName', 'surname', 'userRoles'],
};

const units = [aUnit('CountryOu01', 'Country'), aUnit('RegionNort1', 'North', 'CountryOu01')];
const SEED: Dhis2Seed = { ...demoMetadata(units) };
const PROGRAMS = createMetadata(units);

describe('the metadata of the demonstration', () => {
  it.each([
    ['of the report', SEED],
    ['of the programs', PROGRAMS],
  ])('%s has everything that a real server requires of it', (_, seed) => {
    const lacking = Object.entries(REQUIRED).flatMap(([collection, properties]) => {
      const objects = (seed[collection as keyof typeof seed] ?? []) as Record<string, unknown>[];
      return objects.flatMap(object =>
        properties
          .filter(name => object[name] === undefined || object[name] === '')
          .map(name => `${collection} ${object.id}: ${name}`),
      );
    });
    expect(lacking).toEqual([]);
  });

  it('has short names of at most 50 letters, and no name twice', () => {
    for (const collection of ['dataElements', 'trackedEntityAttributes', 'programs'] as const) {
      const objects: { name: string; shortName?: string }[] = PROGRAMS[collection];
      for (const { shortName } of objects) expect(shortName!.length).toBeLessThanOrEqual(50);
      const names = objects.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('has accounts with a role, and passwords that a server accepts (E4055, E4005)', () => {
    for (const { username, password, userRoles } of SEED.users) {
      expect(userRoles!.length).toBeGreaterThan(0);
      // The account that every server has from the start keeps its initial password.
      if (username !== 'admin')
        expect(password).toMatch(/^(?=.*[A-Z])(?=.*\d)(?=.*[^A-Za-z0-9]).{8,}$/);
    }
  });
});
