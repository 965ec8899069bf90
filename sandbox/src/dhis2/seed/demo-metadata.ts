import type { Ref } from '../metadata/object-types.js';
import { OrgUnitTree } from '../metadata/org-unit-tree.js';
import type {
  Category,
  CategoryCombo,
  CategoryOption,
  CategoryOptionCombo,
  DataElement,
  DataSet,
  OrgUnit,
} from '../metadata/types.js';
import { DEFAULT_COMBO, DEFAULT_OBJECTS } from './default-objects.js';
import { createUsers } from './demo-users.js';
import { uidOf } from './fixed-uid.js';
import type { Dhis2Seed } from './types.js';

const AGES = [
  ['AGE_0_4', '0-4 years'],
  ['AGE_5_14', '5-14 years'],
  ['AGE_15_24', '15-24 years'],
  ['AGE_25_49', '25-49 years'],
  ['AGE_50_64', '50-64 years'],
  ['AGE_65_PLUS', '65 years and older'],
  ['AGE_UNKNOWN', 'Age unknown'],
] as const;

const SEXES = [
  ['SEX_MALE', 'Male'],
  ['SEX_FEMALE', 'Female'],
  ['SEX_UNKNOWN', 'Sex unknown'],
] as const;

const DISAGGREGATED = [
  ['OUTBREAK_CASES_SUSPECTED', 'Cases, suspected'],
  ['OUTBREAK_CASES_PROBABLE', 'Cases, probable'],
  ['OUTBREAK_CASES_CONFIRMED', 'Cases, confirmed'],
  ['OUTBREAK_DEATHS', 'Deaths'],
  ['OUTBREAK_CASES_HOSPITALISED', 'Cases, hospitalised'],
] as const;

const AGE_AND_SEX: Ref = { id: uidOf('OUTBREAK_AGE_AND_SEX') };

/**
 * The metadata of the demonstration: one weekly data set of cases by age and sex, as WHO's packages
 * have them (dhis2 FACTS §7), for the org units of the two lowest levels.
 *
 * @param orgUnits the whole tree, in any order
 * @returns a seed without data values, with the users `integration` (`Integration-1!`), who
 * enters data and edits org units everywhere, and `admin` (`district`), who has every authority
 * @example
 * await startDhis2({ seed: demoMetadata([{ id: 'ImspTQPwCqd', name: 'Sierra Leone' }]) });
 */
export function demoMetadata(orgUnits: OrgUnit[]): Dhis2Seed {
  const tree = new OrgUnitTree(orgUnits);
  const lowest = Math.max(...orgUnits.map(({ id }) => tree.level(id)));
  const reporting = orgUnits.filter(({ id }) => tree.level(id) >= lowest - 1);
  const roots = orgUnits.filter(({ parent }) => !parent).map(({ id }) => ({ id }));
  const ages = AGES.map(toOption);
  const sexes = SEXES.map(toOption);
  const dataElements = createDataElements();
  return {
    users: createUsers(roots),
    organisationUnits: orgUnits,
    categoryOptions: [...DEFAULT_OBJECTS.categoryOptions, ...ages, ...sexes],
    categories: [
      ...DEFAULT_OBJECTS.categories,
      toCategory('OUTBREAK_AGE', 'Age group (outbreak)', ages),
      toCategory('OUTBREAK_SEX', 'Sex (outbreak)', sexes),
    ],
    categoryCombos: [...DEFAULT_OBJECTS.categoryCombos, createAgeAndSex()],
    categoryOptionCombos: [
      ...DEFAULT_OBJECTS.categoryOptionCombos,
      ...createOptionCombos(ages, sexes),
    ],
    dataElements,
    dataSets: [createDataSet(dataElements, reporting)],
  };
}

function createAgeAndSex(): CategoryCombo {
  return {
    ...AGE_AND_SEX,
    code: 'OUTBREAK_AGE_AND_SEX',
    name: 'Age and sex (outbreak)',
    dataDimensionType: 'DISAGGREGATION',
    categories: [{ id: uidOf('OUTBREAK_AGE') }, { id: uidOf('OUTBREAK_SEX') }],
  };
}

/**
 * One combo for each age and sex, and an outdated one for girls under five from an older package:
 * real packages have such duplicates (dhis2 FACTS §5). Combos have no codes.
 */
function createOptionCombos(
  ages: readonly CategoryOption[],
  sexes: readonly CategoryOption[],
): CategoryOptionCombo[] {
  const current = ages.flatMap(age =>
    sexes.map(sex => ({
      id: uidOf(`${age.code}/${sex.code}`),
      name: `${age.name}, ${sex.name}`,
      categoryCombo: AGE_AND_SEX,
      categoryOptions: [{ id: age.id }, { id: sex.id }],
    })),
  );
  const stale = {
    id: uidOf('stale AGE_0_4/SEX_FEMALE'),
    name: 'Female, 0-4 years',
    created: '2021-03-02T09:15:00.000',
    lastUpdated: '2021-03-02T09:15:00.000',
    categoryCombo: AGE_AND_SEX,
    categoryOptions: [{ id: uidOf('SEX_FEMALE') }, { id: uidOf('AGE_0_4') }],
  };
  return [...current, stale];
}

function createDataElements(): DataElement[] {
  const common = {
    valueType: 'INTEGER_ZERO_OR_POSITIVE',
    aggregationType: 'SUM',
    domainType: 'AGGREGATE',
  };
  return [
    ...DISAGGREGATED.map(([code, name]) => ({
      ...common,
      id: uidOf(code),
      code,
      name,
      shortName: name,
      zeroIsSignificant: true,
      categoryCombo: AGE_AND_SEX,
    })),
    {
      ...common,
      id: uidOf('OUTBREAK_CONTACTS_LISTED'),
      code: 'OUTBREAK_CONTACTS_LISTED',
      name: 'Contacts listed',
      shortName: 'Contacts listed',
      zeroIsSignificant: false,
      categoryCombo: { id: DEFAULT_COMBO },
    },
  ];
}

function createDataSet(
  dataElements: readonly DataElement[],
  orgUnits: readonly OrgUnit[],
): DataSet {
  return {
    id: uidOf('OUTBREAK_WEEKLY'),
    code: 'OUTBREAK_WEEKLY',
    name: 'Outbreak, weekly report',
    shortName: 'Outbreak, weekly',
    periodType: 'Weekly',
    openFuturePeriods: 1,
    expiryDays: 0,
    timelyDays: 3,
    categoryCombo: { id: DEFAULT_COMBO },
    dataSetElements: dataElements.map(({ id }) => ({ dataElement: { id } })),
    organisationUnits: orgUnits.map(({ id }) => ({ id })),
  };
}

function toOption([code, name]: readonly [string, string]): CategoryOption {
  return { id: uidOf(code), code, name, shortName: name };
}

function toCategory(code: string, name: string, options: readonly CategoryOption[]): Category {
  return {
    id: uidOf(code),
    code,
    name,
    shortName: name,
    dataDimensionType: 'DISAGGREGATION',
    categoryOptions: options.map(({ id }) => ({ id })),
  };
}
