import { describe, expect, it } from 'vitest';
import { parseOrgUnits } from '#dhis2/Adaptor.js';
import type { ParseOrgUnitsOptions } from '#dhis2/org-units/file/parse-org-units.js';

const unit = (id: string, level: number, parent?: string, more: object = {}) => ({
  id,
  name: id,
  code: `C-${id}`,
  level,
  ...(parent === undefined ? {} : { parent: { id: parent } }),
  ...more,
});

function parse(content: unknown, options?: ParseOrgUnitsOptions) {
  const { data, report } = parseOrgUnits(options)({ data: content, today: '2026-04-01' });
  return { ...data, report: report['read-org-units']! };
}

const TREE = [
  unit('D', 4, 'C'),
  unit('C', 3, 'B'),
  unit('B', 2, 'A'),
  unit('E', 3, 'B'),
  unit('F', 2, 'A'),
  unit('A', 1),
];
const ids = ({ orgUnits }: ReturnType<typeof parse>) => orgUnits.map(({ id }) => id);
const places = ({ orgUnits }: ReturnType<typeof parse>) =>
  orgUnits.map(({ id, parent = '-', depth, level }) => `${parent}>${id} ${depth} ${level}`);
const rejections = ({ report }: ReturnType<typeof parse>) =>
  (report.rejected ?? []).map(({ id, code }) => [id, code]);

