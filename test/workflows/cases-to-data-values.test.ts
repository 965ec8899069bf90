import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  ACRE,
  aCase,
  BREN,
  CASE_TYPE,
  COLL,
  COUNTRY,
  NORTH,
  OUTBREAK,
} from '../support/outbreak.js';
import { editProject } from '../support/project.js';
import {
  type Servers,
  type ServerTraits,
  startServers,
  valuesInWords,
} from '../support/workflow.js';

let servers: Servers;
afterEach(() => servers?.close());

async function start(traits: ServerTraits) {
  servers = await startServers(traits);
  return servers;
}

const VERSIONS = ['2.38', '2.40', '2.41', '2.42', '2.43', '2.44'];

describe.each(VERSIONS)('cases become data values in DHIS2 %s', version => {
  it('once, and a second run writes nothing', async () => {
    const { run, dhis2, goData } = await start({
      version,
      people: [
        aCase(),
        aCase(),
        aCase({ sex: 'MALE', years: 3 }),
        aCase({
          classification: 'SUSPECT',
          sex: null,
          years: null,
          location: COLL,
          date: '2026-03-09',
        }),
        aCase({ outcome: 'DECEASED', location: BREN }),
      ],
    });
    const first = await run();
    expect(first.errors).toEqual([]);
    expect(valuesInWords(dhis2)).toEqual({
      'Acre 2026W10 OUTBREAK_CASES_CONFIRMED AGE_25_49+SEX_FEMALE': '2',
      'Acre 2026W10 OUTBREAK_CASES_CONFIRMED AGE_0_4+SEX_MALE': '1',
      'Coll 2026W11 OUTBREAK_CASES_SUSPECTED AGE_UNKNOWN+SEX_UNKNOWN': '1',
      'Bren 2026W10 OUTBREAK_CASES_CONFIRMED AGE_25_49+SEX_FEMALE': '1',
      'Bren 2026W10 OUTBREAK_DEATHS AGE_25_49+SEX_FEMALE': '1',
    });
    expect(first.exitStatus).toBe(0);
    expect(first.report['fetch-cases']).toMatchObject({ read: 5, counted: 5, leftOut: [] });
    expect(first.report['upsert-data-values']).toMatchObject({
      created: 5,
      updated: 0,
      rejectedCount: 0,
    });
    expect(goData.requests.writes()).toBe(0);

    dhis2.requests.reset();
    const second = await run();
    expect(second.report['upsert-data-values']).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 5,
    });
    expect(dhis2.requests.writes()).toBe(0);
    expect(second.exitStatus).toBe(0);
  });

  it('and a change in Go.Data changes exactly its cells, including those that become zero', async () => {
    const { run, dhis2, goData } = await start({
      version,
      people: [
        aCase({ id: 'reclassified' }),
        aCase({ id: 'moved', location: BREN }),
        aCase({ id: 'redated', location: COLL }),
        aCase({ id: 'deleted', years: 70 }),
        aCase({ id: 'untouched', years: 10 }),
      ],
    });
    await run();
    goData.store.people.update('reclassified', {
      classification: 'LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_PROBABLE',
    });
    goData.store.people.update('moved', { usualPlaceOfResidenceLocationId: COLL });
    goData.store.people.update('redated', { dateOfReporting: '2026-02-02T00:00:00.000Z' });
    goData.store.people.delete('deleted');
    const { plan, report } = await run();
    const rows = plan!.rows.map(
      ([place, period, element, combo, old, now]) =>
        `${place} ${period} ${element} ${combo}: ${old} -> ${now}`,
    );
    expect(rows.sort()).toEqual(
      [
        'Acre 2026W10 Cases, confirmed 25-49 years, Female: 1 -> 0',
        'Acre 2026W10 Cases, probable 25-49 years, Female: null -> 1',
        'Bren 2026W10 Cases, confirmed 25-49 years, Female: 1 -> 0',
        // The case that moved here replaces the case that moved to another period: 1 stays 1.
        'Coll 2026W6 Cases, confirmed 25-49 years, Female: null -> 1',
        'Acre 2026W10 Cases, confirmed 65 years and older, Female: 1 -> 0',
      ].sort(),
    );
    expect(report['upsert-data-values']).toMatchObject({
      created: 2,
      updated: 3,
      rejectedCount: 0,
    });
    expect(valuesInWords(dhis2)['Acre 2026W10 OUTBREAK_CASES_CONFIRMED AGE_5_14+SEX_FEMALE']).toBe(
      '1',
    );
    dhis2.requests.reset();
    await run();
    expect(dhis2.requests.writes()).toBe(0);
  });
});

