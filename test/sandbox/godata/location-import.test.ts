import { afterEach, describe, expect, it } from 'vitest';
import type { GoDataRecord, JsonObject } from '#sandbox/godata/index.js';
import { begin, type Reply, type TestGoData, upload } from './client.js';

let godata: TestGoData;
afterEach(() => godata.close());

const STORED: GoDataRecord[] = [
  { id: 'L', name: 'Land', parentLocationId: null, updatedAt: '2026-01-01' },
  { id: 'N', name: 'North', parentLocationId: 'L', updatedAt: '2026-01-01', synonyms: ['Up'] },
  { id: 'GONE', name: 'Gone', parentLocationId: 'L', updatedAt: '2026-01-01', deleted: true },
];

const start = async (version = '2.50') => {
  godata = await begin({ locations: structuredClone(STORED) }, { version });
};
const node = (location: JsonObject, ...children: unknown[]) => ({ location, children });
const send = (...nodes: unknown[]) => upload(godata, '/locations/import', JSON.stringify(nodes));
const stored = (id: string) => godata.store.locations.rows.get(id);

/** `'1' SAME_ID`, one for each failure. */
function failures({ body }: Reply): string[] {
  const { failed } = (body.error as JsonObject).details as { failed: JsonObject[] };
  return failed.map(({ recordNo, message }) =>
    `${recordNo} ${message}`.replace('LNG_PAGE_IMPORT_DATA_ERROR_', ''),
  );
}

describe('the check of a whole file, since 2.49,', () => {
  it.each<[string, unknown[], string[]]>([
    [
      'an id twice, wherever in the tree',
      [node({ id: 'a', name: 'A' }, node({ id: 'b', name: 'B' })), node({ id: 'b', name: 'C' })],
      ["'1 - 1' & '2' SAME_ID"],
    ],
    [
      'a parent that is not the one in the tree',
      [node({ id: 'a', name: 'A' }, node({ id: 'b', name: 'B', parentLocationId: 'L' }))],
      ["'1 - 1' WRONG_PARENT"],
    ],
    [
      'a missing name',
      [node({ id: 'a' }), node({ id: 'b', name: 7 })],
      ["'1' INVALID_NAME", "'2' INVALID_NAME"],
    ],
    ['synonyms that are no list', [node({ name: 'A', synonyms: 'B' })], ["'1' INVALID_SYNONYMS"]],
    [
      'siblings of one name, at any depth',
      [node({ name: 'A' }, node({ name: 'x' }), node({ name: 'y' }), node({ name: 'X' }))],
      ["'1 - 1' & '1 - 3' DUPLICATE_FILE_NAME"],
    ],
    [
      'siblings of one synonym',
      [node({ name: 'A', synonyms: ['s'] }), node({ name: 'B', synonyms: ['S'] })],
      ["'1' & '2' DUPLICATE_FILE_SYNONYMS"],
    ],
    [
      'the name of a stored sibling, but not its own',
      [node({ id: 'L', name: 'Land' }, node({ id: 'x', name: 'NORTH' }))],
      ["'1 - 1' DUPLICATE_DB_NAME"],
    ],
    [
      'the synonym of a stored sibling',
      [node({ id: 'x', name: 'Other', synonyms: ['up'], parentLocationId: 'L' })],
      ["'1' DUPLICATE_DB_SYNONYMS"],
    ],
    [
      'an unknown parent',
      [node({ id: 'a', name: 'A', parentLocationId: 'nowhere' })],
      ["'1' PARENT_MISSING"],
    ],
    [
      'a loop in the file',
      [
        node({ id: 'a', name: 'A', parentLocationId: 'b' }),
        node({ id: 'b', name: 'B', parentLocationId: 'a' }),
      ],
      ["'1' PARENT_LOOP", "'2' PARENT_LOOP"],
    ],
    [
      'a loop through what is stored',
      [node({ id: 'L', name: 'Land', parentLocationId: 'N' })],
      ["'1' PARENT_LOOP"],
    ],
  ])('refuses %s and writes nothing', async (_name, nodes, expected) => {
    await start();
    const before = godata.store.locations.all();
    const reply = await send(...nodes);
    expect([reply.status, reply.code]).toEqual([422, 'IMPORT_PARTIAL_SUCCESS_WITH_DETAILS']);
    expect(failures(reply)).toEqual(expected);
    expect(godata.store.locations.all()).toEqual(before);
  });

  it('reports every failure in the file once, with the data of the file', async () => {
    await start();
    const twins = ['x', 'y', 'X'].map(name => node({ id: `id-${name}`, name }));
    const reply = await send(...twins, node({ id: 'bad' }));
    expect(failures(reply)).toEqual(["'1' & '3' DUPLICATE_FILE_NAME", "'4' INVALID_NAME"]);
    const { failed } = (reply.body.error as JsonObject).details as { failed: JsonObject[] };
    expect(failed[1]).toMatchObject({
      error: { code: 'PRE_VALIDATION' },
      data: { file: { id: 'bad' } },
    });
  });

  it('accepts a tree twice, below a stored parent, and the same name under other parents', async () => {
    await start();
    const tree = node(
      { id: 'a', name: 'North', parentLocationId: 'N' },
      node({ id: 'b', name: 'North', parentLocationId: null }),
    );
    for (const _round of [1, 2]) {
      const { status, body } = await send(tree);
      expect([status, body.map(one => one.parentLocationId)]).toEqual([200, ['N', 'a']]);
    }
  });

  it('accepts a deleted parent, and a name that is a synonym of a sibling', async () => {
    await start();
    const { status } = await send(
      node({ id: 'a', name: 'A', parentLocationId: 'GONE' }),
      node({ id: 'b', name: 'Up', parentLocationId: 'L' }),
    );
    expect(status).toBe(200);
  });
});

