import { afterEach, describe, expect, it } from 'vitest';
import { runWorkflow } from '#runtime/index.js';
import type { BothServers } from '../support/both-servers.js';
import {
  anItem,
  anOptionSet,
  labelsByCode,
  runOptionOperations,
  seenItems,
  startOptionServers,
  VACCINE,
} from '../support/options.js';
import { PROJECT } from '../support/workflow.js';

const open: BothServers[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(servers => servers.close()));
});
const start = async (traits: Parameters<typeof startOptionServers>[0]) => {
  const servers = await startOptionServers(traits);
  open.push(servers);
  return servers;
};
const vaccines = (options: Parameters<typeof anOptionSet>[1]) =>
  anOptionSet('Vaccine types', options);
const edit = (servers: BothServers, options: Parameters<typeof anOptionSet>[1]) =>
  servers.dhis2.store.metadata.put('optionSets', vaccines(options));
const reportOf = async (...args: Parameters<typeof runOptionOperations>) =>
  (await runOptionOperations(...args)).report['upsert-reference-data']!;
const labelOf = (servers: BothServers, id: string, languageId = 'english_us') =>
  seenItems(servers, VACCINE, languageId).find(item => item.id === id)?.label;

const VACCINES = vaccines([
  [1, 'VACC_MEASLES', 'Measles'],
  [2, 'VACC_MR', 'Measles and rubella'],
  [3, 'VACC_MMR', 'MMR'],
]);
const DEACTIVATE = [
  { optionSet: 'Vaccine types', category: 'VACCINE', whenGone: 'deactivate' as const },
];

describe('the workflow', () => {
  it('as the project ships it creates vaccines from the option set "Vaccine types", once', async () => {
    const servers = await start({ sets: [VACCINES] });
    const { credentials } = servers;
    const run = (state = {}) =>
      runWorkflow({ project: PROJECT, workflow: 'options-to-reference-data', credentials, state });
    const first = await run();
    expect(first.exitStatus).toBe(0);
    expect(first.report['upsert-reference-data']).toMatchObject({ read: 3, created: 3 });
    expect(seenItems(servers)).toEqual([
      {
        id: `${VACCINE}_MEASLES`,
        label: 'Measles',
        code: 'VACC_MEASLES',
        order: 0,
        active: true,
        description: 'DHIS2 option Opt00000001 of set Set00000001',
      },
      expect.objectContaining({ id: `${VACCINE}_MEASLES_AND_RUBELLA`, order: 1 }),
      expect.objectContaining({ id: `${VACCINE}_MMR`, order: 2 }),
    ]);
    servers.goData.requests.reset();
    const second = await run();
    expect(second.report['upsert-reference-data']).toMatchObject({ created: 0, unchanged: 3 });
    expect(servers.goData.requests.writes()).toBe(0);
  });

  it.each(['2.34', '2.40', '2.48', '2.50.3'])('does so on Go.Data %s', async godata => {
    const servers = await start({ sets: [VACCINES], versions: { godata } });
    await runOptionOperations(servers);
    expect(labelsByCode(servers)).toEqual({
      VACC_MEASLES: 'Measles',
      VACC_MR: 'Measles and rubella',
      VACC_MMR: 'MMR',
    });
    expect(await reportOf(servers)).toMatchObject({ unchanged: 3 });
  });

  it('reads everything once, however many options there are', async () => {
    const many = vaccines(
      Array.from({ length: 90 }, (_, n) => [n + 1, `V${n + 1}`, `Vaccine number ${n + 1}`]),
    );
    const servers = await start({ sets: [many] });
    await runOptionOperations(servers);
    servers.goData.requests.reset();
    servers.dhis2.requests.reset();
    await runOptionOperations(servers);
    expect(servers.goData.requests.byRoute()).toEqual({
      'POST /api/users/login': 1,
      'GET /api/reference-data': 1,
      // The existing categories.
      'GET /api/reference-data/{id}': 1,
      'GET /api/users/{id}': 1,
      // 180 texts by their tokens, as many as an address holds.
      'GET /api/languages/{id}/language-tokens': 3,
    });
    expect(servers.dhis2.requests.count()).toBe(2);
  });

  it('reads labels whose tokens do not fit into one address', async () => {
    const name = (n: number) => `${'Vaccine of a very long name indeed '.repeat(6)}${n}`;
    const long = vaccines(Array.from({ length: 60 }, (_, n) => [n + 1, `V${n + 1}`, name(n)]));
    const servers = await start({ sets: [long] });
    await runOptionOperations(servers);
    expect(await reportOf(servers)).toMatchObject({ unchanged: 60 });
  });

  it('of a dry run writes nothing, and shows what a run would write', async () => {
    const servers = await start({ sets: [VACCINES], items: [anItem('measles')] });
    const dry = await runOptionOperations(servers, { state: { dryRun: true } });
    expect(servers.goData.requests.writes()).toBe(0);
    expect(dry).not.toHaveProperty('dryRun');
    expect(dry.report['upsert-reference-data']).toMatchObject({ created: 2, updated: 1 });
    expect(dry.data.plan).toMatchObject({
      columns: ['category', 'option', 'change', 'what', 'id'],
      rows: [
        [
          'VACCINE',
          'VACC_MEASLES',
          'update',
          'label: measles → Measles; code: - → VACC_MEASLES; order: - → 0; mark',
          `${VACCINE}_MEASLES`,
        ],
        ['VACCINE', 'VACC_MR', 'create', 'Measles and rubella', `${VACCINE}_MEASLES_AND_RUBELLA`],
        ['VACCINE', 'VACC_MMR', 'create', 'MMR', `${VACCINE}_MMR`],
      ],
      total: 3,
    });
    const wet = await runOptionOperations(servers);
    expect(wet.data).toEqual(dry.data);
  });

  it('leaves the ids of all items by option code', async () => {
    const gender = 'LNG_REFERENCE_DATA_CATEGORY_GENDER';
    const servers = await start({
      sets: [VACCINES, anOptionSet('Sex', [[9, 'M', 'Male']], 2)],
      items: [anItem('Male', { categoryId: gender, readOnly: true })],
    });
    const { data } = await runOptionOperations(servers, {
      mappings: [
        { optionSet: 'Vaccine types', category: 'VACCINE' },
        { optionSet: 'Sex', category: 'GENDER' },
      ],
    });
    expect(data.ids).toEqual({
      'Vaccine types': {
        VACC_MEASLES: `${VACCINE}_MEASLES`,
        VACC_MR: `${VACCINE}_MEASLES_AND_RUBELLA`,
        VACC_MMR: `${VACCINE}_MMR`,
      },
      Sex: { M: `${gender}_MALE` },
    });
  });
});

