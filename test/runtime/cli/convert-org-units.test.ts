import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GoDataClient } from '#godata/client/client.js';
import type { Location, LocationNode } from '#godata/client/requests/locations.js';
import { startGoData } from '#sandbox/godata/index.js';
import { runCommand } from '../../support/command.js';
import { HAS_REAL_FILES, polygonsOf, REAL_FILES, readUnitFile } from '../../support/places.js';
import { isIn } from '../../support/polygons.js';
import { editProject } from '../../support/project.js';

const ACCOUNT = { email: 'integration@example.org', password: 'Integration-1!' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-convert-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unit = (id: string, level: number, parent?: string, more: object = {}) => ({
  id,
  name: `Place ${id}`,
  code: `C-${id}`,
  level,
  ...(parent === undefined ? {} : { parent: { id: parent } }),
  ...more,
});

const TREE = [unit('A', 1), unit('B', 2, 'A'), unit('C', 3, 'B'), unit('D', 3, 'B')];

/** Converts a file of these org units, or of this text, to a file. */
async function convert(content: unknown, ...args: string[]) {
  const [input, output] = ['in.json', 'out.json'].map(name => path.join(folder, name)) as [
    string,
    string,
  ];
  rmSync(output, { force: true });
  const text =
    typeof content === 'string' ? content : JSON.stringify({ organisationUnits: content });
  writeFileSync(input, text);
  const result = await runCommand(['convert-org-units', input, output, ...args]);
  return { ...result, read: () => readNodes(output) };
}

const readNodes = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as LocationNode[];

/** Every location of a file, each with the id of the node that contains it. */
function flatten(nodes: LocationNode[], above: string | null = null): [Location, string | null][] {
  return nodes.flatMap(({ location, children }) => [
    [location as Location, above] as [Location, string | null],
    ...flatten(children, location.id),
  ]);
}

const inWords = (nodes: LocationNode[]) =>
  flatten(nodes).map(([{ id, geographicalLevelId }, above]) =>
    [above ?? '-', id, geographicalLevelId!.at(-1)].join(' '),
  );

/**
 * Imports a file into an empty Go.Data at once, as a user does, and returns the imported locations.
 */
async function importInto(version: string, nodes: LocationNode[]) {
  const goData = await startGoData({ version, seed: { users: [{ id: 'u', ...ACCOUNT }] } });
  try {
    const client = new GoDataClient({ apiUrl: `${goData.url}/api`, ...ACCOUNT });
    const { status, body } = await client.importLocations(nodes);
    expect(status, JSON.stringify(body).slice(0, 500)).toBe(200);
    return new Map(goData.store.locations.list().map(one => [one.id, one as unknown as Location]));
  } finally {
    await goData.close();
  }
}

describe.skipIf(!HAS_REAL_FILES)('a file of a whole country (needs ../shared/data)', () => {
  it.each(REAL_FILES)(
    '$country: all $count org units become the locations of one import',
    async ({ file, count, box }) => {
      const output = path.join(folder, 'country.json');
      const { status, stderr, stdout } = await runCommand(['convert-org-units', file, output]);
      expect(status).toBe(0);
      expect(stdout).toBe('');
      const words = count.toLocaleString('en');
      expect(stderr).toContain(`${words} org units read, ${words} converted.`);
      expect(stderr).toContain(`Written: ${output}`);
      const nodes = readNodes(output);
      expect(flatten(nodes)).toHaveLength(count);
      const units = readUnitFile(file);
      const ids = new Set(units.map(({ id }) => id));
      const [south, north, west, east] = box as [number, number, number, number];
      for (const version of ['2.50.3', '2.48']) {
        const there = await importInto(version, nodes);
        expect(there.size).toBe(count);
        for (const one of units) {
          const { parentLocationId, geoLocation, identifiers, active } = there.get(one.id)!;
          expect(parentLocationId).toBe(ids.has(one.parent!.id) ? one.parent!.id : null);
          expect(active).toBe(true);
          expect(identifiers!.map(({ code }) => code)).toEqual(
            one.code ? [one.code, one.id] : [one.id],
          );
          expect(geoLocation != null, one.id).toBe(one.coordinates !== undefined);
          if (!geoLocation) continue;
          const { lat, lng } = geoLocation;
          expect(lat > south && lat < north && lng > west && lng < east, one.id).toBe(true);
          const polygons = polygonsOf(one);
          expect(polygons.length === 0 || polygons.some(it => isIn(it, geoLocation))).toBe(true);
        }
      }
    },
  );
});

describe('godata-dhis2 convert-org-units', () => {
  it('writes what the mapping job creates from each org unit', async () => {
    const { status, stderr, read } = await convert([
      unit('A', 1, undefined, {
        shortName: 'A.',
        geometry: { type: 'Point', coordinates: [-6, 33] },
      }),
      unit('B', 2, 'A', { closedDate: '2001-01-01T00:00:00.000' }),
    ]);
    expect(stderr).toMatch(/^2 org units read, 2 converted\.\nWritten: .*out\.json\n$/);
    expect(status).toBe(0);
    const level = 'LNG_REFERENCE_DATA_CATEGORY_LOCATION_GEOGRAPHICAL_LEVEL_ADMIN_LEVEL_';
    const identifiers = (id: string) => [
      { code: `C-${id}`, description: 'DHIS2 code' },
      { code: id, description: 'DHIS2 id' },
    ];
    expect(read()).toEqual([
      {
        location: {
          id: 'A',
          name: 'Place A',
          synonyms: ['A.'],
          identifiers: identifiers('A'),
          active: true,
          parentLocationId: null,
          geoLocation: { lat: 33, lng: -6 },
          geographicalLevelId: `${level}0`,
        },
        children: [
          {
            location: {
              id: 'B',
              name: 'Place B',
              synonyms: [],
              identifiers: identifiers('B'),
              active: false,
              parentLocationId: 'A',
              geoLocation: null,
              geographicalLevelId: `${level}1`,
            },
            children: [],
          },
        ],
      },
    ]);
  });

  it('has all of many siblings in the file, of whom some have places below them', async () => {
    const siblings = Array.from({ length: 2600 }, (_, n) => `S${1000 + n}`);
    const parents = ['S1000', 'S1001', 'S1500', 'S3599'];
    const below = parents.map(id => unit(`${id}below`, 3, id));
    const { status, read } = await convert([
      unit('A', 1),
      ...siblings.map(id => unit(id, 2, 'A')),
      ...below,
    ]);
    expect(status).toBe(0);
    expect(inWords(read())).toEqual([
      '- A 0',
      ...siblings.flatMap(id => [
        `A ${id} 1`,
        ...(parents.includes(id) ? [`${id} ${id}below 2`] : []),
      ]),
    ]);
  });

  it('prints the file when no output is given, and nothing else on stdout', async () => {
    const file = path.join(folder, 'tree.json');
    writeFileSync(file, JSON.stringify(TREE));
    const { status, stdout, stderr } = await runCommand(['convert-org-units', file]);
    expect(inWords(JSON.parse(stdout))).toEqual(['- A 0', 'A B 1', 'B C 2', 'B D 2']);
    expect(stderr).toBe('4 org units read, 4 converted.\n');
    expect(status).toBe(0);
  });

  it.each<[string[], string[], string]>([
    [['--root-level', '2'], ['- B 0', 'B C 1', 'B D 1'], '3 converted, 1 outside'],
    [['--root', 'B'], ['- B 0', 'B C 1', 'B D 1'], '3 converted, 1 outside'],
    [['--root', 'C', '--root', 'D'], ['- C 0', '- D 0'], '2 converted, 2 outside'],
  ])('starts at %j', async (args, words, told) => {
    const { status, stderr, read } = await convert(TREE, ...args);
    expect(inWords(read())).toEqual(words);
    expect(stderr).toContain(`4 org units read, ${told} the chosen roots.`);
    expect(status).toBe(0);
  });

  it('names what cannot be converted, converts the rest, and ends with status 3', async () => {
    const { status, stderr, read } = await convert([
      ...TREE,
      unit('R', 1),
      unit('orphan', 3, 'nowhere'),
      unit('below', 4, 'orphan'),
      unit('C', 3, 'B', { name: 'again' }),
      unit('nameless', 2, 'R', { name: ' ' }),
      unit('belowNameless', 3, 'nameless'),
      { name: 'without an id' },
      unit('codeless', 2, 'R', { code: null }),
      unit('broken', 2, 'R', { coordinates: '[1;2]' }),
      unit('twin1', 2, 'R', { name: 'Twin' }),
      unit('twin2', 2, 'R', { name: 'TWIN' }),
    ]);
    expect(inWords(read())).toEqual([
      '- A 0',
      'A B 1',
      'B C 2',
      'B D 2',
      '- R 0',
      'R broken 1',
      'R codeless 1',
      'R twin1 1',
      'R twin2 1',
    ]);
    expect(stderr.split('\n')).toEqual([
      'There are 2 roots: A, R.',
      'rejected, DUPLICATE_ID: 1',
      '  org unit C: The file has it twice. The first one is used.',
      'rejected, NO_ID: 1',
      '  org unit number 11: It has no id.',
      'rejected, PARENT_MISSING: 1',
      '  org unit orphan: Its parent nowhere is not in the file.',
      'rejected, NO_WAY_TO_ROOT: 1',
      '  org unit below: Its parent orphan does not lead to a root.',
      'adjusted, BROKEN_COORDINATES: 1',
      '  org unit broken: Its coordinates are not a longitude and a latitude. It is used without them.',
      'adjusted, NO_CODE: 1',
      '  org unit codeless: It has no code. Only its id identifies it.',
      'rejected, NO_NAME: 1',
      '  org unit nameless: The org unit has no name, which Go.Data requires.',
      'rejected, PARENT_NOT_THERE: 1',
      '  org unit belowNameless: The parent nameless has no name.',
      'adjusted, SIBLING_NAME: 2',
      '  location twin1: "Twin" is also the name or a synonym of a sibling. It becomes "Twin (C-twin1)".',
      '  location twin2: "TWIN" is also the name or a synonym of a sibling. It becomes "TWIN (C-twin2)".',
      '15 org units read, 9 converted, 6 rejected.',
      expect.stringMatching(/^Written: /),
      '',
    ]);
    expect(status).toBe(3);
    for (const version of ['2.50.3', '2.48']) {
      expect((await importInto(version, read())).size).toBe(9);
    }
  });

  it('names ten of each kind, and all with --verbose', async () => {
    const units = [
      unit('A', 1),
      ...Array.from({ length: 1200 }, (_, n) => unit(`u${n}`, 2, 'A', { code: undefined })),
    ];
    const { status, stderr } = await convert(units);
    expect(stderr).toContain('adjusted, NO_CODE: 1,200\n');
    expect(stderr).toContain('  ... and 1,190 more (--verbose names them)\n');
    const { stderr: all } = await convert(units, '--verbose');
    expect(all.match(/^ {2}org unit u\d+: It has no code/gm)).toHaveLength(1200);
    expect(status).toBe(0);
  });

  it('maps with the job after a user has edited it', async () => {
    const project = editProject(
      {
        'map-locations.js': text =>
          text.replace("description: 'DHIS2 code'", "description: 'P-code'"),
      },
      'org-units-to-locations',
    );
    const { read } = await convert(TREE, '--project', project.folder);
    expect(flatten(read())[0]![0].identifiers![0]).toEqual({ code: 'C-A', description: 'P-code' });
    project.remove();
  });

  it.each<[string, unknown, string[], string, string]>([
    ['text that is not JSON', '{ "organisationUnits": [', [], 'INPUT_INVALID', 'line 1, column 25'],
    ['other JSON', '{"dataSets":[]}', [], 'NOT_ORG_UNITS', '/api/organisationUnits?paging=false'],
    ['an empty list', [], [], 'NOT_ORG_UNITS', 'organisationUnits'],
    [
      'what DHIS2 answers if no fields are named',
      [
        { id: 'A', displayName: 'Place A' },
        { id: 'B', displayName: 'Place B' },
      ],
      [],
      'NOT_ORG_UNITS',
      'No org unit of the file has a parent, a path or a level.',
    ],
    [
      'the first page of a list',
      JSON.stringify({ pager: { page: 1, total: 1332 }, organisationUnits: TREE }),
      [],
      'ONE_PAGE',
      'one page of a longer list: 4 of 1,332 org units',
    ],
    [
      'the last page of a list without a total',
      JSON.stringify({ pager: { page: 9, prevPage: 'x' }, organisationUnits: TREE }),
      [],
      'ONE_PAGE',
      'paging=false',
    ],
    ['an unknown root', TREE, ['--root', 'Z'], 'UNKNOWN_ROOT', '"Z"'],
    ['an unknown level', TREE, ['--root-level', '7'], 'UNKNOWN_ROOT', '1 (1), 2 (1), 3 (2)'],
    ['a circle', [unit('x', 1, 'y'), unit('y', 1, 'x')], [], 'UNKNOWN_ROOT', 'circle'],
    [
      'both roots and a level',
      TREE,
      ['--root', 'A', '--root-level', '1'],
      'BAD_OPTION',
      'rootLevel',
    ],
  ])('ends with status 2, and writes nothing, for %s', async (_, content, args, code, words) => {
    const { status, stderr, stdout, read } = await convert(content, ...args);
    expect(stderr).toContain(`(${code})`);
    expect(stderr).toContain(words);
    expect(stdout).toBe('');
    expect(read).toThrow(/ENOENT/);
    expect(status).toBe(2);
  });

  it.each<[string, string[], string]>([
    ['no file', [], 'missing required argument'],
    ['a missing file', ['none.json'], 'INPUT_NOT_FOUND'],
    ['a folder', ['.'], 'INPUT_UNREADABLE'],
    [
      'a level that is not a number',
      ['x.json', '--root-level', 'two'],
      'It must be a whole number from 1.',
    ],
    ['an unknown option', ['x.json', '--roots', 'A'], "unknown option '--roots'"],
  ])('ends with status 2 for %s', async (_, args, words) => {
    const { status, stderr } = await runCommand(['convert-org-units', ...args]);
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });

  it('accepts a list whose one page is all of it', async () => {
    const { status } = await convert(
      JSON.stringify({ pager: { page: 1, pageCount: 1, total: 4 }, organisationUnits: TREE }),
    );
    expect(status).toBe(0);
  });

  it('accepts what PowerShell writes for >: UTF-16', async () => {
    const input = path.join(folder, 'in.json');
    writeFileSync(input, `\uFEFF${JSON.stringify(TREE)}`, 'utf16le');
    const { status, stdout } = await runCommand(['convert-org-units', input]);
    expect(inWords(JSON.parse(stdout))).toEqual(['- A 0', 'A B 1', 'B C 2', 'B D 2']);
    expect(status).toBe(0);
  });

  it('keeps its input if that is named as the output, too', async () => {
    const input = path.join(folder, 'in.json');
    const text = JSON.stringify(TREE);
    writeFileSync(input, text);
    const { status, stderr } = await runCommand([
      'convert-org-units',
      input,
      `${folder}/./in.json`,
    ]);
    expect(stderr).toContain('in.json cannot be written: it is the file that is read.');
    expect(readFileSync(input, 'utf8')).toBe(text);
    expect(status).toBe(2);
  });

  it('checks that it can write before it converts', async () => {
    const { status, stderr } = await runCommand([
      'convert-org-units',
      path.join(folder, 'in.json'),
      path.join(folder, 'in.json', 'out.json'),
    ]);
    expect(stderr).toContain('OUTPUT_UNWRITABLE');
    expect(status).toBe(2);
  });

  it('prints its help', async () => {
    const { status, stdout } = await runCommand(['convert-org-units', '--help']);
    expect(stdout).toContain('Usage: godata-dhis2 convert-org-units');
    expect(stdout).toContain('--root-level');
    expect(stdout).toContain('paging=false');
    expect(status).toBe(0);
  });
});
