import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startProxy } from '../support/proxy.js';
import { runs } from '../support/runs.js';
import { startTwoWay, type Toward, type TwoWay } from '../support/two-way.js';
import { createModel, FIELDS } from './support/people-model.js';

const SURNAME = FIELDS[0]!;
/**
 * Lists of twenty people of DHIS2, which are then read one by one, and of one record of Go.Data.
 * Without the overlap, which would read again what slipped from a page.
 */
const FETCH = { pageSize: 1, overlapMinutes: 0 };
const LIMIT = '"limit":1';

const anyMove = fc.record({
  /** Users do this just before a server gives the page after so many pages of lists. */
  of: fc.constantFrom<Toward>('dhis2', 'godata'),
  after: fc.oneof(fc.constant(1), fc.nat(4), fc.nat(40)),
  side: fc.constantFrom<Toward>('dhis2', 'godata'),
  kind: fc.constantFrom('create', 'edit', 'edit', 'delete'),
  person: fc.nat(1000),
});
type Move = typeof anyMove extends fc.Arbitrary<infer T> ? T : never;

const anyWorld = fc.record({
  inDhis2: fc.integer({ min: 24, max: 32 }),
  inGoData: fc.integer({ min: 1, max: 6 }),
  /** Whether both systems were in step before, and somebody then edited everybody. */
  isKnown: fc.boolean(),
  moves: fc.array(anyMove, { minLength: 1, maxLength: 6 }),
});

/** Users of both systems; a person is known by a surname that nobody else has. */
function createUsers(world: TwoWay) {
  const model = createModel(world);
  const wanted = new Set<string>();
  let serial = 0;
  const inDhis2 = (name: string) =>
    model.entities().find(({ trackedEntity }) => model.readDhis2(trackedEntity, SURNAME) === name)
      ?.trackedEntity;
  const inGoData = (name: string) =>
    model.records().find(record => SURNAME.read(record) === name)?.id as string | undefined;
  const users = {
    wanted,
    add(side: Toward): void {
      serial += 1;
      const name = `Name ${serial}`;
      const kind = serial % 8 === 0 ? 'contact' : 'case';
      if (side === 'dhis2') model.editDhis2(model.addToDhis2(kind, serial), SURNAME, name);
      else model.editGoData(model.addToGoData(kind, serial), SURNAME, name);
      wanted.add(name);
    },
    edit(name: string, side: Toward): void {
      const [entity, record] = [inDhis2(name), inGoData(name)];
      if (entity && (side === 'dhis2' || !record)) model.editDhis2(entity, SURNAME, `${name}+`);
      else if (record) model.editGoData(record, SURNAME, `${name}+`);
      wanted.delete(name);
      wanted.add(`${name}+`);
    },
    remove(name: string, side: Toward): void {
      const [entity, record] = [inDhis2(name), inGoData(name)];
      if (entity && (side === 'dhis2' || !record))
        world.dhis2.store.tracker.delete('trackedEntities', entity);
      else if (record) world.goData.store.people.delete(record);
      wanted.delete(name);
    },
    names: () => ({
      dhis2: model.entities().map(one => model.readDhis2(one.trackedEntity, SURNAME)),
      goData: model.records().map(record => SURNAME.read(record)),
    }),
  };
  return users;
}

/** Counts the pages of lists that both servers give, and lets users act before each. */
async function watch(world: TwoWay, onPage: (of: Toward, pages: number) => void): Promise<void> {
  const startWatch = (of: Toward, url: string) => {
    let pages = 0;
    return startProxy(url, {
      onRequest: ({ searchParams }) => {
        const isPage =
          searchParams.has('totalPages') || searchParams.get('filter')?.includes(LIMIT);
        if (!isPage) return;
        onPage(of, pages);
        pages += 1;
      },
    });
  };
  const dhis2 = await startWatch('dhis2', world.dhis2.url);
  const goData = await startWatch('godata', world.goData.url);
  world.credentials.dhis2.hostUrl = dhis2.url;
  world.credentials.godata.apiUrl = `${goData.url}/api`;
}

describe('people who are created, edited and deleted between two pages of a list', () => {
  it('arrive once and are deleted only if somebody deleted them; then nothing is written', async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, async ({ inDhis2, inGoData, isKnown, moves }) => {
        const world = await startTwoWay({ fetch: FETCH, deletes: true });
        try {
          const users = createUsers(world);
          for (let n = 0; n < inDhis2; n += 1) users.add('dhis2');
          for (let n = 0; n < inGoData; n += 1) users.add('godata');
          if (isKnown) {
            await world.cycle();
            for (const [n, name] of [...users.wanted].entries())
              users.edit(name, n < inDhis2 ? 'dhis2' : 'godata');
          }
          const touched = new Set<string>();
          const act = ({ kind, side, person }: Move) => {
            if (kind === 'create') {
              users.add(side);
              return;
            }
            const free = [...users.wanted].filter(name => !touched.has(name));
            const name = free[person % free.length]!;
            touched.add(name).add(`${name}+`);
            if (kind === 'edit') users.edit(name, side);
            else users.remove(name, side);
          };
          let waiting = moves;
          await watch(world, (of, pages) => {
            const due = waiting.filter(one => one.of === of && one.after <= pages);
            waiting = waiting.filter(one => !due.includes(one));
            for (const move of due) act(move);
          });
          await world.cycle();
          // Nobody disturbs the second run: it completes the first.
          const left = waiting;
          waiting = [];
          await world.cycle();
          if (left.length > 0) {
            for (const move of left) act(move);
            await world.cycle();
            await world.cycle();
          }
          const wanted = [...users.wanted].sort();
          const { dhis2, goData } = users.names();
          expect(goData.sort()).toEqual(wanted);
          expect(dhis2.sort()).toEqual(wanted);
          world.writes();
          await world.cycle();
          expect(world.writes()).toBe(0);
        } finally {
          await world.close();
        }
      }),
      runs(2, 8),
    );
  });
});