describe('an item of an option', () => {
  it('stays the same when the option is renamed, moved or hidden', async () => {
    const servers = await start({ sets: [VACCINES] });
    await runOptionOperations(servers);
    edit(servers, [
      [3, 'VACC_MMR', 'Measles, mumps, rubella'],
      [1, 'VACC_MEASLES', 'Measles'],
      [2, 'VACC_MR', 'Measles and rubella'],
    ]);
    const report = await reportOf(servers, {
      mappings: [
        {
          optionSet: 'Vaccine types',
          category: 'VACCINE',
          toItem: ({ code, name, sortOrder }) => ({
            label: name,
            code,
            order: sortOrder,
            active: code !== 'VACC_MR',
          }),
        },
      ],
    });
    expect(report).toMatchObject({ created: 0, updated: 3 });
    expect(seenItems(servers)).toMatchObject([
      { id: `${VACCINE}_MEASLES`, order: 1, active: true },
      { id: `${VACCINE}_MEASLES_AND_RUBELLA`, order: 2, active: false },
      { id: `${VACCINE}_MMR`, label: 'Measles, mumps, rubella', order: 0, active: true },
    ]);
  });

  it('stays the same when label and code change at once', async () => {
    const servers = await start({ sets: [VACCINES] });
    await runOptionOperations(servers);
    edit(servers, [[3, 'MMR2', 'Trivalent']]);
    expect(await reportOf(servers)).toMatchObject({ created: 0, updated: 1 });
    expect(seenItems(servers)).toContainEqual(
      expect.objectContaining({ id: `${VACCINE}_MMR`, code: 'MMR2', label: 'Trivalent' }),
    );
  });

  it('is the one that has its code, even if another has its label', async () => {
    const byCode = anItem('Old name', { code: 'VACC_MMR' });
    const servers = await start({ sets: [VACCINES], items: [byCode, anItem('MMR')] });
    await runOptionOperations(servers);
    expect(labelOf(servers, `${VACCINE}_OLD_NAME`)).toBe('MMR (VACC_MMR)');
    expect(seenItems(servers)).toContainEqual(
      expect.objectContaining({ id: `${VACCINE}_MMR`, label: 'MMR', code: undefined }),
    );
  });

  it('is the one that the existing tool created, by its label', async () => {
    const servers = await start({
      sets: [VACCINES],
      items: [anItem('Measles'), anItem('MEASLES AND RUBELLA'), anItem('MMR')],
    });
    expect(await reportOf(servers)).toMatchObject({ created: 0, updated: 3 });
    expect(labelsByCode(servers)).toEqual({
      VACC_MEASLES: 'Measles',
      VACC_MR: 'Measles and rubella',
      VACC_MMR: 'MMR',
    });
  });

  it('is the one whose id is computed from its label, even if that one now has another label', async () => {
    const servers = await start({
      sets: [VACCINES],
      items: [anItem('Trivalent', { id: `${VACCINE}_MMR` })],
    });
    expect(await reportOf(servers)).toMatchObject({ created: 2, updated: 1 });
    expect(labelOf(servers, `${VACCINE}_MMR`)).toBe('MMR');
  });

  it('is not one that came with Go.Data and means something else now', async () => {
    const context = 'LNG_REFERENCE_DATA_CATEGORY_CONTEXT_OF_TRANSMISSION';
    const servers = await start({
      sets: [anOptionSet('Setting', [[1, 'FRIENDS', 'Friends']])],
      items: [
        anItem('Tour group', {
          id: `${context}_FRIENDS`,
          categoryId: context,
          isDefaultReferenceData: true,
        }),
      ],
    });
    const mappings = [{ optionSet: 'Setting', category: 'CONTEXT_OF_TRANSMISSION' }];
    expect(await reportOf(servers, { mappings })).toMatchObject({ created: 1, updated: 0 });
    expect(seenItems(servers, context).map(({ id, label }) => [id, label])).toEqual([
      [`${context}_FRIENDS`, 'Tour group'],
      // Its own id was already used.
      [`${context}_FRIENDS_FRIENDS`, 'Friends'],
    ]);
    expect(await reportOf(servers, { mappings })).toMatchObject({ unchanged: 1 });
  });

  it('is not one of another existing option, nor one of another set', async () => {
    const other = anItem('Measles', { description: 'DHIS2 option Opt00000009 of set OtherSet001' });
    const servers = await start({ sets: [VACCINES], items: [other] });
    await runOptionOperations(servers);
    expect(labelOf(servers, `${VACCINE}_MEASLES`)).toBe('Measles');
    expect(labelsByCode(servers)).toMatchObject({ VACC_MEASLES: 'Measles (VACC_MEASLES)' });
    // Left out by the mapping, but MMR exists.
    edit(servers, [
      [3, 'VACC_MMR', 'MMR'],
      [4, 'NEW', 'mmr'],
    ]);
    const mappings = [
      {
        optionSet: 'Vaccine types',
        category: 'VACCINE',
        whenGone: 'deactivate' as const,
        toItem: ({ code, name }: { code?: string; name: string }) =>
          code === 'NEW' ? { label: name, code } : undefined,
      },
    ];
    await runOptionOperations(servers, { mappings });
    expect(labelsByCode(servers)).toMatchObject({ VACC_MMR: 'MMR', NEW: 'mmr (NEW)' });
  });

  it('is not found by a code that was only chosen to be distinct', async () => {
    const first = anOptionSet('Vaccine types', [[1, 'K', 'Measles']], 1);
    const servers = await start({
      sets: [first, anOptionSet('Others', [[2, 'SET_1:K', 'Mumps']], 2)],
    });
    const mappings = ['Vaccine types', 'Others'].map(optionSet => ({
      optionSet,
      category: 'VACCINE',
    }));
    await runOptionOperations(servers, { mappings });
    // Now both have the code K, and the first gets the one that the other had.
    servers.dhis2.store.metadata.put('optionSets', anOptionSet('Others', [[2, 'K', 'Mumps']], 2));
    expect(await reportOf(servers, { mappings })).toMatchObject({ created: 0, updated: 2 });
    expect(seenItems(servers).map(({ id, label, code }) => [id, label, code])).toEqual([
      [`${VACCINE}_MEASLES`, 'Measles', 'SET_1:K'],
      [`${VACCINE}_MUMPS`, 'Mumps', 'SET_2:K'],
    ]);
  });

  it('that nobody may change stays as it is', async () => {
    const servers = await start({
      sets: [VACCINES],
      items: [anItem('mmr', { readOnly: true, order: 7, active: false })],
    });
    expect(await reportOf(servers)).toMatchObject({ created: 2, updated: 0, unchanged: 1 });
    expect(seenItems(servers)).toContainEqual({
      ...{ id: `${VACCINE}_MMR`, label: 'mmr', order: 7, active: false, code: undefined },
      description: '',
    });
  });

  it('keeps what users wrote in its description', async () => {
    const servers = await start({
      sets: [VACCINES],
      items: [anItem('MMR', { description: 'Given at 9 months' })],
    });
    await runOptionOperations(servers);
    const description = () =>
      seenItems(servers).find(({ code }) => code === 'VACC_MMR')?.description;
    const mark = 'DHIS2 option Opt00000003 of set Set00000001';
    expect(description()).toBe(`Given at 9 months (${mark})`);
    expect(await reportOf(servers)).toMatchObject({ unchanged: 3 });
    // The same option in another set: only the mark changes.
    servers.dhis2.store.metadata.put('optionSets', { ...VACCINES, options: [] });
    servers.dhis2.store.metadata.delete('optionSets', VACCINES.id);
    servers.dhis2.store.metadata.put('optionSets', { ...VACCINES, id: 'NewSet00001' });
    await runOptionOperations(servers);
    expect(description()).toBe('Given at 9 months (DHIS2 option Opt00000003 of set NewSet00001)');
  });

  it('whose id is already used still gets its own label', async () => {
    const deleted = anItem('MMR');
    const servers = await start({ sets: [VACCINES], items: [deleted] });
    servers.goData.store.referenceData.delete(`${VACCINE}_MMR`);
    expect(await reportOf(servers)).toMatchObject({ created: 3 });
    expect(labelOf(servers, `${VACCINE}_MMR_VACC_MMR`)).toBe('MMR');
    expect(await reportOf(servers)).toMatchObject({ unchanged: 3 });
  });

  it('gets the name that another no longer uses, but never its id', async () => {
    const servers = await start({ sets: [vaccines([[1, 'OLD', 'Measles']])] });
    await runOptionOperations(servers);
    edit(servers, [
      [1, 'OLD', 'Measles (old)'],
      [2, 'NEW', 'Measles'],
    ]);
    expect(await reportOf(servers)).toMatchObject({ created: 1, updated: 1 });
    expect(seenItems(servers).map(({ id, label }) => [id, label])).toEqual([
      [`${VACCINE}_MEASLES`, 'Measles (old)'],
      [`${VACCINE}_MEASLES_NEW`, 'Measles'],
    ]);
  });

  it('swaps labels with others in a ring', async () => {
    const servers = await start({ sets: [VACCINES] });
    await runOptionOperations(servers);
    edit(servers, [
      [1, 'VACC_MEASLES', 'Measles and rubella'],
      [2, 'VACC_MR', 'MMR'],
      [3, 'VACC_MMR', 'Measles'],
    ]);
    expect(await reportOf(servers)).toMatchObject({ updated: 3 });
    expect(labelsByCode(servers)).toEqual({
      VACC_MEASLES: 'Measles and rubella',
      VACC_MR: 'MMR',
      VACC_MMR: 'Measles',
    });
    expect(await reportOf(servers)).toMatchObject({ updated: 0, unchanged: 3 });
  });
});

