import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { IntegrationError } from '#common/reporting/errors.js';
import type { State } from '#common/reporting/report.js';
import { create, dataValueSet, get, http } from '#dhis2/Adaptor.js';
import { type Dhis2Options, startDhis2 } from '#sandbox/dhis2/index.js';
import { aSeed, clock, ID } from '../../sandbox/dhis2/support/seed.js';

// Runs against the sandbox in each version: what a job gets for data values and completeness.

const VERSIONS = ['2.42', '2.43', '2.44'];
const EARLIER = ['2.40', '2.41'];
const CELL = {
  dataElement: ID.deaths,
  period: '2026W33',
  orgUnit: ID.facility,
  value: '3',
};

async function aServer(version: string, options: Partial<Dhis2Options> = {}) {
  const server = await startDhis2({ seed: aSeed(), clock, version, jobWaitMs: 0, ...options });
  onTestFinished(() => server.close());
  const configuration = { hostUrl: server.url, username: 'entry', password: 'secret' };
  const run = (operation: (state: State) => Promise<State>) => operation({ configuration });
  return {
    run,
    fails: (operation: (state: State) => Promise<State>): Promise<IntegrationError> =>
      run(operation).then(
        () => Promise.reject(new Error('it did not fail')),
        error => error,
      ),
    store: server.store,
    stored: () => server.store.dataValues.list().map(({ period, value }) => `${period}=${value}`),
  };
}

const reportOf = ({ report }: State) => report?.['data-value-import'];
const rejectedIn = (next: State) =>
  (reportOf(next)?.rejected ?? []).map(({ id, code }) => [Number(id), code]);
const set = (...dataValues: object[]) => ({ dataSet: ID.dataSet, dataValues });

/** Faults of a row, and their codes by version. */
const FAULTS: Record<string, [fields: object, upTo42: string, since43: string]> = {
  'an invalid period': [{ period: '2026W99' }, 'E7611', 'E7611'],
  'a relative period': [{ period: 'LAST_MONTH' }, 'E7611', 'E7611'],
  'an unknown org unit': [{ orgUnit: 'NoSuchUnit1' }, 'E7612', 'E8022'],
  'an invalid org unit id': [{ orgUnit: 'nowhere' }, 'E7612', 'E8106'],
  'an unknown data element': [{ dataElement: 'NoSuchElem1' }, 'E7610', 'E8020'],
  'an unknown combo': [{ categoryOptionCombo: 'NoSuchComb1' }, 'E7613', 'E8024'],
  'a text for a number': [{ value: 'many' }, 'E7619', 'E8122'],
  'an empty value': [{ value: '' }, 'E7618', 'E8120'],
  'a list for a value': [{ value: [3] }, 'NOT_A_TEXT', 'NOT_A_TEXT'],
  'a period that has not ended': [{ period: '2026W34' }, 'E7641', 'E8030'],
};