describe('an import before 2.49', () => {
  it('keeps the locations before a refused record', async () => {
    await start('2.48');
    const reply = await send(
      node({ id: 'a', name: 'A' }),
      node({ id: 'b', name: 'a' }),
      node({ id: 'c', name: 'C' }),
    );
    expect(reply.code).toBe('MODEL_IDENTIFIERS_ARE_NOT_UNIQUE_IN_CONTEXT');
    expect(['a', 'b', 'c'].map(id => stored(id)?.name)).toEqual(['A', undefined, undefined]);
  });

  it.each([null, 'L'])('prefers the parent %s in the file to the tree', async parent => {
    await start('2.48');
    await send(
      node({ id: 'a', name: 'A' }, node({ id: 'b', name: 'B', parentLocationId: parent })),
    );
    expect(stored('b')?.parentLocationId).toBe(parent);
  });

  it('accepts an unknown parent', async () => {
    await start('2.48');
    expect((await send(node({ name: 'A', parentLocationId: 'nowhere' }))).status).toBe(200);
  });
});

describe.each(['2.48', '2.50'])('an import of %s', version => {
  it('changes older locations, and does not change others', async () => {
    await start(version);
    const older = { id: 'N', name: 'Old', parentLocationId: 'L', updatedAt: '2025-12-31' };
    expect((await send(node(older))).body[0]?.name).toBe('North');
    expect((await send(node({ ...older, updatedAt: '2026-01-02' }))).body[0]).toMatchObject({
      name: 'Old',
      updatedAt: '2026-01-02T00:00:00.000Z',
      synonyms: ['Up'],
    });
  });

  it('does not move a stored location if the file gives it no parent', async () => {
    await start(version);
    expect((await send(node({ id: 'N', name: 'North' }))).body[0]?.parentLocationId).toBe('L');
    const toRoot = { id: 'N', name: 'North', parentLocationId: null };
    expect((await send(node(toRoot))).body[0]?.parentLocationId).toBeNull();
  });

  it('does not restore a deleted location, unless the file says so', async () => {
    await start(version);
    const gone = { id: 'GONE', name: 'Gone, still', parentLocationId: 'L' };
    expect((await send(node(gone))).body[0]).toMatchObject({ deleted: true, name: 'Gone, still' });
    expect((await godata.call('GET', '/locations/GONE')).code).toBe('MODEL_NOT_FOUND');
    await send(node({ ...gone, deleted: false }));
    expect((await godata.call('GET', '/locations/GONE')).status).toBe(200);
    await send(node({ ...gone, deleted: true }));
    expect((await godata.call('GET', '/locations/GONE')).code).toBe('MODEL_NOT_FOUND');
  });

  it('does not deactivate a location with active children', async () => {
    await start(version);
    expect((await send(node({ id: 'L', name: 'Land', active: false }))).code).toBe(
      'DEACTIVATE_PARENT_MODEL',
    );
  });

  it('reports coordinates that are not on earth', async () => {
    await start(version);
    const reply = await send(node({ name: 'A', geoLocation: { lat: 91, lng: 0 } }));
    expect([reply.status, reply.code]).toEqual([422, 'INVALID_ADDRESS_LATITUDE_LONGITUDE']);
  });

  it.each([
    ['[null]', "Cannot read properties of null (reading 'location')"],
    ['[{"children":[]}]', "Cannot read properties of undefined (reading 'id')"],
  ])('refuses %s as content', async (text, details) => {
    await start(version);
    const reply = await upload(godata, '/locations/import', text);
    expect([reply.status, reply.code]).toEqual([422, 'INVALID_CONTENT_OF_TYPE']);
    expect(reply.body.error).toMatchObject({ details: { details } });
  });

  it('answers an empty file with an empty list', async () => {
    await start(version);
    const { status, body } = await send();
    expect([status, body]).toEqual([200, []]);
  });
});