describe('the language', () => {
  const languages = ['english_us', 'french_fr'];

  it("is the account's: labels are compared and changed in it, others stay", async () => {
    const french = anItem('Rougeole', { id: `${VACCINE}_MEASLES`, languageId: 'french_fr' });
    const english = anItem('Measles', { id: `${VACCINE}_MEASLES` });
    const item = {
      referenceData: french.referenceData,
      languageTokens: [...french.languageTokens, ...english.languageTokens],
    };
    const servers = await start({
      sets: [vaccines([[1, 'VACC_MEASLES', 'ROUGEOLE']])],
      items: [item],
      languages,
      language: 'french_fr',
    });
    expect(await reportOf(servers)).toMatchObject({ updated: 1 });
    expect(labelOf(servers, `${VACCINE}_MEASLES`, 'french_fr')).toBe('ROUGEOLE');
    expect(labelOf(servers, `${VACCINE}_MEASLES`, 'english_us')).toBe('Measles');
  });

  it('of a new item is every one that the server has', async () => {
    const servers = await start({ sets: [VACCINES], languages });
    await runOptionOperations(servers);
    expect(labelOf(servers, `${VACCINE}_MMR`, 'french_fr')).toBe('MMR');
  });

  it('in which an item has no label gets one', async () => {
    const servers = await start({
      sets: [VACCINES],
      items: [anItem('ROR', { id: `${VACCINE}_MMR`, languageId: 'french_fr' })],
      languages,
    });
    expect(await reportOf(servers)).toMatchObject({ created: 2, updated: 1 });
    expect(labelOf(servers, `${VACCINE}_MMR`)).toBe('MMR');
    expect(labelOf(servers, `${VACCINE}_MMR`, 'french_fr')).toBe('ROR');
  });
});