describe.each([...EARLIER, ...VERSIONS])("create('dataValueSets') on DHIS2 %s", version => {
  const isGroup = ['2.43', '2.44'].includes(version);
  const weeks = Array.from({ length: 12 }, (_, index) => `2026W${index + 10}`);

  it.each(Object.entries(FAULTS))(
    'writes the other rows of a payload with %s',
    async (_, [fields, ...codes]) => {
      const { run, stored } = await aServer(version);
      const bad = { ...CELL, period: '2026W32', ...fields };
      const next = await run(create('dataValueSets', set(bad, CELL)));
      expect(stored()).toEqual(['2026W33=3']);
      expect(rejectedIn(next)).toEqual([[0, codes[isGroup ? 1 : 0]]]);
      expect(reportOf(next)).toMatchObject({ rejectedCount: 1 });
      expect(JSON.stringify(reportOf(next))).not.toContain('many');
    },
  );

  it('writes every valid row and reports every bad one', async () => {
    const kinds = Object.values(FAULTS);
    const rows = fc.array(fc.option(fc.nat(kinds.length - 1)), { minLength: 2, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, async faults => {
        fc.pre(faults.includes(null));
        const { run, stored } = await aServer(version);
        const values = faults.map((fault, index) => ({
          ...CELL,
          period: weeks[index],
          ...(fault === null ? {} : kinds[fault]![0]),
        }));
        const next = await run(create('dataValueSets', set(...values)));
        const good = faults.flatMap((fault, index) => (fault === null ? [weeks[index]!] : []));
        expect(stored().sort()).toEqual(good.map(week => `${week}=3`).sort());
        const bad = faults.flatMap((fault, index) => (fault === null ? [] : [index]));
        expect(rejectedIn(next).map(([index]) => index)).toEqual(expect.arrayContaining(bad));
        expect(reportOf(next)?.rejectedCount ?? 0).toBe(bad.length);
      }),
      { numRuns: 15 },
    );
  });

  it('reports a bad row by its position in the payload, not in its part', async () => {
    const { run } = await aServer(version);
    const empty = { ...CELL, period: '2026W32', value: '' };
    const next = await run(create('dataValueSets', set(CELL, { ...CELL, value: '4' }, empty)));
    const rejected = reportOf(next)?.rejected ?? [];
    expect(rejected.map(({ id }) => id)).toContain('2');
    expect(rejected.filter(({ message }) => message.includes('#'))).toEqual([]);
  });

  it('accepts numbers, and spaces around ids', async () => {
    const { run, stored } = await aServer(version);
    const row = { ...CELL, period: ' 2026W33', value: 3 };
    const next = await run(create('dataValueSets', set(row)));
    expect([stored(), next.report]).toEqual([['2026W33=3'], undefined]);
  });

  it('keeps the first of two values for one cell', async () => {
    const { run, stored } = await aServer(version);
    const next = await run(create('dataValueSets', set(CELL, { ...CELL, value: '4' })));
    expect(stored()).toEqual(['2026W33=3']);
    if (isGroup) expect(rejectedIn(next)).toEqual([[1, 'E8128']]);
  });

  it('does the same in the background', async () => {
    const { run, stored } = await aServer(version);
    const rows = set(CELL, { ...CELL, orgUnit: 'NoSuchUnit1' }, { ...CELL, period: 'x' });
    const next = await run(create('dataValueSets', rows, { async: true }));
    expect(stored()).toEqual(['2026W33=3']);
    expect(rejectedIn(next).map(([index]) => index)).toEqual([2, 1]);
  });

  it.each(['an invalid period', 'an unknown org unit', 'a text for a number'])(
    'fails if nothing was stored: %s',
    async name => {
      const { fails, stored } = await aServer(version);
      const [fields, ...codes] = FAULTS[name]!;
      const row = { ...CELL, ...fields };
      const error = await fails(
        create('dataValueSets', set(row, { ...row, dataElement: ID.cases })),
      );
      expect(error).toMatchObject({ code: 'IMPORT_REFUSED' });
      expect(error.message).toContain(codes[isGroup ? 1 : 0]);
      expect(stored()).toEqual([]);
    },
  );

  it('does not fail if the other values are already stored', async () => {
    const { run } = await aServer(version);
    await run(create('dataValueSets', set(CELL)));
    const bad = { ...CELL, period: '2026W32', value: 'x' };
    const next = await run(create('dataValueSets', set(CELL, bad)));
    expect(reportOf(next)).toMatchObject({ rejectedCount: 1 });
  });

  it('writes all or nothing if requested', async () => {
    const { fails, stored } = await aServer(version);
    const rows = set(CELL, { ...CELL, period: '2026W99' });
    const error = await fails(create('dataValueSets', rows, { atomic: true }));
    expect([error.code, stored()]).toEqual(['IMPORT_REFUSED', []]);
  });

  it('does not complete a data set with a missing value', async () => {
    const { run, store, stored } = await aServer(version);
    const { period, orgUnit, ...value } = CELL;
    const next = await run(
      dataValueSet({
        ...{ dataSet: ID.dataSet, completeDate: '2026-08-18', period, orgUnit },
        dataValues: [value, { ...value, dataElement: 'NoSuchElem1', period: '2026W99' }],
      }),
    );
    expect(stored()).toEqual(['2026W33=3']);
    expect(store.completeness.list()).toEqual([]);
    expect(reportOf(next)!.rejected!.at(-1)).toMatchObject({
      kind: 'complete data set registration',
      code: 'NOT_REGISTERED',
    });
  });

  it('stops at an invalid period in the header', async () => {
    const { fails } = await aServer(version);
    const { period: _period, ...row } = CELL;
    const error = await fails(create('dataValueSets', { ...set(row), period: '2026W99' }));
    expect(error).toMatchObject({
      code: 'IMPORT_REFUSED',
      message: expect.stringContaining('E7611'),
    });
  });
});

describe('parameters without effect', () => {
  it.each(VERSIONS)('dryrun is refused, dryRun stores nothing (%s)', async version => {
    const { run, fails, stored } = await aServer(version);
    const error = await fails(create('dataValueSets', set(CELL), { dryrun: true }));
    expect(error).toMatchObject({ code: 'BAD_OPTION', message: expect.stringContaining('dryrun') });
    await run(create('dataValueSets', set(CELL), { dryRun: true }));
    expect(stored()).toEqual([]);
  });

  it('a strategy that 2.43 ignores is refused there', async () => {
    const { fails, stored } = await aServer('2.43');
    const error = await fails(create('dataValueSets', set(CELL), { importStrategy: 'CREATE' }));
    expect(error).toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringContaining('ignores it'),
    });
    expect(stored()).toEqual([]);
    const before = await aServer('2.42');
    await before.run(create('dataValueSets', set(CELL), { importStrategy: 'CREATE' }));
    expect(before.stored()).toEqual(['2026W33=3']);
  });
});