describe('the upload', () => {
  const FILE = JSON.stringify([node({ id: 'a', name: 'Süd – 南' })]);
  const raw = (type: string, body: string) =>
    godata.call('POST', '/locations/import', body, { 'content-type': type });

  it.each([
    ['a quoted boundary', '"b c"', 'b c', 'form-data; name="file"; filename="l.json"'],
    ['an unquoted name', 'bc', 'bc', 'form-data; filename=l.json; name=file'],
    ['an empty filename', 'bc', 'bc', 'form-data; name="file"; filename=""'],
  ])('is accepted with %s', async (_name, parameter, boundary, disposition) => {
    await start();
    const { status } = await raw(
      `multipart/form-data; boundary=${parameter}`,
      `preamble\r\n--${boundary}\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n` +
        `--${boundary}\r\nContent-Type: application/json\r\nContent-Disposition: ${disposition}\r\n\r\n` +
        `${FILE}\r\n--${boundary}--\r\nepilogue`,
    );
    expect([status, stored('a')?.name]).toEqual([200, 'Süd – 南']);
  });

  it('has no file in a part without a filename, for the real parser, or in JSON', async () => {
    await start();
    const form = new FormData();
    form.set('file', FILE);
    expect((await upload(godata, '/locations/import', form)).code).toBe(
      'MISSING_REQUIRED_PROPERTY',
    );
    expect((await raw('application/json', FILE)).code).toBe('MISSING_REQUIRED_PROPERTY');
  });

  it('may have 30 MB', async () => {
    await start();
    const description = 'é'.repeat(1500);
    const nodes = Array.from({ length: 10_000 }, (_, index) =>
      node({
        id: `big-${index}`,
        name: `Place ${index}`,
        identifiers: [{ code: 'x', description }],
      }),
    );
    const { status, body } = await send(...nodes);
    expect([status, body.length]).toEqual([200, 10_000]);
    expect(stored('big-9999')?.identifiers).toEqual([{ code: 'x', description }]);
  });

  it('requires the permission to import', async () => {
    await start();
    const [user] = godata.store.users.list();
    godata.store.users.update(user?.id ?? '', { permissions: ['location_create'] });
    const reply = await send(node({ name: 'A' }));
    expect(reply.body.error).toMatchObject({
      statusCode: 403,
      details: { permissions: 'location_import' },
    });
  });
});