describe('labels and codes that clash', () => {
  it('among options are made distinct by the code, for all of them', async () => {
    const servers = await start({
      sets: [
        vaccines([
          [1, 'A', 'Élan'],
          [2, 'B', 'elan'],
          [3, 'C', 'ELAN'],
        ]),
      ],
    });
    const { report } = await runOptionOperations(servers);
    expect(report['map-reference-data']).toMatchObject({
      adjustedCount: 3,
      adjusted: [
        {
          kind: 'option',
          id: 'Opt00000001',
          code: 'SAME_LABEL',
          message: '"Élan" is also the label of another option. It becomes "Élan (A)".',
        },
        {},
        {},
      ],
    });
    expect(labelsByCode(servers)).toEqual({ A: 'Élan (A)', B: 'elan (B)', C: 'ELAN (C)' });
  });

  it('that consist only of symbols get different ids', async () => {
    const servers = await start({
      sets: [
        vaccines([
          [1, 'A', 'Type 1'],
          [2, 'B', 'Type-1'],
        ]),
      ],
    });
    await runOptionOperations(servers);
    expect(labelsByCode(servers)).toEqual({ A: 'Type 1', B: 'Type-1' });
    expect(await reportOf(servers)).toMatchObject({ unchanged: 2 });
  });

  it('between sets are made distinct by the set, because codes are unique in all of Go.Data', async () => {
    const servers = await start({
      sets: [vaccines([[1, '1', 'Measles']]), anOptionSet('Jobs', [[2, '1', 'Nurse']], 2)],
    });
    const mappings = [
      { optionSet: 'Vaccine types', category: 'VACCINE' },
      { optionSet: 'Jobs', category: 'OCCUPATION' },
    ];
    await runOptionOperations(servers, { mappings });
    const occupation = 'LNG_REFERENCE_DATA_CATEGORY_OCCUPATION';
    expect(labelsByCode(servers)).toEqual({ 'SET_1:1': 'Measles' });
    expect(labelsByCode(servers, occupation)).toEqual({ 'SET_2:1': 'Nurse' });
    // One of them is removed from the job: the other one then has its code alone.
    await runOptionOperations(servers);
    expect(labelsByCode(servers)).toEqual({ 1: 'Measles' });
  });

  it('with items that users created leave those unchanged', async () => {
    const servers = await start({
      sets: [VACCINES],
      items: [anItem('Nurse', { code: 'vacc_mmr', categoryId: `${VACCINE}_STATUS` })],
    });
    await runOptionOperations(servers);
    servers.goData.store.referenceData.put(anItem('Trivalent').referenceData[0]!);
    servers.goData.store.languageTokens.put(anItem('Trivalent').languageTokens[0]!);
    edit(servers, [[3, 'VACC_MMR', 'trivalent']]);
    const report = await reportOf(servers);
    expect(report.adjusted).toEqual([
      {
        kind: 'option',
        id: 'Opt00000003',
        code: 'LABEL_TAKEN',
        message:
          'Another item of the category has the label "trivalent". The label becomes "trivalent (VACC_MMR)".',
      },
      expect.objectContaining({ code: 'CODE_TAKEN' }),
    ]);
    expect(seenItems(servers)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'SET_1:VACC_MMR', label: 'trivalent (VACC_MMR)' }),
        expect.objectContaining({ code: undefined, label: 'Trivalent' }),
      ]),
    );
    servers.goData.requests.reset();
    await runOptionOperations(servers);
    expect(servers.goData.requests.writes()).toBe(0);
  });

  it('are made distinct as the job says', async () => {
    const servers = await start({
      sets: [
        vaccines([
          [1, 'A', 'Same'],
          [2, 'B', 'same'],
        ]),
      ],
    });
    await runOptionOperations(servers, {
      map: { distinctLabel: (label, { sortOrder }) => `${label} no. ${sortOrder}` },
    });
    expect(labelsByCode(servers)).toEqual({ A: 'Same no. 0', B: 'same no. 1' });
  });
});

