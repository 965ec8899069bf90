import { describe, expect, it } from 'vitest';
import type {
  MappedLocation,
  MappedLocationBatch,
} from '#common/handover/mapped-location-batch.js';
import type { Location } from '#godata/client/requests/locations.js';
import { planBatch } from '#godata/locations/plan/plan-batch.js';
import { toPlanTable } from '#godata/locations/plan-table.js';

const MARK = 'DHIS2 id';

const mapped = (id: string, name: string, parent?: string, more: Partial<MappedLocation> = {}) => ({
  id,
  name,
  ...(parent === undefined ? {} : { parent }),
  synonyms: [],
  identifiers: [],
  active: true,
  ...more,
});

const stored = (id: string, name: string, parent: string | null, more: Partial<Location> = {}) => ({
  id,
  name,
  parentLocationId: parent,
  active: true,
  identifiers: [{ code: id, description: MARK }],
  ...more,
});

const batchOf = (
  locations: MappedLocation[],
  more: Partial<MappedLocationBatch> = {},
): MappedLocationBatch => ({
  locations,
  roots: [],
  mark: MARK,
  link: ['name', 'code'],
  server: 'godata',
  allIds: locations.map(({ id }) => id),
  ...more,
});

const inWords = ({ before, creates, after, deactivations }: ReturnType<typeof planBatch>) => [
  ...before.map(({ id, changes }) => `${id} ${JSON.stringify(changes)}`),
  ...creates.map(({ id }) => `new ${id}`),
  ...after.map(({ id, changes }) => `${id} ${JSON.stringify(changes)}`),
  ...deactivations.map(id => `close ${id}`),
];

describe('the order of a plan', () => {
  it('frees a name before it creates the location that needs it', () => {
    const plan = planBatch(
      batchOf([mapped('R', 'Root'), mapped('a', 'Bren', 'R'), mapped('n', 'Acre', 'R')]),
      [stored('R', 'Root', null), stored('a', 'Acre', 'R')],
    );
    expect(inWords(plan)).toEqual(['a {"name":"Bren"}', 'new n']);
  });

  it('changes the locations first whose name another location needs', () => {
    const plan = planBatch(
      batchOf([mapped('R', 'Root'), mapped('a', 'B', 'R'), mapped('b', 'C', 'R')]),
      [stored('R', 'Root', null), stored('a', 'A', 'R'), stored('b', 'B', 'R')],
    );
    expect(inWords(plan)).toEqual(['b {"name":"C"}', 'a {"name":"B"}']);
  });

  it('moves a parent before it moves the children', () => {
    const plan = planBatch(
      batchOf([mapped('b', 'B'), mapped('a', 'A', 'b'), mapped('c', 'C', 'a')]),
      [stored('a', 'A', null), stored('b', 'B', 'a'), stored('c', 'C', 'b')],
    );
    expect(inWords(plan)).toEqual([
      'b {"parentLocationId":null}',
      'a {"parentLocationId":"b"}',
      'c {"parentLocationId":"a"}',
    ]);
  });

  it('deactivates children before parents, and a former parent only after the child has moved away', () => {
    const plan = planBatch(batchOf([mapped('R', 'Root'), mapped('c', 'C', 'R')]), [
      stored('R', 'Root', null),
      stored('a', 'A', 'R'),
      stored('b', 'B', 'a'),
      stored('c', 'C', 'b'),
    ]);
    expect(inWords(plan)).toEqual(['c {"parentLocationId":"R"}', 'close b', 'close a']);
  });

  it('ends, although a name passes along any number of siblings', () => {
    const count = 20_000;
    const ids = Array.from({ length: count }, (_, n) => `w${n}`);
    const plan = planBatch(
      batchOf([mapped('R', 'Root'), ...ids.map((id, n) => mapped(id, `Ward ${n + 1}`, 'R'))]),
      [stored('R', 'Root', null), ...ids.map((id, n) => stored(id, `Ward ${n}`, 'R'))],
    );
    const names = new Map(ids.map((id, n) => [id, `Ward ${n}`]));
    const held = new Map([...names].map(([id, name]) => [name, id]));
    for (const { id, changes } of plan.after) {
      expect(held.has(changes.name!), `${changes.name} is free`).toBe(false);
      held.delete(names.get(id)!);
      held.set(changes.name!, id);
      names.set(id, changes.name!);
    }
    expect([...names.values()]).toEqual(ids.map((_, n) => `Ward ${n + 1}`));
    expect(plan.after.length).toBeLessThan(count * 1.02);
  });
});

