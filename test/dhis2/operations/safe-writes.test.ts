import { afterEach, describe, expect, it } from 'vitest';
import { create, http, update, upsert } from '../../../adaptors/packages/dhis2/src/Adaptor.js';
import { demoMetadata, type RunningDhis2, startDhis2 } from '../../../sandbox/src/dhis2/index.js';
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

describe('a rehearsal of a metadata import', () => {
  it.each(['2.42', '2.43'])('stores nothing, and tells what it would do (%s)', async version => {
    const run = await start(version);
    const { data } = await run(create('metadata', { organisationUnits: [NEW] }, { dryRun: true }));
    expect(data).toMatchObject({ response: { stats: { created: 1, total: 1 } } });
    await run(http.post('metadata?dryRun=true', { organisationUnits: [NEW] }));
    expect(unit(NEW.id)).toBeUndefined();
    await run(create('metadata', { organisationUnits: [NEW] }, { dryRun: false }));
    expect(unit(NEW.id)).toBeDefined();
  });

  it('is refused where it is told to store as well, or where the server has none', async () => {
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

describe('a replacement of an org unit', () => {
  const { parent: _, ...others } = aUnit(DISTRICT, 'Renamed');

  it('without its parent is refused: it would become a root', async () => {
    const run = await start();
    for (const operation of [
      update('organisationUnits', DISTRICT, others),
      upsert('organisationUnits', { filter: 'code:eq:D1' }, others),
    ]) {
      await expect(run(operation)).rejects.toMatchObject({
        code: 'PARENT_MISSING',
        kind: 'configuration',
        fix: expect.stringContaining('http.patch'),
      });
    }
    expect(unit(DISTRICT)).toMatchObject({ name: 'District', parent: { id: ROOT } });
  });

  it('goes on with a parent, with none on purpose, and at the top', async () => {
    const run = await start();
    await run(update('organisationUnits', DISTRICT, { ...others, parent: { id: ROOT } }));
    expect(unit(DISTRICT)).toMatchObject({ name: 'Renamed', parent: { id: ROOT } });
    await run(update('organisationUnits', ROOT, aUnit(ROOT, 'Republic')));
    expect(unit(ROOT)).toMatchObject({ name: 'Republic' });
    await run(update('organisationUnits', DISTRICT, { ...others, parent: null }));
    expect(unit(DISTRICT)!.parent).toBeUndefined();
  });
});