describe('an option that was removed', () => {
  const withoutMmr = VACCINES.options.slice(0, 2);
  const remove = ({ dhis2 }: BothServers) =>
    dhis2.store.metadata.put('optionSets', { ...VACCINES, options: withoutMmr });

  it('leaves its item as it is, and is reported', async () => {
    const servers = await start({ sets: [VACCINES] });
    await runOptionOperations(servers);
    remove(servers);
    const report = await reportOf(servers);
    expect(report).toMatchObject({
      deactivated: 0,
      leftOut: [{ reason: 'gone-from-dhis2', subject: `${VACCINE}_MMR`, count: 1 }],
    });
    expect(labelsByCode(servers)).toHaveProperty('VACC_MMR');
  });

  it('deactivates its item if the mapping says so, until the option is back', async () => {
    const servers = await start({ sets: [VACCINES] });
    await runOptionOperations(servers);
    remove(servers);
    const { data, report } = await runOptionOperations(servers, { mappings: DEACTIVATE });
    expect(report['upsert-reference-data']).toMatchObject({ deactivated: 1, unchanged: 2 });
    expect(data.plan.rows).toEqual([
      ['VACCINE', 'VACC_MMR', 'deactivate', 'MMR', `${VACCINE}_MMR`],
    ]);
    expect(Object.keys(labelsByCode(servers))).toEqual(['VACC_MEASLES', 'VACC_MR']);
    expect(await reportOf(servers, { mappings: DEACTIVATE })).toMatchObject({ deactivated: 0 });
    servers.dhis2.store.metadata.put('optionSets', VACCINES);
    await runOptionOperations(servers, { mappings: DEACTIVATE });
    expect(labelsByCode(servers)).toHaveProperty('VACC_MMR');
  });

  it('does not change items without the mark, or with that of another set', async () => {
    const others = [
      anItem('By hand', { code: 'BY_HAND' }),
      anItem('Of another', { description: 'DHIS2 option Opt00000009 of set OtherSet001' }),
    ];
    const servers = await start({ sets: [VACCINES], items: others });
    await runOptionOperations(servers, { mappings: DEACTIVATE });
    expect(seenItems(servers).every(({ active }) => active)).toBe(true);
  });

  it('changes nothing if all options are removed: that is a mistake', async () => {
    const servers = await start({ sets: [VACCINES] });
    await runOptionOperations(servers);
    servers.dhis2.store.metadata.put('optionSets', { ...VACCINES, options: [] });
    const report = await reportOf(servers, { mappings: DEACTIVATE });
    expect(report).toMatchObject({
      deactivated: 0,
      warnings: [expect.stringContaining('"Vaccine types" has no options')],
    });
    expect(Object.keys(labelsByCode(servers))).toHaveLength(3);
  });
});

