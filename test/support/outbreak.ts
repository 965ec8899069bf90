import { type Dhis2Seed, demoMetadata } from '#sandbox/dhis2/index.js';

/**
 * A small outbreak for tests: a country, two districts, four villages. Location ids are org unit
 * ids, as after the locations were created from the org units.
 */
export const COUNTRY = 'CountryOu01';
export const NORTH = 'DistrictN01';
export const SOUTH = 'DistrictS01';
export const ACRE = 'VillageA001';
export const BREN = 'VillageB001';
export const COLL = 'VillageC001';
export const DALE = 'VillageD001';
export const OUTBREAK = '3c5d1c6e-6a0e-4f0d-9f3e-8b7a5d1e2f30';
export const CASE_TYPE = 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE';

const unit = (id: string, name: string, parent?: string) => ({
  id,
  name,
  code: `CODE_${name.toUpperCase()}`,
  openingDate: '1990-01-01',
  ...(parent ? { parent: { id: parent } } : {}),
});

/** The org units of the test outbreak. */
const ORG_UNITS = [
  unit(COUNTRY, 'Country'),
  unit(NORTH, 'North', COUNTRY),
  unit(SOUTH, 'South', COUNTRY),
  unit(ACRE, 'Acre', NORTH),
  unit(BREN, 'Bren', NORTH),
  unit(COLL, 'Coll', SOUTH),
  unit(DALE, 'Dale', SOUTH),
];

/** The same places as Go.Data locations. */
export const LOCATIONS = ORG_UNITS.map(({ id, name, code, parent }) => ({
  id,
  name,
  active: true,
  parentLocationId: parent?.id ?? null,
  identifiers: [{ code, description: 'DHIS2 code' }],
}));

/** DHIS2 of the test outbreak: the demonstration's metadata on its org units. */
export function dhis2Seed(change: (seed: Dhis2Seed) => void = () => {}): Dhis2Seed {
  const seed = structuredClone(demoMetadata(structuredClone(ORG_UNITS)));
  change(seed);
  return seed;
}

/** The properties of a case that matter to a test; the others are the usual ones. */
export interface CaseTraits {
  id?: string;
  classification?: string | null;
  sex?: 'MALE' | 'FEMALE' | null;
  years?: number | null;
  date?: string | null;
  location?: string | null;
  outcome?: string | null;
  [property: string]: unknown;
}

let serial = 0;

/** A case as Go.Data stores it. Its name must never be seen outside Go.Data. */
export function aCase(traits: CaseTraits = {}) {
  serial += 1;
  const {
    id,
    classification = 'CONFIRMED',
    sex = 'FEMALE',
    years = 30,
    date = '2026-03-04',
    location = ACRE,
    outcome = null,
    ...rest
  } = traits;
  const reference = (category: string, value: string | null) =>
    value === null ? null : `LNG_REFERENCE_DATA_CATEGORY_${category}_${value}`;
  return {
    id: id ?? `case-${String(serial).padStart(6, '0')}`,
    outbreakId: OUTBREAK,
    type: CASE_TYPE,
    firstName: 'Secretname',
    lastName: 'Secretsurname',
    classification: reference('CASE_CLASSIFICATION', classification),
    gender: reference('GENDER', sex),
    outcomeId: reference('OUTCOME', outcome),
    age: years === null ? null : { years, months: 0 },
    dateOfReporting: date === null ? null : `${date}T00:00:00.000Z`,
    usualPlaceOfResidenceLocationId: location,
    addresses: location
      ? [
          {
            typeId: 'LNG_REFERENCE_DATA_CATEGORY_ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE',
            locationId: location,
            phoneNumber: '+000 Secretphone',
          },
        ]
      : [],
    deleted: false,
    ...rest,
  };
}

/** Go.Data of the test outbreak. */
export function goDataSeed(people: ReturnType<typeof aCase>[] = [], user: object = {}) {
  return {
    users: [
      { id: 'user-1', email: 'integration@example.org', password: 'Integration-1!', ...user },
    ],
    outbreaks: [{ id: OUTBREAK, name: 'Demonstration outbreak', deleted: false }],
    locations: LOCATIONS,
    people,
  };
}
