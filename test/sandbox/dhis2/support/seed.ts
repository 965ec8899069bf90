import type { DataSet, Dhis2Seed, OrgUnit, SeedUser } from '#sandbox/dhis2/index.js';

/** Identifiers of the fixture, by their role. */
export const ID = {
  root: 'RootOrgUnit',
  district: 'DistrictAAA',
  otherDistrict: 'DistrictBBB',
  facility: 'FacilityAAA',
  unassigned: 'FacilityZZZ',
  closed: 'FacilityOld',
  dataSet: 'DataSetAAAA',
  monthlySet: 'DataSetMnth',
  otherSet: 'DataSetOthr',
  cases: 'CasesByAge1',
  deaths: 'DeathsAAAAA',
  contacts: 'ContactsAAA',
  shared: 'SharedElmnt',
  elsewhere: 'ElsewhereEl',
  orphan: 'OrphanElmnt',
  outcome: 'OutcomeElmt',
  young: 'CocYoungAAA',
  old: 'CocOldAAAAA',
  default: 'HllvX50cXC0',
} as const;

/** A Wednesday in 2026W34, so that the last finished week is 2026W33. */
const NOW = new Date('2026-08-19T10:00:00.000Z');
export const clock = () => NOW;

const COMBO = { id: 'ComboAgeAAA' };
const DEFAULT_COMBO = { id: 'bjDvmb4bfuf' };

/** A user; the default one enters data at the root. */
export function aUser(fields: Partial<SeedUser> & { username: string }): SeedUser {
  return {
    id: `User${fields.username.padEnd(7, 'A').slice(0, 7)}`,
    password: 'secret',
    authorities: ['F_DATAVALUE_ADD'],
    organisationUnits: [{ id: ID.root }],
    ...fields,
  };
}

const ORG_UNITS: OrgUnit[] = [
  { id: ID.root, code: 'ROOT', name: 'Country', openingDate: '1990-01-01' },
  { id: ID.district, code: 'DA', name: 'district a', parent: { id: ID.root } },
  { id: ID.otherDistrict, code: 'DB', name: 'District B', parent: { id: ID.root } },
  { id: ID.facility, code: 'FA', name: 'Facility A', parent: { id: ID.district } },
  { id: ID.unassigned, code: 'FZ', name: 'Facility Z', parent: { id: ID.district } },
  {
    id: ID.closed,
    code: 'FO',
    name: 'Facility Old',
    parent: { id: ID.otherDistrict },
    openingDate: '2000-01-01',
    closedDate: '2020-12-31',
    geometry: { type: 'Point', coordinates: [-13.2, 8.4] },
  },
];

const element = (id: string, code: string, fields: object = {}) => ({
  id,
  code,
  name: code.toLowerCase(),
  valueType: 'INTEGER_ZERO_OR_POSITIVE',
  aggregationType: 'SUM',
  zeroIsSignificant: true,
  categoryCombo: DEFAULT_COMBO,
  ...fields,
});

const WEEKLY: DataSet = {
  id: ID.dataSet,
  code: 'WEEKLY',
  name: 'Weekly report',
  periodType: 'Weekly',
  openFuturePeriods: 0,
  expiryDays: 0,
  categoryCombo: DEFAULT_COMBO,
  dataSetElements: [ID.cases, ID.deaths, ID.contacts, ID.outcome, ID.shared].map(id => ({
    dataElement: { id },
  })),
  organisationUnits: [ID.root, ID.district, ID.otherDistrict, ID.facility, ID.closed].map(id => ({
    id,
  })),
};

/** A fresh copy of the fixture, with fields of the weekly data set or of the seed changed. */
export function aSeed(dataSet: Partial<DataSet> = {}, seed: Partial<Dhis2Seed> = {}): Dhis2Seed {
  return structuredClone({
    users: [
      aUser({ username: 'entry', tokens: ['d2p_token'] }),
      aUser({ username: 'admin', authorities: ['ALL'] }),
    ],
    organisationUnits: ORG_UNITS,
    categoryOptions: [
      { id: 'xYerKDKCefk', code: 'default', name: 'default' },
      { id: 'OptionYoung', code: 'YOUNG', name: '0-4 years' },
      { id: 'OptionOldAA', code: 'OLD', name: '5+ years' },
    ],
    categories: [
      {
        id: 'GLevLNI9wkl',
        code: 'default',
        name: 'default',
        categoryOptions: [{ id: 'xYerKDKCefk' }],
      },
      {
        id: 'CategoryAge',
        code: 'AGE',
        name: 'Age',
        categoryOptions: [{ id: 'OptionYoung' }, { id: 'OptionOldAA' }],
      },
    ],
    categoryCombos: [
      { ...DEFAULT_COMBO, code: 'default', name: 'default', categories: [{ id: 'GLevLNI9wkl' }] },
      { ...COMBO, name: 'Age', categories: [{ id: 'CategoryAge' }] },
    ],
    categoryOptionCombos: [
      {
        id: ID.default,
        code: 'default',
        name: 'default',
        categoryCombo: DEFAULT_COMBO,
        categoryOptions: [{ id: 'xYerKDKCefk' }],
      },
      {
        id: ID.young,
        name: '0-4 years',
        categoryCombo: COMBO,
        categoryOptions: [{ id: 'OptionYoung' }],
      },
      {
        id: ID.old,
        name: '5+ years',
        categoryCombo: COMBO,
        categoryOptions: [{ id: 'OptionOldAA' }],
      },
    ],
    optionSets: [
      {
        id: 'OptionSetAA',
        name: 'Outcomes',
        options: [{ id: 'OptionAAAAA', code: 'CURED', name: 'Cured' }],
      },
    ],
    dataElements: [
      element(ID.cases, 'CASES', { categoryCombo: COMBO }),
      element(ID.deaths, 'DEATHS'),
      element(ID.contacts, 'CONTACTS', { zeroIsSignificant: false }),
      element(ID.outcome, 'OUTCOME', { valueType: 'TEXT', optionSet: { id: 'OptionSetAA' } }),
      element(ID.shared, 'SHARED'),
      element(ID.elsewhere, 'ELSEWHERE'),
      element(ID.orphan, 'ORPHAN'),
    ],
    dataSets: [
      { ...WEEKLY, ...dataSet },
      {
        ...WEEKLY,
        id: ID.monthlySet,
        code: 'MONTHLY',
        name: 'Monthly report',
        periodType: 'Monthly',
        dataSetElements: [{ dataElement: { id: ID.shared } }],
      },
      {
        ...WEEKLY,
        id: ID.otherSet,
        code: 'OTHER',
        name: 'Another weekly report',
        dataSetElements: [{ dataElement: { id: ID.elsewhere } }],
      },
    ],
    ...seed,
  });
}
