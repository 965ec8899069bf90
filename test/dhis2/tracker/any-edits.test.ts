import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import { runs } from '../../support/runs.js';
import {
  aCrowd,
  applied,
  at,
  drain,
  ID,
  idOf,
  PRECISION,
  peopleIn,
  startTracker,
  type TrackerServer,
  WHO,
} from './support.js';

const MINUTE = 60_000;

const anyEdit = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('touch' as const), nth: fc.nat(80) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('bulk' as const), nth: fc.nat(80) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), nth: fc.nat(80) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('enroll' as const), nth: fc.nat(80) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('unenroll' as const), nth: fc.nat(80) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('set back' as const),
      nth: fc.integer({ min: 1, max: 15 }),
    }),
  },
);
type Edit = typeof anyEdit extends fc.Arbitrary<infer E> ? E : never;

/** Edits people as users of DHIS2 would; an edit that DHIS2 refuses has no effect. */
function createEditor({ store, clock }: TrackerServer) {
  let made = 0;
  let setBack = 0;
  const touch = (trackedEntity: string) => {
    made += 1;
    store.put('trackedEntities', {
      ...store.get('trackedEntities', trackedEntity)!,
      attributes: [{ attribute: WHO.firstName, value: `Edit ${made}` }],
    });
  };
  return ({ kind, nth }: Edit) => {
    clock.ms += 1;
    if (kind === 'set back') {
      const minutes = Math.min(nth, 60 - setBack);
      setBack += minutes;
      clock.ms -= minutes * MINUTE;
      return;
    }
    const people = store.list('trackedEntities').filter(({ deleted }) => !deleted);
    const { trackedEntity } = people[nth % Math.max(1, people.length)] ?? {};
    if (!trackedEntity) return;
    const enrollments = store.enrollmentsOf(trackedEntity).filter(({ deleted }) => !deleted);
    if (kind === 'touch') touch(trackedEntity);
    // More people with one time than fit on a page.
    if (kind === 'bulk') for (const one of people.slice(-30)) touch(one.trackedEntity);
    if (kind === 'delete') store.delete('trackedEntities', trackedEntity);
    if (kind === 'unenroll' && enrollments[0])
      store.delete('enrollments', enrollments[0].enrollment);
    if (kind === 'enroll') {
      made += 1;
      store.put('enrollments', {
        enrollment: idOf('N', made),
        trackedEntity,
        program: made % 2 === 0 ? WHO.cases : WHO.contacts,
        orgUnit: ID.facility,
        enrolledAt: '2026-08-03',
      });
    }
  };
}

describe('an edit made while tracked entities are read', () => {
  it.each([
    ['2.38', PRECISION.day],
    ['2.41', PRECISION.second],
    ['2.42', PRECISION.millisecond],
  ])(
    'is passed on by that run or the next one (DHIS2 %s)',
    async (version, precision) => {
      await fc.assert(
        fc.asyncProperty(
          fc.record({
            cases: fc.nat(50),
            contacts: fc.nat(30),
            // Milliseconds between their last changes: all at one time, or some a second or a day
            // apart.
            apart: fc.constantFrom(0, 1, 40, 30 * MINUTE),
            batchSize: fc.constantFrom(3, 17, 40, 2000),
          }),
          // Number of requests until the next edits, and these edits.
          fc.array(fc.tuple(fc.nat(3), fc.array(anyEdit, { maxLength: 2 })), {
            maxLength: 60,
            size: 'max',
          }),
          async ({ cases, contacts, apart, batchSize }, rounds) => {
            const seed = aCrowd(
              peopleIn(WHO.cases, cases, n => at(n * apart)),
              peopleIn(WHO.contacts, contacts, n => at(n * apart)),
            );
            const server = await startTracker({ version, precision, seed });
            try {
              const edit = createEditor(server);
              const waiting = [...rounds];
              let pause = 0;
              server.onRequest = () => {
                server.clock.ms += 1;
                pause -= 1;
                if (pause > 0) return;
                const [next = 0, edits = []] = waiting.shift() ?? [];
                pause = next;
                for (const one of edits) edit(one);
              };
              const options = { batchSize, pageSize: 1 };
              const received = new Map<string, TrackedEntity>();
              let { batches, next } = await drain(server, undefined, options);
              applied(batches, received);
              while (waiting.length > 0) {
                ({ batches, next } = await drain(server, next, options));
                applied(batches, received);
              }
              server.onRequest = () => {};
              ({ batches, next } = await drain(server, next, options));
              applied(batches, received);
              const all = await drain(server, undefined, { pageSize: 100 });
              expect(Object.fromEntries(received)).toEqual(
                Object.fromEntries(applied(all.batches)),
              );
              const again = await drain(server, next, options);
              expect(again.batches.flatMap(batch => batch.entities)).toEqual([]);
            } finally {
              await server.close();
            }
          },
        ),
        runs(4, 45),
      );
    },
    240_000,
  );
});

const inOneOrder = (entities: TrackedEntity[]) =>
  [...entities].sort((a, b) => (a.id < b.id ? -1 : 1));

/** A position with the marks of each hour in one order: people of one time come in any. */
const withSortedMarks = (position: object): unknown =>
  JSON.parse(JSON.stringify(position), (key, value) =>
    /^\d{4}-\d\d-\d\dT\d\d$/.test(key) ? value.match(/.{8}/g).sort() : value,
  );

describe('batches of any size', () => {
  it('contain together what one large batch contains', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          cases: fc.nat(60),
          contacts: fc.nat(60),
          apart: fc.constantFrom(0, 1, 60 * MINUTE),
          batchSize: fc.integer({ min: 1, max: 70 }),
          pageSize: fc.constantFrom(1, 2, 100),
          precision: fc.constantFrom(...Object.values(PRECISION)),
        }),
        async ({ cases, contacts, apart, precision, ...options }) => {
          const seed = aCrowd(
            peopleIn(WHO.cases, cases, n => at(n * apart), 1),
            peopleIn(WHO.contacts, contacts, n => at(n * apart)),
          );
          const server = await startTracker({ seed, precision });
          try {
            const { batches, next } = await drain(server, undefined, options);
            const { data } = await server.run();
            const all = batches.flatMap(batch => batch.entities);
            expect(inOneOrder(all)).toEqual(inOneOrder(data.entities));
            // For people with one time the server decides the order, and pages are cut accordingly.
            const times = (list: TrackedEntity[]) => list.map(one => [one.kind, one.updatedAt]);
            expect(times(all)).toEqual(times(data.entities));
            // Also that everybody is being read, wherever one run ended and the next one began.
            expect(withSortedMarks(next)).toEqual(withSortedMarks(data.next));
            for (const { entities } of batches.slice(0, -1)) {
              expect(entities).toHaveLength(options.batchSize);
            }
          } finally {
            await server.close();
          }
        },
      ),
      runs(5, 45),
    );
  }, 240_000);
});
