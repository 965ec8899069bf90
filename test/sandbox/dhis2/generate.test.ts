import { describe, expect, it } from 'vitest';
import { anImporter, aPerson, importSeed } from './support/tracker-import.js';
import { WHO } from './support/tracker-seed.js';

const path = (route: string) => `/api/trackedEntityAttributes/${WHO.systemId}/${route}`;

/** A server with a pattern for its generated attribute. */
async function serve(pattern?: string) {
  const seed = importSeed();
  const attribute = seed.trackedEntityAttributes!.find(({ id }) => id === WHO.systemId)!;
  if (pattern !== undefined) attribute.pattern = pattern;
  const server = await anImporter('2.42', seed);
  return {
    ...server,
    generate: async (query = '') => {
      const { body } = await server.get(`${path('generate')}${query}`);
      return body.value as string;
    },
  };
}

describe('a generated attribute', () => {
  it('has a value that no tracked entity has, reserved for three days', async () => {
    const { get } = await serve();
    // The first value belongs to the person in the fixture.
    expect((await get(path('generate'))).body).toEqual({
      ownerObject: 'TRACKEDENTITYATTRIBUTE',
      ownerUid: WHO.systemId,
      key: 'COVID19_SEQUENTIAL(#######)',
      value: 'COVID19_0000002',
      created: '2026-08-19T11:00:00.000',
      expiryDate: '2026-08-22T11:00:00.000',
    });
  });

  it('never returns a value twice, used or not', async () => {
    const { generate, save } = await serve();
    const attributes = [{ attribute: WHO.systemId, value: 'COVID19_0000003' }];
    await save({ trackedEntities: [aPerson({ attributes })] });
    expect([await generate(), await generate()]).toEqual(['COVID19_0000002', 'COVID19_0000004']);
  });

  it('reserves many values for an offline client for sixty days', async () => {
    const { get } = await serve();
    const { body } = await get(path('generateAndReserve?numberToReserve=3'));
    expect(body.map(({ value }: { value: string }) => value)).toEqual([
      'COVID19_0000002',
      'COVID19_0000003',
      'COVID19_0000004',
    ]);
    expect(body[0].expiryDate).toBe('2026-10-18T11:00:00.000');
    const { body: one } = await get(path('generateAndReserve?expiration=1'));
    expect(one).toMatchObject([{ expiryDate: '2026-08-20T11:00:00.000' }]);
  });

  it.each([
    ['"A+\\"" + RANDOM(#Xx*-)', /^A\+"\d[A-Z][a-z][A-Za-z0-9]-$/],
    ['CURRENT_DATE(yyyy-MM-dd) + "/" + SEQUENTIAL(##)', /^2026-08-19\/01$/],
    ['CURRENT_DATE(yyMM)+RANDOM(##)', /^2608\d\d$/],
    ['ORG_UNIT_CODE(...) + SEQUENTIAL(#)', /^OU_1$/],
    ['SEQUENTIAL(#) + ORG_UNIT_CODE()', /^1OU_525$/],
  ])('follows the pattern %s', async (pattern, expected) => {
    const { generate } = await serve(pattern);
    expect(await generate('?ORG_UNIT_CODE=OU_525')).toMatch(expected);
  });

  it.each(['SEQUENTIAL(#)', 'RANDOM(#)'])('has no values left for %s', async pattern => {
    const { get } = await serve(pattern);
    const all = await get(path('generateAndReserve?numberToReserve=9'));
    expect(new Set(all.body.map(({ value }: { value: string }) => value)).size).toBe(9);
    const more = await get(path('generateAndReserve?numberToReserve=2'));
    expect(more.status).toBe(409);
    expect(more.body.message).toMatch(/too few available ids left/);
  });

  it('counts separately for each day and each org unit', async () => {
    const { generate } = await serve('ORG_UNIT_CODE(..) + SEQUENTIAL(##)');
    const values = [];
    for (const code of ['AA', 'AA', 'BB']) values.push(await generate(`?ORG_UNIT_CODE=${code}`));
    expect(values).toEqual(['AA01', 'AA02', 'BB01']);
  });

  it.each([
    ['0 values', path('generateAndReserve?numberToReserve=0'), 400],
    ['half a value', path('generateAndReserve?numberToReserve=1.5'), 400],
    ['1001 values', path('generateAndReserve?numberToReserve=1001'), 400],
    ['no attribute', '/api/trackedEntityAttributes/Nowhere/generate', 404],
    // Recording 337.
    ['an attribute that is not generated', `/api/trackedEntityAttributes/${WHO.age}/generate`, 400],
    ['a parameter that it does not know', path('generate?count=2'), 400],
  ])('refuses %s', async (_, route, expected) => {
    const { get } = await serve();
    expect((await get(route)).status).toBe(expected);
  });

  it.each([
    ['a missing org unit code', 'ORG_UNIT_CODE(..) + SEQUENTIAL(#)', 409],
    ['a pattern without a generated segment', '"A"', 409],
    ['a method that it does not know', 'USER() + SEQUENTIAL(#)', 400],
    ['a date format that it does not know', 'CURRENT_DATE(ww) + SEQUENTIAL(#)', 400],
  ])('refuses %s', async (_, pattern, expected) => {
    const { get } = await serve(pattern);
    expect((await get(path('generate'))).status).toBe(expected);
  });
});

it('returns UIDs, up to ten thousand', async () => {
  const { get } = await serve();
  const one = await get('/api/system/id');
  expect(one.body).toEqual({ codes: [expect.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{10}$/)] });
  const { body } = await get('/api/system/id?limit=12345');
  expect(new Set(body.codes).size).toBe(10_000);
});
