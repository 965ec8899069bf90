import { expect, it } from 'vitest';
import { Dhis2Store, demoMetadata } from '#sandbox/dhis2/index.js';
import { aServer } from './support/client.js';
import { aSeed, clock, ID } from './support/seed.js';

const VALUE = {
  dataElement: ID.deaths,
  period: '2026W33',
  orgUnit: ID.facility,
  categoryOptionCombo: ID.default,
  attributeOptionCombo: ID.default,
  value: '3',
  followup: false,
  deleted: false,
  storedBy: 'entry',
  created: clock().toISOString(),
  lastUpdated: clock().toISOString(),
};

it('restores what it has saved', async () => {
  const server = await aServer();
  server.store.dataValues.set(VALUE);
  const saved = JSON.parse(JSON.stringify(server.store));
  const restored = Dhis2Store.fromJSON(saved);
  expect(restored.toJSON()).toEqual(server.store.toJSON());
  expect(restored.dataValues.get(VALUE)).toEqual(VALUE);
  expect(restored.dataValues.delete(VALUE)).toBe(true);
  expect(restored.dataValues.list()).toEqual([]);
});

it('keeps copies, which cannot be changed from outside', () => {
  const seed = aSeed();
  const store = new Dhis2Store(seed);
  seed.dataSets[0]!.name = 'changed';
  expect(store.metadata.get('dataSets', ID.dataSet)?.name).toBe('Weekly report');
  expect(() => {
    store.metadata.get('dataSets', ID.dataSet)!.name = 'changed';
  }).toThrow(TypeError);
});

it('uses metadata that a test adds or removes', async () => {
  const server = await aServer();
  const unit = { id: 'NewFacility', name: 'New', parent: { id: ID.district } };
  server.store.metadata.put('organisationUnits', unit);
  const { body } = await server.get('/api/organisationUnits/NewFacility?fields=path');
  expect(body.path).toBe(`/${ID.root}/${ID.district}/NewFacility`);
  server.store.metadata.delete('organisationUnits', 'NewFacility');
  expect((await server.get('/api/organisationUnits/NewFacility')).status).toBe(404);
});

it.each([
  ['a reference to nothing', { parent: { id: 'NobodyThere' } }, /refers to organisationUnits/],
])('refuses a seed with %s', (_, fields, message) => {
  const seed = aSeed();
  Object.assign(seed.organisationUnits[0]!, fields);
  expect(() => new Dhis2Store(seed)).toThrow(message);
});

it('refuses a seed with properties that it does not model', () => {
  const seed = aSeed({ workflow: { id: 'WorkflowAAA' } } as object);
  expect(() => new Dhis2Store(seed)).toThrow(/"workflow", which the sandbox does not model/);
});

const TREE = [
  { id: 'RootOrgUnit', name: 'Country' },
  { id: 'ProvinceAAA', name: 'Province', parent: { id: 'RootOrgUnit' } },
  { id: 'DistrictAAA', name: 'District', parent: { id: 'ProvinceAAA' } },
  { id: 'FacilityAAA', name: 'Facility', parent: { id: 'DistrictAAA' } },
];

it("has identifiers of DHIS2's form in the demonstration's metadata, each once", () => {
  const seed = demoMetadata(TREE);
  const objects = [
    ...seed.users,
    ...seed.categoryOptions,
    ...seed.categories,
    ...seed.categoryCombos,
    ...seed.categoryOptionCombos,
    ...seed.dataElements,
    ...seed.dataSets,
  ];
  for (const { id } of objects) expect(id).toMatch(/^[a-zA-Z][a-zA-Z0-9]{10}$/);
  expect(new Set(objects.map(({ id }) => id)).size).toBe(objects.length);
  expect(demoMetadata(TREE)).toEqual(seed);
});

it("has one weekly data set by age and sex in the demonstration's metadata", () => {
  const { dataSets, categoryOptionCombos, dataElements } = demoMetadata(TREE);
  expect(dataSets).toMatchObject([
    { code: 'OUTBREAK_WEEKLY', openFuturePeriods: 1, expiryDays: 0 },
  ]);
  expect(dataSets[0]!.organisationUnits).toEqual([{ id: 'DistrictAAA' }, { id: 'FacilityAAA' }]);
  expect(dataElements.map(({ code }) => code)).toEqual([
    'OUTBREAK_CASES_SUSPECTED',
    'OUTBREAK_CASES_PROBABLE',
    'OUTBREAK_CASES_CONFIRMED',
    'OUTBREAK_DEATHS',
    'OUTBREAK_CASES_HOSPITALISED',
    'OUTBREAK_CONTACTS_LISTED',
  ]);
  // The default, 7 ages × 3 sexes, and a stale duplicate.
  expect(categoryOptionCombos).toHaveLength(1 + 21 + 1);
  const sets = categoryOptionCombos.map(({ categoryOptions }) =>
    categoryOptions
      .map(({ id }) => id)
      .sort()
      .join(),
  );
  expect(new Set(sets).size).toBe(1 + 21);
});

it.each(['2.38', '2.42', '2.44'])('accepts data for the demonstration in %s', async version => {
  const seed = demoMetadata(TREE);
  const server = await aServer({ version, seed });
  const { dataSets, dataElements, categoryOptionCombos } = seed;
  const answer = await server.request('/api/dataValueSets?strictDataElements=true', {
    method: 'POST',
    headers: {
      authorization: `ApiToken ${seed.users[0]!.tokens![0]}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      dataSet: dataSets[0]!.id,
      dataValues: [
        {
          dataElement: dataElements[0]!.id,
          categoryOptionCombo: categoryOptionCombos[1]!.id,
          attributeOptionCombo: 'HllvX50cXC0',
          period: '2026W34',
          orgUnit: 'FacilityAAA',
          value: '12',
        },
      ],
    }),
  });
  expect(answer.body.response.status).toBe('SUCCESS');
  expect(server.store.dataValues.list()).toMatchObject([{ value: '12', storedBy: 'integration' }]);
});
