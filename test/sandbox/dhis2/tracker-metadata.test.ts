import { expect, it } from 'vitest';
import { aServer } from './support/client.js';
import { ID } from './support/seed.js';
import { aTrackerSeed, PEOPLE, WHO } from './support/tracker-seed.js';

const ids = (objects: { id: string }[]) => objects.map(({ id }) => id);
const serve = () => aServer({ seed: aTrackerSeed() });

it('returns a program with its attributes, and its stages in order', async () => {
  const { get } = await serve();
  const fields =
    'id,code,programType,accessLevel,onlyEnrollOnce,trackedEntityType[id,name],' +
    'programTrackedEntityAttributes[mandatory,searchable,' +
    'trackedEntityAttribute[id,code,valueType,unique,generated,pattern,optionSet[id]]],' +
    'programStages[id,repeatable,programStageDataElements[compulsory,dataElement[id,code]]]';
  const { body } = await get(`/api/programs/${WHO.cases}?fields=${encodeURIComponent(fields)}`);
  expect(body).toMatchObject({
    id: WHO.cases,
    code: 'COVID19_CBS',
    programType: 'WITH_REGISTRATION',
    accessLevel: 'OPEN',
    onlyEnrollOnce: false,
    trackedEntityType: { id: WHO.person, name: 'Person' },
  });
  expect(body.programTrackedEntityAttributes).toHaveLength(5);
  expect(body.programTrackedEntityAttributes.at(-1)).toEqual({
    mandatory: false,
    searchable: true,
    trackedEntityAttribute: {
      id: WHO.systemId,
      code: 'SYSTEM_GENERATED_ID',
      valueType: 'TEXT',
      unique: true,
      generated: true,
      pattern: '"COVID19_" + SEQUENTIAL(#######)',
    },
  });
  expect(body.programStages).toEqual([
    {
      id: WHO.clinical,
      repeatable: false,
      programStageDataElements: [
        { compulsory: false, dataElement: { id: WHO.onset, code: 'PATCOURSE_DATEONSET' } },
      ],
    },
    {
      id: WHO.labResults,
      repeatable: true,
      programStageDataElements: [
        { compulsory: true, dataElement: { id: WHO.labResult, code: 'OUTCOME_LAB_RESULT' } },
      ],
    },
  ]);
});

it.each([
  ['programs?filter=code:eq:COVID19_CBS', 'programs', [WHO.cases]],
  [`programStages?filter=program.id:eq:${WHO.contacts}`, 'programStages', [WHO.followUp]],
  ['trackedEntityTypes?filter=name:eq:Person', 'trackedEntityTypes', [WHO.person]],
  ['trackedEntityAttributes?filter=valueType:like:INTEGER', 'trackedEntityAttributes', [WHO.age]],
  ['relationshipTypes?filter=bidirectional:eq:true', 'relationshipTypes', [WHO.inContact]],
  ['optionSets?filter=name:eq:Sex', 'optionSets', ['OptionSetSx']],
  [
    'options?filter=optionSet.code:eq:SEX&order=sortOrder:desc',
    'options',
    ['OptionMaleA', 'OptionFemal'],
  ],
])('lists /api/%s', async (path, name, expected) => {
  const { get } = await serve();
  const { body } = await get(`/api/${path}`);
  expect(ids(body[name])).toEqual(expected);
  expect(body.pager.total).toBe(expected.length);
});

it('shows both ends of a relationship type', async () => {
  const { get } = await serve();
  const { body } = await get(
    `/api/relationshipTypes/${WHO.inContact}?fields=bidirectional,toConstraint[relationshipEntity,trackedEntityType[id]]`,
  );
  expect(body).toEqual({
    bidirectional: true,
    toConstraint: {
      relationshipEntity: 'TRACKED_ENTITY_INSTANCE',
      trackedEntityType: { id: WHO.person },
    },
  });
});

it('keeps options in the order of their set, however a test changes them', async () => {
  const { get, store } = await serve();
  const options = async () =>
    (await get('/api/optionSets/OptionSetSx?fields=options[id,code,name,sortOrder]')).body.options;
  expect(await options()).toEqual([
    { id: 'OptionFemal', code: 'FEMALE', name: 'Female', sortOrder: 0 },
    { id: 'OptionMaleA', code: 'MALE', name: 'Male', sortOrder: 1 },
  ]);
  store.metadata.put('options', {
    id: 'OptionOther',
    code: 'OTHER',
    name: 'Other',
    optionSet: { id: 'OptionSetSx' },
    sortOrder: -1,
  });
  expect(ids(await options())).toEqual(['OptionOther', 'OptionFemal', 'OptionMaleA']);
  store.metadata.put('optionSets', {
    id: 'OptionSetSx',
    name: 'Sex',
    options: [
      { id: 'OptionMaleA', code: 'M', name: 'Male' },
      { id: 'OptionUnkno', code: 'UNKNOWN', name: 'Unknown' },
    ],
  });
  expect(await options()).toMatchObject([
    { id: 'OptionMaleA', code: 'M', sortOrder: 0 },
    { id: 'OptionUnkno', sortOrder: 1 },
  ]);
  expect((await get('/api/options/OptionFemal')).status).toBe(404);
});

it('tells a user the search scope for tracked entities', async () => {
  const seed = aTrackerSeed();
  seed.users[0]!.teiSearchOrganisationUnits = [{ id: ID.root }];
  const { get } = await aServer({ seed });
  const fields = 'organisationUnits,teiSearchOrganisationUnits[id]';
  expect((await get(`/api/me?fields=${fields}`)).body).toEqual({
    organisationUnits: [{ id: ID.district }],
    teiSearchOrganisationUnits: [{ id: ID.root }],
  });
  const { body } = await get('/api/me?fields=teiSearchOrganisationUnits', 'admin');
  expect(body.teiSearchOrganisationUnits).toEqual([{ id: ID.root }]);
});

it.each([
  ['programs', WHO.cases],
  ['programStages', WHO.labResults],
  ['trackedEntityAttributes', WHO.age],
  ['relationshipTypes', WHO.inContact],
  ['dataElements', WHO.labResult],
] as const)('refuses to remove metadata that Tracker uses: %s', async (name, id) => {
  const { store } = await serve();
  expect(() => store.metadata.delete(name, id)).toThrow(/E4030/);
  expect(store.tracker.get('trackedEntities', PEOPLE.case)).toBeDefined();
});
