import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FetchedPeopleBatch, PeopleCursor } from '#common/handover/fetched-people-batch.js';
import { runs } from '#test/support/runs.js';
import {
  aLink,
  aPerson,
  applied,
  aRelated,
  drain,
  emptyReceiver,
  idsOf,
  minute,
  OUTBREAK,
  type PeopleServer,
  startPeople,
  TYPE,
} from './support.js';

const KINDS = [TYPE.case, TYPE.contact, TYPE.far, TYPE.event];

const anyEdit = fc.record({
  kind: fc.constantFrom(
    ...(['create', 'edit', 'edit', 'bulk', 'delete', 'restore', 'convert'] as const),
    ...(['lab', 'visit', 'link', 'edit lab', 'edit visit', 'edit link'] as const),
    ...(['delete lab', 'delete visit', 'delete link'] as const),
  ),
  nth: fc.nat(60),
  other: fc.nat(60),
});
type Edit = typeof anyEdit extends fc.Arbitrary<infer E> ? E : never;

/** Settings of the server's clock in a test. */
interface Clock {
  /** Milliseconds that pass before each edit. */
  tick: number;
}

/** Edits people like users of Go.Data, and notes whose change it is. */
function createEditor({ store, clock }: PeopleServer, { tick }: Clock, note: (id: string) => void) {
  const { people, labResults, followUps, relationships } = store;
  let made = 0;
  const living = <T extends { deleted?: boolean }>(records: T[]) =>
    records.filter(({ deleted }) => !deleted);
  const pick = <T>(records: T[], nth: number): T | undefined => records[nth % records.length];
  const name = () => ({ lastName: `Edit ${made}` });
  let touched = new Set<string>();
  /**
   * No record has two versions with the same time. When time passes, no two records have the same
   * time.
   */
  const touch = (id: string) => {
    if (touched.has(id) || tick > 0) {
      clock.ms += 1;
      touched = new Set();
    }
    touched.add(id);
  };

  function editOne({ kind, nth, other }: Edit): void {
    made += 1;
    const all = people.all();
    const person = pick(living(all), nth);
    const link = pick(living(relationships.all()), nth);
    const noteLink = () => {
      for (const { id } of link?.persons ?? []) note(id);
    };
    if (kind === 'create') {
      // The order of the ids is not the order of time.
      const id = `n${(nth * 7919) % 1000}-${made}`;
      touch(id);
      people.create(OUTBREAK, KINDS[other % KINDS.length]!, { id, firstName: 'Secretname' });
      note(id);
    }
    if (kind === 'restore') {
      const gone = pick(
        all.filter(one => one.deleted),
        nth,
      );
      if (!gone) return;
      touch(gone.id);
      people.restore(gone.id);
      note(gone.id);
    }
    if (kind === 'edit link' && link) {
      touch(link.id);
      relationships.update(link.id, { comment: `Edit ${made}` });
      noteLink();
    }
    if (kind === 'delete link' && link) {
      touch(link.id);
      relationships.delete(link.id);
      noteLink();
    }
    for (const [word, records] of [
      ['lab', labResults],
      ['visit', followUps],
    ] as const) {
      const one = pick(living(records.all()), nth);
      if (one && kind.endsWith(` ${word}`)) touch(one.id);
      if (kind === `edit ${word}` && one) records.update(one.id, { comment: `Edit ${made}` });
      if (kind === `delete ${word}` && one) records.delete(one.id);
      if ((kind === `edit ${word}` || kind === `delete ${word}`) && one) note(one.personId);
      if (kind === word && person && person.type !== TYPE.event) {
        const id = `${word[0]}${(nth * 104_729) % 1000}-${made}`;
        touch(id);
        records.create({ id, outbreakId: OUTBREAK, personId: person.id, personType: person.type });
        note(person.id);
      }
    }
    if (!person) return;
    note(person.id);
    if (['edit', 'convert', 'delete'].includes(kind)) touch(person.id);
    if (kind === 'edit') people.update(person.id, name());
    if (kind === 'convert' && person.type !== TYPE.event) {
      people.update(person.id, { type: KINDS[other % 3]! });
    }
    // More records with the same time than fit on a page.
    if (kind === 'bulk') {
      for (const one of living(all).slice(-8)) {
        touch(one.id);
        people.update(one.id, name());
        note(one.id);
      }
    }
    const second = pick(living(all), other);
    if (kind === 'link' && second && second.id !== person.id) {
      const persons = [
        { id: person.id, type: person.type, source: true },
        { id: second.id, type: second.type, target: true },
      ];
      const id = `r${(nth * 31) % 100}-${made}`;
      touch(id);
      relationships.create({ id, outbreakId: OUTBREAK, persons });
      note(second.id);
    }
    if (kind === 'delete') {
      people.delete(person.id);
      for (const one of relationships.of(person.id)) {
        touch(one.id);
        relationships.delete(one.id, undefined, person.id);
        for (const { id } of one.persons) note(id);
      }
      for (const records of [labResults, followUps]) {
        for (const { id } of records.of(person.id)) {
          touch(id);
          records.delete(id);
        }
      }
    }
  }

  return (edit: Edit) => {
    clock.ms += tick;
    editOne(edit);
  };
}