describe('a refusal', () => {
  it('of one item does not stop the others, and is reported with the server’s reason', async () => {
    const servers = await start({ sets: [VACCINES] });
    const refuse = (status: number, error: object) =>
      servers.goData.faults.add({
        kind: 'status',
        route: 'POST /api/reference-data',
        at: 1,
        status,
        body: { error },
      });
    refuse(409, { code: 'MODEL_CONFLICT', message: 'Model with id `` already exists' });
    const ran = await runOptionOperations(servers);
    const report = ran.report['upsert-reference-data']!;
    expect(ran.data.plan).toMatchObject({ total: 2, refused: 1 });
    expect(ran.data.plan.rows.map((row: unknown[]) => row[1])).toEqual(['VACC_MR', 'VACC_MMR']);
    expect(report).toMatchObject({
      created: 2,
      rejectedCount: 1,
      rejected: [{ kind: 'option', id: 'Opt00000001', code: 'MODEL_CONFLICT' }],
    });
    servers.goData.faults.clear();
    refuse(422, { name: 'ValidationError', details: { codes: { code: ['uniqueness'] } } });
    expect(await reportOf(servers)).toMatchObject({
      created: 0,
      unchanged: 2,
      rejected: [{ id: 'Opt00000001', code: 'CODE_TAKEN' }],
    });
    servers.goData.faults.clear();
    expect(await reportOf(servers)).toMatchObject({ created: 1, unchanged: 2 });
  });

  it('of a change leaves the item unchanged', async () => {
    const servers = await start({ sets: [VACCINES] });
    await runOptionOperations(servers);
    edit(servers, [
      [1, 'VACC_MEASLES', 'MMR'],
      [2, 'VACC_MR', 'Measles and rubella'],
      [3, 'VACC_MMR', 'Measles'],
    ]);
    // The first request of the swap frees the label.
    servers.goData.faults.add({
      kind: 'status',
      route: 'PUT /api/reference-data/{id}',
      at: 1,
      status: 404,
      body: { error: { code: 'MODEL_NOT_FOUND' } },
    });
    const report = await reportOf(servers);
    expect(report.rejected).toContainEqual(
      expect.objectContaining({ id: 'Opt00000001', code: 'MODEL_NOT_FOUND' }),
    );
    expect(labelOf(servers, `${VACCINE}_MEASLES`)).toBe('Measles');
    servers.goData.faults.clear();
    await runOptionOperations(servers);
    expect(labelsByCode(servers)).toMatchObject({ VACC_MEASLES: 'MMR', VACC_MMR: 'Measles' });
  });

  it('that the server does not report is noticed, and so is one of a deleted item', async () => {
    const servers = await start({ sets: [VACCINES] });
    await runOptionOperations(servers);
    edit(servers, [[1, 'VACC_MEASLES', 'Measles']]);
    const put = { kind: 'status' as const, route: 'PUT /api/reference-data/{id}' };
    const untouched = { id: `${VACCINE}_MR`, active: true };
    servers.goData.faults.add({ ...put, at: 1, status: 200, body: untouched });
    servers.goData.faults.add({ ...put, at: 2, status: 422, body: { error: {} } });
    const ran = await runOptionOperations(servers, { mappings: DEACTIVATE });
    const report = ran.report['upsert-reference-data']!;
    expect(ran.data.plan).toMatchObject({ total: 0, refused: 2, rows: [] });
    expect(report).toMatchObject({ deactivated: 0, rejectedCount: 2 });
    expect(report.rejected).toEqual([
      {
        kind: 'reference data item',
        id: `${VACCINE}_MEASLES_AND_RUBELLA`,
        code: 'NOT_CHANGED',
        message: 'Go.Data accepted the change, but it did not change active.',
      },
      expect.objectContaining({ id: `${VACCINE}_MMR`, code: 'STATUS_422' }),
    ]);
  });

  it('of the account ends the run', async () => {
    const servers = await start({ sets: [VACCINES], permissions: ['outbreak_list'] });
    await expect(runOptionOperations(servers)).rejects.toMatchObject({
      code: 'MISSING_PERMISSION',
      message: expect.stringContaining('reference_data_create_category_item'),
    });
  });

  it('is not reported if only the connection was lost after the write', async () => {
    const servers = await start({ sets: [VACCINES] });
    servers.goData.faults.add({
      kind: 'cut',
      route: 'POST /api/reference-data',
      at: 2,
      when: 'after',
    });
    servers.goData.faults.add({ kind: 'kill-token', route: 'POST /api/reference-data', at: 4 });
    const report = await reportOf(servers);
    expect(report).toMatchObject({ created: 3 });
    expect(report).not.toHaveProperty('rejected');
    expect(Object.keys(labelsByCode(servers))).toHaveLength(3);
  });
});