describe('a file of org units', () => {
  it.each([
    ['as DHIS2 answers', { organisationUnits: TREE }],
    ['as a bare list', TREE],
  ])('becomes a tree in any order, %s', (_, content) => {
    const parsed = parse(content);
    expect(places(parsed)).toEqual([
      '->A 0 1',
      'A>B 1 2',
      'A>F 1 2',
      'B>C 2 3',
      'B>E 2 3',
      'C>D 3 4',
    ]);
    expect(parsed.report).toEqual({ read: 6 });
    expect(parsed.roots).toEqual([]);
  });

  it('begins at its highest level, even if the parent is not in the file', () => {
    const parsed = parse([unit('B', 3, 'above'), unit('C', 4, 'B'), unit('X', 3, 'elsewhere')]);
    expect(places(parsed)).toEqual(['->B 0 3', '->X 0 3', 'B>C 1 4']);
    expect(parsed.report.warnings).toEqual(['There are 2 roots: B, X.']);
  });

  it('reads the parent and the level from the path if the file has only that', () => {
    const paths = { A: '/A', B: '/A/B', F: '/A/F', C: '/A/B/C', E: '/A/B/E', D: '/A/B/C/D' };
    const units = TREE.map(({ id, name, code }) => {
      return { id, name, code, path: paths[id as keyof typeof paths] };
    });
    expect(places(parse(units))).toEqual(places(parse(TREE)));
  });

  it('treats a parent without an id as missing', () => {
    const { report } = parse([unit('A', 1), unit('B', 2, undefined, { parent: {} })]);
    expect(report.rejected).toEqual([
      {
        kind: 'org unit',
        id: 'B',
        code: 'PARENT_MISSING',
        message: 'It has no parent, but is not at the top level.',
      },
    ]);
  });

  it('may have levels as texts, as tables write them', () => {
    const parsed = parse(TREE.map(one => ({ ...one, level: String(one.level) })));
    expect(places(parsed)).toEqual(places(parse(TREE)));
    expect(parsed.report.rejected).toBeUndefined();
  });

  it('reports dates that are no days, and uses the org unit without them', () => {
    const parsed = parse([
      unit('A', 1, undefined, { openingDate: 25569, closedDate: '2026-01-01T00:00:00.000' }),
      unit('B', 2, 'A', { openingDate: '', closedDate: '31/12/2025' }),
      unit('C', 2, 'A', { openingDate: 'x', closedDate: 46022 }),
    ]);
    expect(parsed.orgUnits.map(({ id, closed }) => [id, closed])).toEqual([
      ['A', true],
      ['B', undefined],
      ['C', undefined],
    ]);
    expect(parsed.report.adjusted!.map(({ id, code, message }) => [id, code, message])).toEqual([
      ['A', 'BROKEN_DATE', 'It is used without openingDate: no day such as 2025-12-31.'],
      ['B', 'BROKEN_DATE', 'It is used without closedDate: no day such as 2025-12-31.'],
      [
        'C',
        'BROKEN_DATE',
        'It is used without openingDate and closedDate: no day such as 2025-12-31.',
      ],
    ]);
  });

  it('needs no levels', () => {
    const parsed = parse(TREE.map(({ level: _, ...one }) => one));
    expect(places(parsed).at(-1)).toBe('C>D 3 4');
  });

  it('begins at the given roots, and counts the org units outside', () => {
    const below = parse(TREE, { roots: ['B'] });
    expect(places(below)).toEqual(['->B 0 2', 'B>C 1 3', 'B>E 1 3', 'C>D 2 4']);
    expect(below.roots).toEqual(['B']);
    expect(below.report.leftOut).toEqual([{ reason: 'outside-roots', subject: '', count: 2 }]);
    expect(places(parse(TREE, { rootLevel: 3 }))).toEqual(['->C 0 3', '->E 0 3', 'C>D 1 4']);
  });

  it('treats a root below another one as part of its tree', () => {
    const parsed = parse(TREE, { roots: ['C', 'B', 'B', 'F'] });
    expect(places(parsed).slice(0, 3)).toEqual(['->B 0 2', '->F 0 2', 'B>C 1 3']);
    expect(parsed.roots).toEqual(['B', 'F']);
  });

  it.each<[ParseOrgUnitsOptions, string, string]>([
    [{ roots: ['Z'] }, 'UNKNOWN_ROOT', '"Z"'],
    [{ rootLevel: 9 }, 'UNKNOWN_ROOT', 'level 9'],
    [{ rootLevel: 1, roots: ['A'] }, 'BAD_OPTION', 'rootLevel'],
    [{ roots: [] }, 'BAD_OPTION', 'roots'],
    [{ root: 'A' } as never, 'BAD_OPTION', '"root"'],
  ])('refuses %j', (options, code, word) => {
    expect(() => parse(TREE, options)).toThrow(
      expect.objectContaining({
        code,
        kind: 'configuration',
        message: expect.stringContaining(word),
      }),
    );
  });

  it('lists the levels of the file if the root level is not one of them', () => {
    expect(() => parse(TREE, { rootLevel: 9 })).toThrow(
      expect.objectContaining({ fix: expect.stringContaining('1 (1), 2 (2), 3 (2), 4 (1)') }),
    );
  });

  it.each([null, 'text', 7, {}, [], { organisationUnits: {} }, { organisationUnits: [] }])(
    'is not %j',
    content => {
      expect(() => parse(content)).toThrow(
        expect.objectContaining({ code: 'NOT_ORG_UNITS', kind: 'configuration' }),
      );
    },
  );

  it('reports each org unit without a place, and converts the others', () => {
    const parsed = parse([
      ...TREE,
      unit('orphan', 4, 'nowhere'),
      unit('belowOrphan', 5, 'orphan'),
      unit('round1', 4, 'round2'),
      unit('round2', 4, 'round1'),
      unit('parentless', 3),
      unit('F', 2, 'A', { name: 'Second F' }),
      { name: 'no id' },
      null,
    ]);
    expect(ids(parsed)).toEqual(['A', 'B', 'F', 'C', 'E', 'D']);
    expect(parsed.orgUnits.find(({ id }) => id === 'F')!.name).toBe('F');
    expect(rejections(parsed)).toEqual([
      ['F', 'DUPLICATE_ID'],
      ['number 13', 'NO_ID'],
      ['number 14', 'NO_ID'],
      ['orphan', 'PARENT_MISSING'],
      ['belowOrphan', 'NO_WAY_TO_ROOT'],
      ['round1', 'NO_WAY_TO_ROOT'],
      ['round2', 'NO_WAY_TO_ROOT'],
      ['parentless', 'PARENT_MISSING'],
    ]);
  });

  it('cannot begin if all parents form a circle', () => {
    expect(() => parse([unit('x', 1, 'y'), unit('y', 1, 'x')])).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_ROOT', message: expect.stringContaining('circle') }),
    );
  });

  it('reports org units without a code, and with invalid coordinates', () => {
    const { orgUnits, report } = parse([
      unit('A', 1, undefined, { code: null, coordinates: '[1,2]' }),
      unit('B', 2, 'A', { coordinates: 'at the well' }),
      unit('C', 2, 'A', { geometry: { type: 'Point', coordinates: [0, 91] } }),
    ]);
    expect(orgUnits.map(({ point }) => point)).toEqual([{ lat: 2, lng: 1 }, undefined, undefined]);
    expect(report.adjusted!.map(({ id, code }) => [id, code])).toEqual([
      ['B', 'BROKEN_COORDINATES'],
      ['C', 'BROKEN_COORDINATES'],
      ['A', 'NO_CODE'],
    ]);
  });

  it('accepts an org unit without a name: the mapping may give one', () => {
    const { orgUnits } = parse([unit('A', 1), unit('B', 2, 'A', { name: null, shortName: 'Bee' })]);
    expect(orgUnits[1]).toMatchObject({ id: 'B', name: '', shortName: 'Bee' });
  });

  it('decides what is closed by the date, and marks closed org units above open ones', () => {
    const { orgUnits } = parse([
      unit('A', 1, undefined, { closedDate: '2026-04-01T00:00:00.000' }),
      unit('B', 2, 'A', {
        closedDate: '2026-04-02T00:00:00.000',
        openingDate: '1990-05-06T00:00:00',
      }),
    ]);
    expect(orgUnits).toEqual([
      expect.objectContaining({ closed: true, openBelow: true, closedDate: '2026-04-01' }),
      expect.objectContaining({ openingDate: '1990-05-06', closedDate: '2026-04-02' }),
    ]);
    expect(orgUnits[1]).not.toHaveProperty('closed');
  });

  it('handles a chain of 100,000', () => {
    const chain = Array.from({ length: 100_000 }, (_, n) =>
      unit(`u${n}`, n + 1, n > 0 ? `u${n - 1}` : undefined),
    );
    expect(ids(parse({ organisationUnits: chain }, { rootLevel: 99_999 }))).toEqual([
      'u99998',
      'u99999',
    ]);
  });
});