/** Everybody, with the relationships of those who are not deleted. */
function stateOf({ people, relationships }: ReturnType<typeof applied>) {
  const isLiving = (id: string) => people.has(id) && !people.get(id)!.deleted;
  return {
    people: Object.fromEntries([...people].map(([id, person]) => [id, inOrder(person)])),
    relationships: Object.fromEntries(
      [...relationships].filter(([, { source, target }]) => isLiving(source) || isLiving(target)),
    ),
  };
}

/** The order of lab results and follow-ups does not matter. */
function inOrder<T extends FetchedPeopleBatch['people'][number]>(person: T): T {
  const byId = (a: { id?: unknown }, b: { id?: unknown }) => (String(a.id) < String(b.id) ? -1 : 1);
  return {
    ...person,
    labResults: [...person.labResults].sort(byId),
    followUps: [...person.followUps].sort(byId),
  };
}

/** People with a related record each, changed some milliseconds apart. */
function aSeed(count: number, apart: number) {
  const at = (n: number) => minute((n * apart) / 60_000);
  const numbers = Array.from({ length: count }, (_, n) => n);
  const id = (n: number) => `s${(n * 37) % 100}-${n}`;
  return {
    people: numbers.map(n => aPerson(id(n), KINDS[n % 3]!, at(n))),
    labResults: numbers
      .filter(n => n % 2 === 0)
      .map(n => aRelated(`l${n}`, id(n), at(n + count), { personType: KINDS[n % 3]! })),
    followUps: numbers
      .filter(n => n % 3 === 0)
      .map(n => aRelated(`f${n}`, id(n), at(n + 2 * count))),
    relationships: numbers
      .filter(n => n > 0)
      .map(n => aLink(`r${n}`, id(n - 1), id(n), at(n + 3 * count))),
  };
}

/**
 * A person is deleted between the request for people and the one for their relationships, and is
 * read again as deleted.
 */
const deletedWhileRead = {
  count: 11,
  pageSize: 2,
  batchSize: 40 as const,
  rounds: [3, 5, 0, 6, 0].map((requests, n): [number, Edit[]] => [
    requests,
    n === 4 ? [{ kind: 'delete', nth: 13, other: 0 }] : [],
  ]),
  kills: [],
};

const anyPlan = fc.record({
  count: fc.nat(12),
  pageSize: fc.integer({ min: 1, max: 5 }),
  batchSize: fc.constantFrom(1, 2, 5, 40),
  // Requests until the next edits, and the edits.
  rounds: fc.array(fc.tuple(fc.nat(6), fc.array(anyEdit, { maxLength: 3 })), { maxLength: 40 }),
  // Runs whose result is lost.
  kills: fc.array(fc.boolean(), { maxLength: 20 }),
});