describe('a mistake in a job', () => {
  it('in optionSets is reported with all sets that do not exist', async () => {
    const servers = await start({ sets: [VACCINES] });
    const fetching = runOptionOperations(servers, {
      optionSets: ['Vaccine types', 'vaccine', 'NOWHERE'],
    });
    await expect(fetching).rejects.toMatchObject({
      code: 'UNKNOWN_OPTION_SET',
      kind: 'configuration',
      message:
        '2 of the option sets cannot be read:\n' +
        '- "vaccine" is not the name, code or id of any. There is "Vaccine types".\n' +
        '- "NOWHERE" is not the name, code or id of any.',
    });
    await expect(runOptionOperations(servers, { optionSets: [] })).rejects.toMatchObject({
      code: 'BAD_OPTION',
    });
  });

  it('in category is reported with the existing categories, before anything is written', async () => {
    const servers = await start({ sets: [VACCINES] });
    const mappings = [{ optionSet: 'Vaccine types', category: 'VACCINES' }];
    await expect(runOptionOperations(servers, { mappings })).rejects.toMatchObject({
      code: 'UNKNOWN_CATEGORY',
      kind: 'configuration',
      message: expect.stringMatching(/"VACCINES".*OCCUPATION.*VACCINE, VACCINE_STATUS\.$/),
    });
    expect(servers.goData.requests.byRoute()).not.toHaveProperty('POST /api/reference-data');
  });

  it.each([
    ['VACCINE', VACCINE],
    ['vaccine', VACCINE],
    [VACCINE, VACCINE],
    [
      'CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE',
      'LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE',
    ],
  ])('is not reported for "%s"', async (category, categoryId) => {
    const servers = await start({ sets: [VACCINES] });
    await runOptionOperations(servers, { mappings: [{ optionSet: 'SET_1', category }] });
    expect(seenItems(servers, categoryId)).toHaveLength(3);
  });

  it.each([
    ['not a list', {}, 'BAD_OPTION'],
    [
      'an unknown key',
      [{ optionSet: 'Vaccine types', category: 'VACCINE', label: 1 }],
      'BAD_OPTION',
    ],
    ['no category', [{ optionSet: 'Vaccine types' }], 'BAD_OPTION'],
    [
      'another whenGone',
      [{ optionSet: 'Vaccine types', category: 'VACCINE', whenGone: 'delete' }],
      'BAD_OPTION',
    ],
    ['a set that was not fetched', [{ optionSet: 'Sex', category: 'GENDER' }], 'BAD_MAPPING'],
    [
      'a set twice',
      [
        { optionSet: 'Vaccine types', category: 'VACCINE' },
        { optionSet: 'SET_1', category: 'OCCUPATION' },
      ],
      'BAD_MAPPING',
    ],
    [
      'a field that no item has',
      [{ optionSet: 'Vaccine types', category: 'VACCINE', toItem: () => ({ name: 'x' }) }],
      'BAD_MAPPING',
    ],
    [
      'an order that is not a number',
      [{ optionSet: 'Vaccine types', category: 'VACCINE', toItem: () => ({ order: '1' }) }],
      'BAD_MAPPING',
    ],
  ])('is refused: %s', async (_, mappings, code) => {
    const servers = await start({ sets: [VACCINES] });
    const optionSets = ['Vaccine types'];
    const run = runOptionOperations(servers, { optionSets, mappings: mappings as never });
    await expect(run).rejects.toMatchObject({ code, kind: 'configuration' });
  });

  it('or in DHIS2 affects only its own option', async () => {
    const servers = await start({
      sets: [
        vaccines([
          [1, 'A', ' '],
          [2, 'B', 'Measles'],
          [3, 'C', 'Unknown'],
        ]),
        anOptionSet('Not mapped', [[9, 'X', 'X']], 2),
      ],
    });
    const { report } = await runOptionOperations(servers, {
      optionSets: ['Vaccine types', 'Not mapped'],
      mappings: [
        {
          optionSet: 'Vaccine types',
          category: 'VACCINE',
          toItem: ({ name, code }) => (name === 'Unknown' ? undefined : { label: name, code }),
        },
      ],
    });
    expect(report['map-reference-data']).toEqual({
      read: 4,
      leftOut: [
        { reason: 'left-out-by-mapping', subject: 'Vaccine types', count: 1 },
        { reason: 'unmapped-option-set', subject: 'Not mapped', count: 1 },
      ],
      rejectedCount: 1,
      rejected: [
        {
          kind: 'option',
          id: 'Opt00000001',
          code: 'NO_LABEL',
          message: 'The item has no label, which Go.Data requires.',
        },
      ],
    });
    expect(labelsByCode(servers)).toEqual({ B: 'Measles' });
  });
});