describe('every case read is accounted for', () => {
  it('counted, or left out with its reason and subject', async () => {
    const edited = editProject({
      'aggregate.js': source => source.replace('  dataSet,', '  dataSet,\n  minCoverage: 0,'),
    });
    onTestFinished(edited.remove);
    const { run } = await start({
      project: edited.folder,
      people: [
        aCase(),
        aCase({ date: null }),
        aCase({ date: '2062-01-01' }),
        aCase({ location: null }),
        aCase({ location: 'no-such-location' }),
        aCase({ location: COUNTRY }),
        aCase({ location: NORTH }),
        aCase({ classification: 'EPI_LINKED' }),
        aCase({ classification: 'NOT_A_CASE_DISCARDED' }),
        aCase({ classification: null }),
        { ...aCase(), deleted: true },
      ],
    });
    const { report, exitStatus } = await run();
    expect(report['fetch-cases']).toMatchObject({ read: 10, counted: 8 });
    expect(report['fetch-cases']!.leftOut).toEqual(
      expect.arrayContaining([
        { reason: 'no-date', subject: `${ACRE} (Acre)`, count: 1 },
        { reason: 'future-date', subject: `${ACRE} (Acre)`, count: 1 },
      ]),
    );
    expect(report.aggregate).toMatchObject({ read: 8, counted: 2 });
    expect(report.aggregate!.leftOut).toEqual(
      expect.arrayContaining([
        { reason: 'no-location', subject: '', count: 1 },
        { reason: 'unmapped-location', subject: 'no-such-location', count: 1 },
        { reason: 'unassigned-location', subject: `${COUNTRY} (Country)`, count: 1 },
        { reason: 'unmapped-code', subject: 'classification=EPI_LINKED', count: 1 },
        { reason: 'left-out-by-mapping', subject: 'classification=NOT_A_CASE_DISCARDED', count: 1 },
        { reason: 'unmapped-code', subject: 'classification=UNKNOWN', count: 1 },
      ]),
    );
    expect(exitStatus).toBe(0);
  });

  it('also when a window leaves most of them on the server', async () => {
    const { run, goData } = await start({
      people: [
        aCase({ date: '2026-01-05' }),
        aCase({ date: '2026-03-02' }),
        aCase({ date: '2026-03-01' }),
        aCase({ date: null }),
      ],
    });
    const { report } = await run({ since: '2026-03-04' });
    expect(report['fetch-cases']).toMatchObject({ read: 4, counted: 1 });
    expect(report['fetch-cases']!.leftOut).toEqual([
      { reason: 'outside-window', subject: '2026-03-02..', count: 2 },
      { reason: 'no-date', subject: `${ACRE} (Acre)`, count: 1 },
    ]);
    const pages = goData.requests.entries.filter(
      ({ route }) => route === 'GET /api/outbreaks/{id}/cases',
    );
    expect(pages.every(({ url }) => url.includes('2026-03-02'))).toBe(true);
  });
});

