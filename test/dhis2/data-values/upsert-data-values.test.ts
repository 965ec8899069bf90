import { afterEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/http-server.js';
import { runOperations } from '../../support/operations.js';
import {
  ACRE,
  aCase,
  BREN,
  CASE_TYPE,
  COLL,
  NORTH,
  OUTBREAK,
  SOUTH,
} from '../../support/outbreak.js';
import { startProxy } from '../../support/proxy.js';
import {
  type Servers,
  type ServerTraits,
  startServers,
  valuesInWords,
} from '../../support/workflow.js';

let servers: Servers;
afterEach(() => servers?.close());
const start = async (traits: ServerTraits) => {
  servers = await startServers(traits);
  return servers;
};

const twoCases = () => [
  aCase({ years: 2 }),
  aCase({ location: COLL, sex: 'MALE', date: '2026-03-18' }),
];

describe('explicit zeros', () => {
  it.each(['2.42', '2.43'])(
    'are written once, in every cell of each org unit and period with counts (%s)',
    async version => {
      await start({ version, people: twoCases() });
      const { report } = await runOperations(servers, { upsert: { explicitZeros: true } });
      // 2 org units, weeks 10 to 12, 2 age bands by 3 sexes.
      expect(report['upsert-data-values']).toMatchObject({ created: 2 * 3 * 6, rejectedCount: 0 });
      const values = valuesInWords(servers.dhis2);
      expect(Object.keys(values)).toHaveLength(36);
      expect(values['Acre 2026W11 OUTBREAK_CASES_CONFIRMED AGE_UNKNOWN+SEX_MALE']).toBe('0');
      servers.dhis2.requests.reset();
      await runOperations(servers, { upsert: { explicitZeros: true } });
      expect(servers.dhis2.requests.writes()).toBe(0);
    },
  );

  it('are not sent if an old server would drop them', async () => {
    await start({
      version: '2.42',
      people: twoCases(),
      dhis2: seed => {
        for (const element of seed.dataElements) element.zeroIsSignificant = false;
      },
    });
    const { report } = await runOperations(servers, { upsert: { explicitZeros: true } });
    expect(report['upsert-data-values']).toMatchObject({
      created: 2,
      unchanged: 34,
      rejectedCount: 0,
    });
  });
});

describe('current values that the account may not read', () => {
  it('end the step before it writes, with what to share', async () => {
    await start({ people: twoCases() });
    const { url } = await startProxy(servers.dhis2.url, {
      refuse: ({ pathname }, method) =>
        method === 'GET' && pathname.endsWith('/dataValueSets')
          ? { status: 409, body: { httpStatusCode: 409, status: 'ERROR', errorCode: 'E2010' } }
          : undefined,
    });
    const dhis2 = { ...servers.credentials.dhis2, hostUrl: url };
    const through = { ...servers, credentials: { ...servers.credentials, dhis2 } };
    await expect(runOperations(through)).rejects.toMatchObject({
      code: 'MISSING_PERMISSION',
      fix: expect.stringContaining('share the data set'),
    });
    expect(servers.dhis2.requests.writes()).toBe(0);
  });
});

describe('a count that becomes zero when zeros are not significant', () => {
  it.each(['2.38', '2.42', '2.43'])(
    'is removed in DHIS2 %s, and the next run writes nothing',
    async version => {
      await start({
        version,
        people: [aCase({ id: 'only' })],
        dhis2: seed => {
          for (const element of seed.dataElements) element.zeroIsSignificant = false;
        },
      });
      await runOperations(servers);
      servers.goData.store.people.delete('only');
      const { report } = await runOperations(servers);
      expect(report['upsert-data-values']).toMatchObject({ updated: 1, rejectedCount: 0 });
      expect(Object.values(valuesInWords(servers.dhis2)).filter(value => value !== '0')).toEqual(
        [],
      );
      servers.dhis2.requests.reset();
      await runOperations(servers);
      expect(servers.dhis2.requests.writes()).toBe(0);
    },
  );
});

describe('roll-up', () => {
  it('goes to the level that the mapping names', async () => {
    await start({
      people: [aCase(), aCase({ location: BREN }), aCase({ location: COLL })],
      dhis2: seed => {
        for (const dataSet of seed.dataSets)
          dataSet.organisationUnits = [{ id: NORTH }, { id: SOUTH }];
      },
    });
    await runOperations(servers, { mapping: { orgUnits: { level: 2 } } });
    expect(valuesInWords(servers.dhis2)).toEqual({
      'North 2026W10 OUTBREAK_CASES_CONFIRMED AGE_UNKNOWN+SEX_FEMALE': '2',
      'South 2026W10 OUTBREAK_CASES_CONFIRMED AGE_UNKNOWN+SEX_FEMALE': '1',
    });
  });

  it('goes to the nearest org unit above that reports, by default', async () => {
    await start({
      people: [aCase(), aCase({ location: BREN })],
      dhis2: seed => {
        for (const dataSet of seed.dataSets)
          dataSet.organisationUnits = [{ id: ACRE }, { id: NORTH }];
      },
    });
    await runOperations(servers);
    expect(Object.keys(valuesInWords(servers.dhis2)).map(key => key.split(' ')[0])).toEqual([
      'Acre',
      'North',
    ]);
  });

  it('stops if no org unit of the level reports the data set', async () => {
    await start({ people: [aCase()] });
    await expect(runOperations(servers, { mapping: { orgUnits: { level: 1 } } })).rejects.toThrow(
      /ORG_UNIT_NOT_ASSIGNED.*"Country"/s,
    );
  });

  it('reports the cases whose location is above the level', async () => {
    await start({ people: [aCase({ location: NORTH }), aCase()] });
    const { report } = await runOperations(servers, { mapping: { orgUnits: { level: 3 } } });
    expect(report.aggregate!.leftOut).toEqual([
      { reason: 'above-level', subject: `${NORTH} (North)`, count: 1 },
    ]);
  });
});

describe('the org unit of a location is found', () => {
  it('by a code of its identifiers, or by the nearest location above it with an org unit', async () => {
    await start({ people: [aCase({ location: 'hamlet' }), aCase({ location: 'byCode' })] });
    servers.goData.store.locations.put({
      id: 'hamlet',
      name: 'Hamlet',
      parentLocationId: BREN,
      deleted: false,
    });
    servers.goData.store.locations.put({
      id: 'byCode',
      name: 'By code',
      parentLocationId: null,
      identifiers: [{ code: 'other' }, { code: 'CODE_COLL' }],
      deleted: false,
    });
    const { report } = await runOperations(servers);
    expect(report.aggregate!.leftOut).toEqual([]);
    expect(
      Object.keys(valuesInWords(servers.dhis2))
        .map(key => key.split(' ')[0])
        .sort(),
    ).toEqual(['Bren', 'Coll']);
  });

  it('by an explicit table first', async () => {
    await start({ people: [aCase({ location: ACRE }), aCase({ location: 'x' })] });
    await runOperations(servers, {
      mapping: { orgUnits: { table: { [ACRE]: COLL, x: 'CODE_DALE' } } },
    });
    expect(
      Object.keys(valuesInWords(servers.dhis2))
        .map(key => key.split(' ')[0])
        .sort(),
    ).toEqual(['Coll', 'Dale']);
  });
});

describe('a background import', () => {
  it.each(['2.42', '2.43'])('is awaited, and its refusals are reported (%s)', async version => {
    await start({ version, people: twoCases() });
    const { report } = await runOperations(servers, { upsert: { async: true } });
    expect(report['upsert-data-values']).toMatchObject({ created: 2, rejectedCount: 0 });
    expect(Object.keys(valuesInWords(servers.dhis2))).toHaveLength(2);
    const routes = Object.keys(servers.dhis2.requests.byRoute()).join(' ');
    expect(routes).toMatch(/system\/tasks.*system\/taskSummaries/);
  });
});

describe('completeness', () => {
  it('is registered once, for ended periods with a count', async () => {
    await start({ people: [...twoCases(), aCase({ date: '2026-04-01' })] });
    const first = await runOperations(servers, { upsert: { complete: true } });
    expect(first.report['upsert-data-values']).toMatchObject({ completed: 2 });
    const registrations = servers.dhis2.store.toJSON().completeDataSetRegistrations ?? [];
    expect(
      registrations.map(({ organisationUnit, period }) => `${organisationUnit} ${period}`).sort(),
    ).toEqual([`${ACRE} 2026W10`, `${COLL} 2026W12`]);
    servers.dhis2.requests.reset();
    await runOperations(servers, { upsert: { complete: true } });
    expect(servers.dhis2.requests.writes()).toBe(0);
  });
});

describe('values that DHIS2 refuses', () => {
  it.each(['2.42', '2.43'])(
    'in a closed period are sent if the job says so: DHIS2 refuses them and stores the others (%s)',
    async version => {
      await start({
        version,
        people: twoCases(),
        today: '2026-03-25',
        dhis2: seed => {
          for (const dataSet of seed.dataSets) dataSet.expiryDays = 5;
        },
      });
      const { report } = await runOperations(servers, { upsert: { closedPeriods: 'report' } });
      expect(report['upsert-data-values']).toMatchObject({ created: 1, rejectedCount: 1 });
      expect(report['upsert-data-values']!.rejected).toEqual([
        expect.objectContaining({
          code: version === '2.42' ? 'E7640' : 'E8030',
          id: expect.stringMatching(new RegExp(`^${ACRE}/2026W10/`)),
        }),
      ]);
    },
  );

  it.each(['2.41', '2.43', '2.44'])(
    'for a reason that only the server knows are reported with its code, and the others are written (%s)',
    async version => {
      const people = Array.from({ length: 60 }, (_, n) =>
        aCase({ years: n % 9, location: n % 2 ? ACRE : COLL, date: `2026-03-${10 + (n % 18)}` }),
      );
      await start({ version, people });
      // In the store, the data set is not assigned to Coll; in the metadata that the checks read,
      // it is.
      const importer = await startServers({
        version,
        dhis2: seed => {
          for (const dataSet of seed.dataSets) {
            dataSet.organisationUnits = dataSet.organisationUnits.filter(({ id }) => id !== COLL);
          }
        },
      });
      const front = await forward(
        path => (path.startsWith('/api/dataValueSets') ? importer : servers).dhis2.url,
      );
      servers.credentials.dhis2.hostUrl = front.url;
      try {
        const { report, plan } = await runOperations(servers);
        const { created, rejectedCount, rejected } = report['upsert-data-values']!;
        expect(plan).toMatchObject({ total: created, refused: rejectedCount });
        expect(plan.rows).toHaveLength(created!);
        expect(rejectedCount).toBeGreaterThan(0);
        expect(
          rejected!.every(({ id, code }) => id.startsWith(COLL) && /^E\d{4}$/.test(code)),
        ).toBe(true);
        const stored = Object.keys(valuesInWords(importer.dhis2));
        expect(stored).toHaveLength(created!);
        expect(stored.every(key => key.startsWith('Acre'))).toBe(true);
        // One request that is partly refused, or one that is refused and a second one for the other
        // rows.
        expect(importer.dhis2.requests.writes()).toBeLessThanOrEqual(2);
      } finally {
        await front.close();
        await importer.close();
      }
    },
  );
});

describe('a value that is not stored as planned', () => {
  it('is found when it is read back, and its data set is not registered as complete', async () => {
    await start({ people: twoCases() });
    // A server that reports success and stores another value.
    let posted = false;
    const front = await forward(
      path => {
        posted ||= path.includes('importStrategy');
        return servers.dhis2.url;
      },
      text => (posted ? text.replace('"value":"1"', '"value":"9"') : text),
    );
    servers.credentials.dhis2.hostUrl = front.url;
    try {
      const { report } = await runOperations(servers, { upsert: { complete: true } });
      const { rejected, created, completed } = report['upsert-data-values']!;
      expect(rejected).toEqual([
        expect.objectContaining({ kind: 'data value', code: 'READ_BACK' }),
      ]);
      expect(created).toBe(1);
      expect(completed).toBe(1);
    } finally {
      await front.close();
    }
  });
});

describe('a value before every counted period', () => {
  it('becomes zero when its case moves to a later period', async () => {
    await start({
      people: [aCase({ id: 'early', date: '2026-01-05' }), aCase({ date: '2026-03-04', years: 2 })],
    });
    await runOperations(servers);
    servers.goData.store.people.update('early', { dateOfReporting: '2026-03-04T00:00:00.000Z' });
    await runOperations(servers);
    expect(valuesInWords(servers.dhis2)).toMatchObject({
      'Acre 2026W2 OUTBREAK_CASES_CONFIRMED AGE_UNKNOWN+SEX_FEMALE': '0',
      'Acre 2026W10 OUTBREAK_CASES_CONFIRMED AGE_UNKNOWN+SEX_FEMALE': '1',
    });
  });
});

describe('the owner of a value', () => {
  it('is the data set if the job says so: a value of others without a count becomes zero', async () => {
    await start({ people: [aCase()] });
    await runOperations(servers);
    const [ours] = servers.dhis2.store.dataValues.list();
    servers.dhis2.store.dataValues.set({
      ...ours!,
      orgUnit: COLL,
      value: '7',
      comment: 'telephoned',
      storedBy: 'district',
    });
    await runOperations(servers);
    expect(
      servers.dhis2.store.dataValues.list().find(({ orgUnit }) => orgUnit === COLL)!.value,
    ).toBe('7');
    await runOperations(servers, { upsert: { owner: 'data-set' } });
    expect(
      servers.dhis2.store.dataValues.list().find(({ orgUnit }) => orgUnit === COLL)!.value,
    ).toBe('0');
  });

  it('is not the mapping if it does not name the data element or combo', async () => {
    await start({ people: [aCase()] });
    await runOperations(servers);
    const [ours] = servers.dhis2.store.dataValues.list();
    const { dataElements, categoryOptionCombos } = servers.dhis2.store.toJSON();
    const stranger = {
      ...ours!,
      dataElement: dataElements.find(({ code }) => code === 'OUTBREAK_CONTACTS_LISTED')!.id,
      categoryOptionCombo: categoryOptionCombos.find(({ name }) => name === 'default')!.id,
      value: '12',
    };
    servers.dhis2.store.dataValues.set(stranger);
    await runOperations(servers, { upsert: { owner: 'data-set', explicitZeros: true } });
    expect(
      servers.dhis2.store.dataValues
        .list()
        .find(({ dataElement }) => dataElement === stranger.dataElement)!.value,
    ).toBe('12');
  });
});

describe('duplicate category option combos', () => {
  const duplicates = () =>
    servers.dhis2.store
      .toJSON()
      .categoryOptionCombos.filter(({ name }) => /0-4 years/.test(name!) && /\bFemale/.test(name!));

  it('are chosen without reading any values twice', async () => {
    await start({ people: twoCases() });
    for (let run = 0; run < 2; run += 1) {
      servers.dhis2.requests.reset();
      await runOperations(servers);
      const read = servers.dhis2.requests.entries
        .filter(({ route }) => route === 'GET /api/dataValueSets')
        .map(({ url }) => url);
      expect(new Set(read).size).toBe(read.length);
    }
  });

  it('of which both have values are decided by periods with counts, and the other one becomes zero', async () => {
    await start({ people: [aCase({ years: 2 }), aCase({ years: 2, date: '2026-03-18' })] });
    await runOperations(servers);
    const { dataValues } = servers.dhis2.store;
    const [used, other] = ['0-4 years, Female', 'Female, 0-4 years'].map(
      wanted => duplicates().find(({ name }) => name === wanted)!.id,
    );
    const [first] = dataValues.list();
    expect(first!.categoryOptionCombo).toBe(used);
    // One in a period with counts, and more before those: `others` wrote these.
    dataValues.set({ ...first!, categoryOptionCombo: other!, value: '7' });
    for (const period of ['2025W1', '2025W2'])
      dataValues.set({
        ...first!,
        period,
        categoryOptionCombo: other!,
        storedBy: 'district',
        comment: '',
      });
    const { report } = await runOperations(servers);
    expect(report['upsert-data-values']).toMatchObject({ unchanged: 2, updated: 1, created: 0 });
    expect(
      dataValues
        .list()
        .filter(({ period }) => period === first!.period)
        .map(({ categoryOptionCombo, value }) => [categoryOptionCombo, value])
        .sort(),
    ).toEqual(
      [
        [used, '1'],
        [other, '0'],
      ].sort(),
    );
  });

  it.each(['2.42', '2.43'])(
    'get values where values are stored already, else under the name that DHIS2 would give (%s)',
    async version => {
      await start({ version, people: [aCase({ years: 2 })] });
      const combos = duplicates();
      expect(combos.map(({ name }) => name).sort()).toEqual([
        '0-4 years, Female',
        'Female, 0-4 years',
      ]);
      await runOperations(servers);
      const [first] = servers.dhis2.store.dataValues.list();
      expect(combos.find(({ id }) => id === first!.categoryOptionCombo)!.name).toBe(
        '0-4 years, Female',
      );

      const stale = combos.find(({ name }) => name === 'Female, 0-4 years')!;
      servers.dhis2.store.dataValues.delete(first!);
      for (const period of ['2025W1', '2025W2'])
        servers.dhis2.store.dataValues.set({
          ...first!,
          period,
          categoryOptionCombo: stale.id,
          storedBy: 'district',
          comment: '',
        });
      await runOperations(servers);
      const written = servers.dhis2.store.dataValues
        .list()
        .find(({ period }) => period === '2026W10');
      expect(written!.categoryOptionCombo).toBe(stale.id);
    },
  );
});

describe('a mapping with ids, codes and names', () => {
  it('adds up codes that mean one category option under two names', async () => {
    await start({
      people: [aCase(), aCase({ sex: 'MALE' }), aCase({ sex: null }), aCase({ sex: null })],
    });
    const sex = { FEMALE: 'SEX_FEMALE', MALE: 'SEX_MALE', '*': 'Female' };
    await runOperations(servers, {
      mapping: {
        dataValues: [
          {
            dataElement: 'OUTBREAK_CASES_CONFIRMED',
            categoryOptions: { sex, age: { '*': 'AGE_UNKNOWN' } },
          },
        ],
      },
    });
    expect(valuesInWords(servers.dhis2)).toMatchObject({
      'Acre 2026W10 OUTBREAK_CASES_CONFIRMED AGE_UNKNOWN+SEX_FEMALE': '3',
      'Acre 2026W10 OUTBREAK_CASES_CONFIRMED AGE_UNKNOWN+SEX_MALE': '1',
    });
  });

  it('counts a record once if two entries for a data element match it', async () => {
    await start({ people: [aCase(), aCase({ classification: 'PROBABLE' })] });
    const categoryOptions = { sex: { '*': 'SEX_UNKNOWN' }, age: { '*': 'AGE_UNKNOWN' } };
    const dataElement = 'OUTBREAK_CASES_CONFIRMED';
    await runOperations(servers, {
      mapping: {
        dataValues: [
          { dataElement, where: { classification: 'CONFIRMED' }, categoryOptions },
          { dataElement, where: { sex: 'FEMALE' }, categoryOptions },
        ],
      },
    });
    expect(Object.values(valuesInWords(servers.dhis2))).toEqual(['2']);
  });

  it('is refused if two names mean one data element', async () => {
    await start({ people: [aCase()] });
    const { id } = servers.dhis2.store
      .toJSON()
      .dataElements.find(({ code }) => code === 'OUTBREAK_DEATHS')!;
    const categoryOptions = { sex: { '*': 'SEX_UNKNOWN' }, age: { '*': 'AGE_UNKNOWN' } };
    const dataValues = [id, 'OUTBREAK_DEATHS'].map(dataElement => ({
      dataElement,
      categoryOptions,
    }));
    await expect(runOperations(servers, { mapping: { dataValues } })).rejects.toThrow(
      /DUPLICATE_DATA_ELEMENT/,
    );
  });

  it('reports codes that only some data elements count', async () => {
    await start({
      people: [aCase({ classification: 'EPI_LINKED', outcome: 'DECEASED' }), aCase({ sex: null })],
    });
    const categoryOptions = { sex: { FEMALE: 'SEX_FEMALE' }, age: { '*': 'AGE_UNKNOWN' } };
    const all = { sex: { '*': 'SEX_UNKNOWN' }, age: { '*': 'AGE_UNKNOWN' } };
    const { report } = await runOperations(servers, {
      mapping: {
        dataValues: [
          {
            dataElement: 'OUTBREAK_CASES_CONFIRMED',
            where: { classification: 'CONFIRMED' },
            categoryOptions,
          },
          {
            dataElement: 'OUTBREAK_CASES_PROBABLE',
            where: { classification: 'PROBABLE' },
            categoryOptions,
          },
          { dataElement: 'OUTBREAK_DEATHS', categoryOptions: all },
        ],
      },
    });
    expect(report.aggregate!.warnings!.sort()).toEqual([
      '1 counted in some data elements only: no where has classification=EPI_LINKED.',
      '1 counted not in OUTBREAK_CASES_CONFIRMED: sex=UNKNOWN is not in its categoryOptions.',
    ]);
  });

  it('stops if it matches no record any more, and sets no value to zero', async () => {
    await start({ people: [aCase()] });
    await runOperations(servers);
    await expect(
      runOperations(servers, { mapping: { orgUnits: { by: ['table'], table: {} } } }),
    ).rejects.toThrow(/NOTHING_MAPPED.*1 values would fall to zero/s);
    expect(Object.values(valuesInWords(servers.dhis2))).toEqual(['1']);
  });
});

describe('values of others', () => {
  const foreign = async (change: object) => {
    const [ours] = servers.dhis2.store.dataValues.list();
    servers.dhis2.store.dataValues.set({ ...ours!, ...change });
  };
  const valueAt = (orgUnit: string) =>
    servers.dhis2.store.dataValues.list().find(value => value.orgUnit === orgUnit)!;

  it.each([
    ['a district officer', { value: '7', comment: 'telephoned', storedBy: 'district' }],
    [
      'another outbreak of this account',
      { value: '7', comment: 'Go.Data outbreak other', storedBy: 'integration' },
    ],
    ['nobody knows whom', { value: '7', comment: 'from paper', storedBy: '' }],
  ])('%s stay, even with explicit zeros', async (_, value) => {
    await start({ people: [aCase(), aCase({ location: COLL, sex: 'MALE' })] });
    await runOperations(servers);
    const [ours] = servers.dhis2.store.dataValues.list().filter(({ orgUnit }) => orgUnit === ACRE);
    await foreign({ ...ours!, ...value, orgUnit: COLL });
    const { report } = await runOperations(servers, { upsert: { explicitZeros: true } });
    const stored = servers.dhis2.store.dataValues
      .list()
      .find(
        ({ orgUnit, categoryOptionCombo }) =>
          orgUnit === COLL && categoryOptionCombo === ours!.categoryOptionCombo,
      );
    expect(stored).toMatchObject(value);
    expect(report['upsert-data-values']).toMatchObject({
      rejectedCount: 0,
      warnings: [expect.stringContaining('1 values')],
    });
  });

  it('of another outbreak are contested even if both counts are equal, and the data set is not completed', async () => {
    await start({ people: [aCase()] });
    await runOperations(servers);
    await foreign({ comment: 'Go.Data outbreak another-one' });
    const failure = await runOperations(servers, { upsert: { complete: true } }).catch(
      error => error,
    );
    expect(failure).toMatchObject({ code: 'REJECTED', details: { rejected: 1, total: 1 } });
    expect(failure.details.report).toMatchObject({ unchanged: 0, rejectedCount: 1 });
    expect(failure.details.report.completed).toBeUndefined();
    expect(servers.dhis2.store.completeness.list()).toEqual([]);
  });

  it.each(['2.42', '2.43'])('keep their follow-up mark (%s)', async version => {
    await start({ version, people: [aCase()] });
    await runOperations(servers);
    await foreign({ value: '7', followup: true });
    await runOperations(servers);
    expect(servers.dhis2.store.dataValues.list()).toMatchObject([{ value: '1', followup: true }]);
  });

  it('get the mark after the comment of their author, so that the next outbreak does not change them', async () => {
    await start({ people: [aCase()] });
    await runOperations(servers);
    await foreign({ value: '3', comment: 'telephoned', storedBy: 'district' });
    await runOperations(servers);
    expect(valueAt(ACRE)).toMatchObject({
      value: '1',
      comment: `telephoned (Go.Data outbreak ${OUTBREAK})`,
    });
    await servers.goData.store.people.delete(
      servers.goData.store.people.list(OUTBREAK, CASE_TYPE)[0]!.id,
    );
    await runOperations(servers);
    expect(valueAt(ACRE)).toMatchObject({
      value: '0',
      comment: `telephoned (Go.Data outbreak ${OUTBREAK})`,
    });
  });
});

describe('a report of an earlier day', () => {
  it('does not change what later runs have written', async () => {
    await start({ people: [aCase(), aCase({ date: '2026-03-25' })] });
    await runOperations(servers);
    await runOperations(servers, { state: { today: '2026-03-10' } });
    expect(Object.values(valuesInWords(servers.dhis2))).toEqual(['1', '1']);
  });
});

describe('the state that a run returns', () => {
  it('can start the next run: it contains no input of this one', async () => {
    await start({ people: [aCase()] });
    const { state } = await servers.run({ dryRun: true, since: '2026-01-01', note: 'kept' });
    expect(Object.keys(state).sort()).toEqual(['data', 'note', 'report']);
  });

  it.each(['true', 1])('refuses %j as the value of dryRun', async dryRun => {
    await start({ people: [aCase()] });
    const { exitStatus } = await servers.run({ dryRun });
    expect(exitStatus).toBe(2);
    expect(servers.dhis2.requests.writes()).toBe(0);
  });
});

describe('a data set with a long history', () => {
  it('is read by four requests at a time', async () => {
    await start({ people: [aCase(), aCase({ date: '2012-01-03' })] });
    servers.dhis2.faults.add({ kind: 'slow', delayMs: 10, route: 'GET /api/dataValueSets' });
    await runOperations(servers);
    expect(servers.dhis2.requests.mostInFlight()).toBe(4);
    expect(servers.dhis2.store.dataValues.list()).toHaveLength(2);
  });

  it('is read in parts that fit in memory, and only mapped values are kept', async () => {
    await start({ people: [aCase()] });
    await runOperations(servers);
    const [ours] = servers.dhis2.store.dataValues.list();
    const element = servers.dhis2.store
      .toJSON()
      .dataElements.find(({ code }) => code === 'OUTBREAK_DEATHS')!;
    const weeks = Array.from({ length: 20 }, (_, year) =>
      Array.from({ length: 52 }, (_, week) => `${2005 + year}W${week + 1}`),
    ).flat();
    for (const orgUnit of [ACRE, BREN, COLL]) {
      for (const period of weeks) {
        servers.dhis2.store.dataValues.set({
          ...ours!,
          dataElement: element.id,
          orgUnit,
          period,
          value: '4',
          comment: '',
          storedBy: 'district',
        });
      }
    }
    servers.dhis2.requests.reset();
    const { report } = await runOperations(servers);
    expect(report['upsert-data-values']).toMatchObject({ unchanged: 1, created: 0, updated: 0 });
    expect(servers.dhis2.requests.byRoute()['GET /api/dataValueSets']).toBeLessThan(40);
    // A value of this outbreak in an early period, whose case no longer exists, is found and set to
    // zero.
    servers.dhis2.store.dataValues.set({ ...ours!, period: '2003W7', value: '5' });
    await runOperations(servers);
    expect(
      servers.dhis2.store.dataValues.list().find(({ period }) => period === '2003W7')!.value,
    ).toBe('0');
  });
});

/** A reverse proxy that chooses the server by the path and can change the answers. */
function forward(
  choose: (path: string) => string,
  change = (text: string) => text,
): Promise<TestServer> {
  return startTestServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await fetch(choose(request.url!) + request.url!, {
      method: request.method!,
      headers: {
        authorization: request.headers.authorization!,
        'content-type': 'application/json',
        'x-requested-with': 'XMLHttpRequest',
      },
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    response.writeHead(answer.status, {
      'Content-Type': answer.headers.get('content-type') ?? 'application/json',
    });
    response.end(change(await answer.text()));
  });
}

describe('input periods of a data set', () => {
  const open = Array.from({ length: 20 }, (_, n) => ({ period: { id: `2026W${n + 1}` } }));

  it.each([
    ['2.42', undefined],
    ['2.43.1', [expect.stringMatching(/^The data set has input periods.*DHIS2 2\.43\.1/)]],
    ['2.43.2', undefined],
  ])('cause a warning if DHIS2 inverts their check (%s)', async (version, warnings) => {
    await start({
      version,
      people: twoCases(),
      dhis2: seed => {
        for (const set of seed.dataSets) set.dataInputPeriods = open;
      },
    });
    const { report } = await runOperations(servers, { state: { dryRun: true } });
    expect(report['upsert-data-values']).toMatchObject({ created: expect.any(Number) });
    expect(report['upsert-data-values']!.warnings).toEqual(warnings);
  });
});
