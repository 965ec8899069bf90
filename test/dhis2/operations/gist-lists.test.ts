import { afterEach, describe, expect, it } from 'vitest';
import { get, http, upsert } from '#dhis2/Adaptor.js';
import { demoMetadata, type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { aUnit } from '../../support/places.js';

const ROOT = 'CountryOu01';
let server: RunningDhis2;
afterEach(() => server?.close());

/** A country with districts, and an operation that runs against it. */
async function start(version: string, count = 3) {
  const districts = Array.from({ length: count }, (_, n) =>
    aUnit(`District${String(n).padStart(3, '0')}`, `District ${n}`, ROOT),
  );
  server = await startDhis2({
    seed: demoMetadata([aUnit(ROOT, 'Country', undefined, { code: 'ROOT' }), ...districts]),
    version,
  });
  const configuration = { hostUrl: server.url, username: 'admin', password: 'district' };
  return (operation: ReturnType<typeof get>) => operation({ configuration });
}

const idsOf = (data: unknown) =>
  (data as { organisationUnits: { id: string }[] }).organisationUnits.map(({ id }) => id);

it('upsert with an empty query replaces nothing', async () => {
  const run = await start('2.42', 0);
  const unit = aUnit('District001', 'District', ROOT);
  await expect(run(upsert('organisationUnits', {}, unit))).rejects.toMatchObject({
    code: 'BAD_OPTION',
    message: expect.stringContaining('query'),
  });
  expect(server.store.metadata.get('organisationUnits', ROOT)!.name).toBe('Country');
});

describe('a list of 2.44, whose pages omit objects without a reference', () => {
  it.each([
    ['2.40', 3],
    ['2.43', 3],
    ['2.44', 3],
    ['2.44', 1200],
  ])(
    'is read completely by get of all pages (%s, %i units below the root)',
    async (version, count) => {
      const run = await start(version, count);
      const { data } = await run(
        get('organisationUnits', { fields: 'id,parent[id]', pageSize: 2000 }, { allPages: true }),
      );
      expect(idsOf(data)).toHaveLength(count + 1);
      expect(idsOf(data)).toContain(ROOT);
      expect(Object.keys(data as object)).toEqual(['organisationUnits']);
    },
  );

  it('is an error if a page has fewer objects than the pager counts', async () => {
    const run = await start('2.44');
    const fields = { fields: 'id,parent[id]' };
    for (const read of [
      get('organisationUnits', fields),
      http.get('organisationUnits', { query: fields }),
    ]) {
      await expect(run(read)).rejects.toMatchObject({
        code: 'READ_INCOMPLETE',
        fix: expect.stringContaining('gist: false'),
      });
    }
    expect(idsOf((await run(get('organisationUnits', { ...fields, gist: false }))).data)).toContain(
      ROOT,
    );
    const plain = await run(get('organisationUnits', { fields: 'id,parent' }));
    expect(idsOf(plain.data)).toContain(ROOT);
  });

  it('is an error if a job requests all such pages', async () => {
    const run = await start('2.44');
    const query = { fields: 'id,parent[id]', gist: true };
    await expect(run(get('organisationUnits', query, { allPages: true }))).rejects.toMatchObject({
      code: 'READ_INCOMPLETE',
    });
  });

  it.each(['text', 'base64'] as const)('is not returned as %s for all pages', async parseAs => {
    const run = await start('2.42');
    await expect(
      run(get('organisationUnits', {}, { allPages: true, parseAs })),
    ).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  it('does not make upsert create an existing object', async () => {
    const run = await start('2.44');
    const unit = { ...aUnit(ROOT, 'Renamed'), code: 'ROOT' };
    await run(
      upsert('organisationUnits', { filter: 'code:eq:ROOT', fields: 'id,parent[id]' }, unit),
    );
    expect(server.store.metadata.get('organisationUnits', ROOT)!.name).toBe('Renamed');
    expect(server.store.metadata.list('organisationUnits')).toHaveLength(4);
  });
});