describe('any edit between and during runs', () => {
  it.each([
    ['2.50', 'one time', { apart: 0, tick: 0, overlapMinutes: undefined }],
    ['2.50', 'times of their own', { apart: 40, tick: 1, overlapMinutes: undefined }],
    ['2.50', 'hours, and no overlap', { apart: 3_600_000, tick: 3_600_000, overlapMinutes: 0 }],
    ['2.46', 'one time', { apart: 0, tick: 0, overlapMinutes: undefined }],
    ['2.46', 'hours, and no overlap', { apart: 3_600_000, tick: 3_600_000, overlapMinutes: 0 }],
  ])(
    'is passed on by one of the runs, and no person twice without a change (Go.Data %s, %s)',
    async (version, _name, { apart, tick, overlapMinutes }) => {
      await fc.assert(
        fc.asyncProperty(anyPlan, async ({ count, pageSize, batchSize, rounds, kills }) => {
          const server = await startPeople({ version, seed: aSeed(count, apart) });
          try {
            // The number of each person's last edit, and the edit at which the full pass began that
            // last passed the person on.
            let clock = 1;
            const changedAt = new Map<string, number>();
            const readAt = new Map<string, number>();
            const edit = createEditor(server, { tick }, id => changedAt.set(id, ++clock));
            const waiting = [...rounds];
            let pause = 0;
            server.onRequest = () => {
              pause -= 1;
              if (pause > 0) return;
              const [next = 0, edits = []] = waiting.shift() ?? [];
              pause = next;
              for (const one of edits) edit(one);
            };
            const options = { pageSize, overlapMinutes };
            const receiver = emptyReceiver();
            const lost = [...kills];
            let people: PeopleCursor | undefined;
            let isUnderWay = false;
            let begin = clock;
            const run = async () => {
              if (!isUnderWay) begin = clock;
              const cursor = people ? { cursor: { people } } : {};
              const { data } = await server.run({ ...cursor, batchSize }, options);
              if (lost.shift()) return true;
              // For two edits at the same time it is unknown which one was read.
              for (const { id } of tick > 0 && overlapMinutes === 0 ? data.people : []) {
                const isNew = (changedAt.get(id) ?? 1) >= (readAt.get(id) ?? 0);
                expect(isNew, `${id} was passed on again, and had not changed`).toBe(true);
                readAt.set(id, begin + 1);
              }
              applied([data], receiver);
              people = data.next;
              isUnderWay = data.more;
              return data.more;
            };
            while (waiting.length > 0) await run();
            while (lost.length > 0 || (await run())) if (lost.length > 0) await run();
            while (await run());
            const whole = await drain(server, undefined, { batchSize: 1000 });
            expect(stateOf(receiver)).toEqual(stateOf(applied(whole.batches)));
            const again = await drain(server, people, options);
            expect(again.batches.flatMap(batch => batch.people)).toEqual([]);
          } finally {
            await server.close();
          }
        }),
        { ...runs(5, 75), examples: [[deletedWhileRead]] },
      );
    },
    240_000,
  );
});

describe('batches and pages of any size', () => {
  it('have together the same people as one large batch, each once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          count: fc.nat(25),
          apart: fc.constantFrom(0, 1, 3_600_000),
          pageSize: fc.integer({ min: 1, max: 5 }),
          batchSize: fc.integer({ min: 1, max: 12 }),
        }),
        async ({ count, apart, ...options }) => {
          const server = await startPeople({ seed: aSeed(count, apart) });
          try {
            const { batches } = await drain(server, undefined, options);
            const { data } = await server.run();
            expect(stateOf(applied(batches))).toEqual(stateOf(applied([data])));
            expect(idsOf(...batches).sort()).toEqual(idsOf(data).sort());
            for (const { people } of batches.slice(0, -1)) {
              expect(people.length).toBeLessThanOrEqual(Math.max(2, options.batchSize));
            }
          } finally {
            await server.close();
          }
        },
      ),
      runs(5, 60),
    );
  }, 240_000);
});