describe('a plan', () => {
  it('does not give one location to two org units', () => {
    const hand = stored('uuid', 'Acre', 'R', { identifiers: [{ code: 'K2' }] });
    const plan = planBatch(
      batchOf([
        mapped('R', 'Root'),
        mapped('a', 'Acre', 'R'),
        mapped('b', 'Bren', 'R', { identifiers: [{ code: 'K2', description: 'DHIS2 code' }] }),
      ]),
      [stored('R', 'Root', null), hand],
    );
    expect(plan.rejected).toEqual([]);
    expect([...plan.targets.keys()]).toEqual(['R', 'uuid', 'b']);
  });

  it('prefers the id of an org unit to the mark of another', () => {
    const plan = planBatch(
      batchOf([mapped('R', 'Root'), mapped('a', 'Acre', 'R'), mapped('b', 'Bren', 'R')]),
      [
        stored('R', 'Root', null),
        stored('b', 'Bren', 'R', { identifiers: [{ code: 'a', description: MARK }] }),
      ],
    );
    expect(inWords(plan)).toEqual([
      'new a',
      'b {"identifiers":[{"code":"b","description":"DHIS2 id"}]}',
    ]);
  });

  it('cannot move a location below one of its own descendants, unless that moves away', () => {
    const plan = planBatch(
      batchOf([mapped('b', 'B', undefined), mapped('a', 'A', 'b')], { allIds: undefined }),
      [
        stored('a', 'A', null),
        stored('b', 'B', 'hand'),
        stored('hand', 'By hand', 'a', { identifiers: [] }),
      ],
    );
    expect(plan.rejected.map(({ id, code }) => [id, code])).toEqual([['a', 'PARENT_BELOW']]);
    expect(inWords(plan)).toEqual([]);
  });

  it('accepts circles and missing parents in the existing tree', () => {
    const plan = planBatch(batchOf([mapped('R', 'Root')], { roots: ['R'] }), [
      stored('x', 'X', 'y'),
      stored('y', 'Y', 'x'),
      stored('z', 'Z', 'nowhere'),
    ]);
    expect(inWords(plan)).toEqual(['new R']);
  });

  it('shows in its table what was done, not what was refused', () => {
    const existing = [stored('R', 'Root', null), stored('a', 'Acre', 'R', { active: false })];
    const plan = planBatch(
      batchOf([
        mapped('R', 'Root'),
        mapped('a', 'Acres', 'R', { geoLocation: { lat: 1, lng: 2 } }),
        mapped('n', 'New', 'R'),
        mapped('o', 'Newer', 'n'),
      ]),
      existing,
    );
    const table = (refused: [string, unknown][]) => {
      const { rows, total } = toPlanTable(plan, existing, new Map(refused));
      return [total, ...rows.map(([place, change, what]) => [place, change, what].join('|'))];
    };
    expect(table([])).toEqual([
      3,
      'Root||',
      '  Acres|update|name: Acre → Acres; active again; coordinates',
      '  New|create|',
      '    Newer|create|',
    ]);
    expect(
      table([
        ['n', {}],
        ['o', {}],
      ]),
    ).toEqual([1, 'Root||', '  Acres|update|name: Acre → Acres; active again; coordinates']);
  });
});