describe('the requests of a run', () => {
  it('ask Go.Data only for the properties that are counted', async () => {
    const { run, goData } = await start({ people: [aCase()] });
    await run();
    const page = goData.requests.entries.find(
      ({ route }) => route === 'GET /api/outbreaks/{id}/cases',
    )!;
    const filter = JSON.parse(new URLSearchParams(page.url.split('?')[1]).get('filter')!);
    expect(filter.fields.sort()).toEqual(
      [
        'id',
        'deleted',
        'dateOfReporting',
        'usualPlaceOfResidenceLocationId',
        'classification',
        'gender',
        'age',
        'dob',
        'outcomeId',
        'dateRanges',
      ].sort(),
    );
    expect(filter).toMatchObject({ order: ['id ASC'], limit: 5000 });
  });

  it('are as few as possible', async () => {
    const cases = Array.from({ length: 2500 }, (_, n) =>
      aCase({
        id: `c${String(n).padStart(5, '0')}`,
        years: n % 80,
        date: `2026-0${1 + (n % 3)}-1${n % 10}`,
      }),
    );
    const { run, goData, dhis2 } = await start({ people: cases });
    const { report } = await run();
    expect(report['fetch-cases']!.counted).toBe(2500);
    expect(goData.requests.count()).toBeLessThanOrEqual(Math.ceil(2500 / 5000) + 5);
    const reads = dhis2.requests.byRoute()['GET /api/dataValueSets'] ?? 0;
    const changed = report['upsert-data-values']!.created!;
    expect(dhis2.requests.count() - reads).toBeLessThanOrEqual(Math.ceil(changed / 1000) + 10);
    const told = Object.values(report).reduce((sum, { requests = 0 }) => sum + requests, 0);
    expect(told).toBe(goData.requests.count() + dhis2.requests.count());
  });

  it('take no personal data out of Go.Data', async () => {
    const { run, dhis2 } = await start({ people: [aCase(), aCase({ location: 'x' })] });
    const outcome = await run();
    expect(JSON.stringify([outcome, dhis2.store.toJSON()])).not.toContain('Secret');
  });

  it('writes nothing in a dry run, and shows the same plan', async () => {
    const { run, dhis2, goData } = await start({ people: [aCase(), aCase({ sex: 'MALE' })] });
    const dry = await run({ dryRun: true });
    expect(dhis2.requests.writes() + goData.requests.writes()).toBe(0);
    expect(dhis2.store.dataValues.list()).toEqual([]);
    const wet = await run();
    expect(dry.plan).toEqual(wet.plan);
    expect(wet.plan!.total).toBe(2);
  });
});

describe('values that others entered', () => {
  it('stay when nothing is counted there, and a comment on a value is kept', async () => {
    const { run, dhis2 } = await start({ people: [aCase({ id: 'one' })] });
    await run();
    const [ours] = dhis2.store.dataValues.list();
    const foreign = {
      ...ours!,
      orgUnit: COLL,
      value: '7',
      comment: 'telephoned',
      storedBy: 'district',
    };
    dhis2.store.dataValues.set(foreign);
    const untouched = await run();
    expect(untouched.report['upsert-data-values']).toMatchObject({ updated: 0, unchanged: 1 });
    expect(untouched.report['upsert-data-values']!.warnings![0]).toMatch(
      /1 values have no count but were written by others/,
    );

    servers.goData.store.people.create(OUTBREAK, CASE_TYPE, aCase({ id: 'two', location: COLL }));
    await run();
    const written = dhis2.store.dataValues.list().find(({ orgUnit }) => orgUnit === COLL);
    expect(written).toMatchObject({ value: '1', comment: expect.stringMatching(/^telephoned \(/) });
  });

  it('of another outbreak in the same cell are not overwritten but rejected', async () => {
    const { run, dhis2 } = await start({ people: [aCase()] });
    await run();
    const [ours] = dhis2.store.dataValues.list();
    dhis2.store.dataValues.set({ ...ours!, value: '9', comment: 'Go.Data outbreak another-one' });
    const { exitStatus, report } = await run();
    expect(exitStatus).toBe(3);
    expect(report['upsert-data-values']!.rejected).toEqual([
      expect.objectContaining({
        kind: 'data value',
        code: 'CELL_OF_ANOTHER_OUTBREAK',
        id: expect.stringContaining(`${ACRE}/2026W10/`),
      }),
    ]);
    expect(dhis2.store.dataValues.list()[0]!.value).toBe('9');
  });
});