describe.each(VERSIONS)("get('dataValueSets') on DHIS2 %s", version => {
  const query = { dataSet: ID.dataSet, period: '2026W33', orgUnit: ID.facility };
  const elsewhere = () => {
    const seed = aSeed();
    seed.users[0]!.organisationUnits = [{ id: ID.otherDistrict }];
    return seed;
  };

  it('reports that the account may not read, even if the server does not', async () => {
    const { fails } = await aServer(version, { seed: elsewhere() });
    for (const read of [get('dataValueSets', query), http.get('dataValueSets', { query })]) {
      const error = await fails(read);
      expect(error).toMatchObject({
        code: 'MISSING_PERMISSION',
        message: expect.stringContaining('does not allow the account to read'),
        fix: expect.stringContaining('Assign the org units'),
      });
    }
  });

  it('reports what is missing in a read by the last change alone', async () => {
    const { run, fails } = await aServer(version);
    const { period: _period, ...changed } = { ...query, lastUpdated: '2026-01-01' };
    if (version !== '2.43') {
      expect((await run(get('dataValueSets', changed))).data).toMatchObject({ dataValues: [] });
      return;
    }
    const error = await fails(get('dataValueSets', changed));
    expect(error).toMatchObject({ code: 'BAD_OPTION', fix: expect.stringContaining('periods') });
  });

  it('reads what the account may read, even if there are no values', async () => {
    const { run } = await aServer(version);
    const { data } = await run(get('dataValueSets', query));
    expect(data).toMatchObject({ dataSet: ID.dataSet, dataValues: [] });
  });
});

describe.each(VERSIONS)("create('completeDataSetRegistrations') on DHIS2 %s", version => {
  const ONE = { dataSet: ID.dataSet, period: '2026W33', organisationUnit: ID.facility };
  const body = (...completeDataSetRegistrations: object[]) => ({ completeDataSetRegistrations });
  const path = 'completeDataSetRegistrations';

  it('registers a period that is new to the server, in the same run', async () => {
    const { run, store } = await aServer(version);
    const next = await run(create(path, body(ONE)));
    expect(store.completeness.list()).toHaveLength(1);
    expect(next.report).toBeUndefined();
    expect(next.data).toMatchObject({ response: { importCount: { imported: 1 } } });
  });

  it('reports what was ignored', async () => {
    const { run, store } = await aServer(version);
    const rows = [
      { ...ONE, dataSet: 'NoSuchSet01' },
      { ...ONE, period: '2026W99' },
      { ...ONE, organisationUnit: 'NoSuchUnit1' },
    ];
    const next = await run(create(path, body(ONE, ...rows)));
    expect(store.completeness.list()).toHaveLength(1);
    expect(next.report!['completeness-import']).toEqual({
      created: 1,
      updated: 0,
      rejectedCount: 3,
      rejected: [
        ['2026W99', 'E7611', 'Period not valid'],
        ['NoSuchSet01', 'NOT_REGISTERED', 'Data set not found or not accessible'],
        ['NoSuchUnit1', 'NOT_REGISTERED', 'Organisation unit not found or not accessible'],
      ].map(([id, code, message]) => ({
        kind: 'complete data set registration',
        ...{ id, code, message },
      })),
    });
  });

  it('fails if nothing was registered', async () => {
    const { fails } = await aServer(version);
    const error = await fails(create(path, body({ ...ONE, dataSet: 'NoSuchSet01' })));
    expect(error).toMatchObject({ code: 'IMPORT_REFUSED' });
    expect(error.message).toContain('Data set not found or not accessible NoSuchSet01');
  });
});

describe('input periods', () => {
  const seed = () => aSeed({ dataInputPeriods: [{ period: { id: '2026W33' } }] });

  it.each(['2.43.0', '2.43.1'])('are refused by DHIS2 %s, with a hint', async version => {
    const { fails } = await aServer(version, { seed: seed() });
    const error = await fails(create('dataValueSets', set(CELL)));
    expect(error.message).toMatch(/E8030.*a fault of DHIS2 2\.43\.\d.*Update DHIS2/s);
  });

  it.each(['2.42', '2.43.2', '2.44'])('are checked correctly by DHIS2 %s', async version => {
    const { run, stored, fails } = await aServer(version, { seed: seed() });
    await run(create('dataValueSets', set(CELL)));
    expect(stored()).toEqual(['2026W33=3']);
    const closed = await fails(create('dataValueSets', set({ ...CELL, period: '2026W32' })));
    expect(closed.message).not.toContain('fault of DHIS2');
  });
});
