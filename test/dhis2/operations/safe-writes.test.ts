import { afterEach, describe, expect, it } from 'vitest';
import { create, http, tracker, update, upsert } from '#dhis2/Adaptor.js';
import { demoMetadata, type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { addTrackerProgram } from '#sandbox/tracker-program/index.js';
import { aUnit } from '../../support/places.js';

const ROOT = 'CountryOu01';
const DISTRICT = 'District001';
let server: RunningDhis2;
afterEach(() => server?.close());

async function start(version = '2.42') {
  const district = aUnit(DISTRICT, 'District', ROOT, { code: 'D1' });
  server = await startDhis2({ seed: demoMetadata([aUnit(ROOT, 'Country'), district]), version });
  const configuration = { hostUrl: server.url, username: 'admin', password: 'district' };
  return (operation: ReturnType<typeof create>) => operation({ configuration });
}

const unit = (id: string) => server.store.metadata.get('organisationUnits', id);
const NEW = aUnit('District002', 'Another', ROOT);

describe('a dry run of a metadata import', () => {
  it.each(['2.42', '2.43'])('stores nothing, and reports what it would do (%s)', async version => {
    const run = await start(version);
    const { data } = await run(create('metadata', { organisationUnits: [NEW] }, { dryRun: true }));
    expect(data).toMatchObject({ response: { stats: { created: 1, total: 1 } } });
    await run(http.post('metadata?dryRun=true', { organisationUnits: [NEW] }));
    expect(unit(NEW.id)).toBeUndefined();
    await run(create('metadata', { organisationUnits: [NEW] }, { dryRun: false }));
    expect(unit(NEW.id)).toBeDefined();
  });

  it('is refused with another import mode, and if the server has no dry run', async () => {
    const run = await start();
    const both = { dryRun: true, importMode: 'COMMIT' };
    await expect(run(create('metadata', {}, both))).rejects.toMatchObject({ code: 'BAD_OPTION' });
    for (const operation of [
      create('organisationUnits', NEW, { dryRun: true }),
      create('organisationUnits?dryRun=true', NEW),
      update('organisationUnits', DISTRICT, NEW, { query: { dryRun: 'true' } }),
    ]) {
      await expect(run(operation)).rejects.toMatchObject({
        code: 'BAD_OPTION',
        fix: expect.stringContaining("create('metadata', { organisationUnits"),
      });
    }
    expect(server.requests.count()).toBe(0);
  });
});

describe('a dry run of a tracker import', () => {
  const PERSON = { trackedEntityType: 'MCPQUTHX1Ze', orgUnit: DISTRICT };
  const people = () => server.store.toJSON().trackedEntities ?? [];

  it.each(['2.40', '2.42', '2.43'])('stores nothing (%s)', async version => {
    const units = [aUnit(ROOT, 'Country'), aUnit(DISTRICT, 'District', ROOT)];
    const seed = addTrackerProgram(demoMetadata(units), { today: '2026-03-01', people: 0 });
    server = await startDhis2({ seed, version });
    const configuration = { hostUrl: server.url, username: 'admin', password: 'district' };
    for (const operation of [
      create('trackedEntities', PERSON, { dryRun: true }),
      upsert('trackedEntities', {}, PERSON, { query: { dryRun: 'true' } }),
      tracker.import('CREATE', { trackedEntities: [PERSON] }, { dryRun: true }),
      http.post('tracker?dryRun=true&async=false', { trackedEntities: [PERSON] }),
    ]) {
      const { report } = await operation({ configuration });
      expect(report).toBeUndefined();
      expect(people()).toEqual([]);
    }
    await create('trackedEntities', PERSON, { dryRun: false })({ configuration });
    expect(people()).toHaveLength(1);
  });
});

it('a dry run with a wrong name or value is refused in every operation', async () => {
  const run = await start();
  for (const query of [{ dryrun: true }, { dryRun: 1 }, { dryRun: 'TRUE' }, { DryRun: 'true' }]) {
    for (const operation of [
      create('metadata', { organisationUnits: [NEW] }, query),
      create('organisationUnits', NEW, query),
      create('dataValueSets', { dataValues: [] }, query),
      create('trackedEntities', {}, query),
      http.post('organisationUnits', NEW, { query }),
      http.patch('organisationUnits', DISTRICT, [], { query }),
    ]) {
      await expect(run(operation)).rejects.toMatchObject({ code: 'BAD_OPTION' });
    }
  }
  expect(server.requests.count()).toBe(0);
});

describe('a replacement of an org unit', () => {
  const { parent: _, ...others } = aUnit(DISTRICT, 'Renamed');

  it('without its parent is refused: it would become a root', async () => {
    const run = await start();
    for (const operation of [
      update('organisationUnits', DISTRICT, others),
      upsert('organisationUnits', { filter: 'code:eq:D1' }, others),
      update('organisationUnits', DISTRICT, { ...others, parent: undefined }),
      update('organisationUnits', DISTRICT, { ...others, parent: {} }),
      update('organisationUnits', DISTRICT, { ...others, parent: { id: '' } }),
      update('organisationUnits', DISTRICT, { ...others, parent: { id: undefined } }),
      http.request('PUT', `organisationUnits/${DISTRICT}`, { data: JSON.stringify(others) }),
      create('metadata', { organisationUnits: [NEW, others] }),
      http.post('metadata?importStrategy=UPDATE', { organisationUnits: [others] }),
    ]) {
      await expect(run(operation)).rejects.toMatchObject({
        code: 'PARENT_MISSING',
        kind: 'configuration',
        fix: expect.stringContaining('http.patch'),
      });
    }
    expect(unit(DISTRICT)).toMatchObject({ name: 'District', parent: { id: ROOT } });
    expect(unit(NEW.id)).toBeUndefined();
  });

  it('is not checked in a metadata import that creates org units or only validates', async () => {
    const run = await start();
    const top = aUnit('AnotherRoot', 'Another country');
    await run(create('metadata', { organisationUnits: [top, aUnit(ROOT, 'Republic')] }));
    expect(unit(ROOT)).toMatchObject({ name: 'Republic' });
    expect(unit(top.id)).toBeDefined();
    await run(create('metadata', { organisationUnits: [others] }, { dryRun: true }));
    expect(unit(DISTRICT)).toMatchObject({ name: 'District' });
  });

  it('that does not exist is reported as such, not as a wrong address', async () => {
    const run = await start();
    const missing = update('organisationUnits', 'NoSuchUnit1', { ...others, parent: { id: ROOT } });
    await expect(run(missing)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      fix: expect.stringContaining('Check the id'),
    });
  });

  it('is accepted with a parent, with parent null, and at the root', async () => {
    const run = await start();
    await run(update('organisationUnits', DISTRICT, { ...others, parent: { id: ROOT } }));
    expect(unit(DISTRICT)).toMatchObject({ name: 'Renamed', parent: { id: ROOT } });
    await run(update('organisationUnits', ROOT, aUnit(ROOT, 'Republic')));
    expect(unit(ROOT)).toMatchObject({ name: 'Republic' });
    await run(update('organisationUnits', DISTRICT, { ...others, parent: null }));
    expect(unit(DISTRICT)!.parent).toBeUndefined();
  });
});
