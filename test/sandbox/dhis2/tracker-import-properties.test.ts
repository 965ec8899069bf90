import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../support/runs.js';
import { ID } from './support/seed.js';
import { anImporter, aPerson, enrolment, labResult } from './support/tracker-import.js';
import { WHO } from './support/tracker-seed.js';

/** Places for the objects; one place in three does not exist. */
const place = fc.constantFrom(ID.facility, ID.otherDistrict, 'Nowhere');

const lab = fc.record({ orgUnit: place, result: fc.constantFrom('POSITIVE', 'NEGATIVE') });
const stay = fc.record({ orgUnit: place, events: fc.array(lab, { maxLength: 3 }) });
const human = fc.record({
  orgUnit: place,
  name: fc.constantFrom('Ngozi', 'Amaka', null),
  stays: fc.array(stay, { maxLength: 2 }),
});
type Human = {
  orgUnit: string;
  name: string | null;
  stays: { orgUnit: string; events: object[] }[];
};

const uidOf = (kind: string, ...path: number[]) => `${kind}${path.join('x')}`.padEnd(11, 'A');

/** People as nested objects. */
function nest(people: Human[]) {
  const trackedEntities = people.map(({ orgUnit, name, stays }, p) =>
    aPerson({
      trackedEntity: uidOf('P', p),
      orgUnit,
      attributes: [{ attribute: WHO.firstName, value: name }],
      enrollments: stays.map((one, s) =>
        enrolment({
          enrollment: uidOf('E', p, s),
          trackedEntity: uidOf('P', p),
          orgUnit: one.orgUnit,
          // The first enrollment is active, the others are completed.
          status: s === 0 ? 'ACTIVE' : 'COMPLETED',
          events: (one.events as { orgUnit: string; result: string }[]).map((event, e) =>
            labResult({
              event: uidOf('V', p, s, e),
              enrollment: uidOf('E', p, s),
              orgUnit: event.orgUnit,
              dataValues: [{ dataElement: WHO.labResult, value: event.result }],
            }),
          ),
        }),
      ),
    }),
  );
  return { trackedEntities };
}

/** The same people as flat lists of objects. */
function flatten({ trackedEntities }: ReturnType<typeof nest>) {
  type Nested = Record<string, Record<string, object[]>[]>;
  const enrollments = (trackedEntities as Nested[]).flatMap(one => one.enrollments!);
  return {
    trackedEntities: trackedEntities.map(one => ({ ...one, enrollments: [] })),
    enrollments: enrollments.map(one => ({ ...one, events: [] })),
    events: enrollments.flatMap(one => one.events!),
  };
}

it('writes the same from nested and flat objects, and nothing new the second time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(human, { minLength: 1, maxLength: 4 }), async people => {
      const [one, other] = await Promise.all([anImporter(), anImporter()]);
      const nested = nest(people);
      const query = 'atomicMode=OBJECT&reportMode=FULL';
      const first = await one.save(nested, query);
      const second = await other.save(flatten(nested), query);
      expect(second.body).toEqual(first.body);
      expect(other.server.store.toJSON()).toEqual(one.server.store.toJSON());

      const content = JSON.stringify(one.server.store.tracker);
      const again = await one.save(nested, query);
      expect(again.codes).toEqual(first.codes);
      expect(again.body.stats).toMatchObject({
        created: 0,
        updated: first.body.stats.created,
        ignored: first.body.stats.ignored,
      });
      expect(JSON.stringify(one.server.store.tracker)).toBe(content);
    }),
    runs(8, 120),
  );
});

it('gives the same result in parts as in one import', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(human, { minLength: 1, maxLength: 4 }), async people => {
      const [one, other] = await Promise.all([anImporter(), anImporter()]);
      const { trackedEntities } = nest(people);
      await one.save({ trackedEntities }, 'atomicMode=OBJECT');
      for (const each of trackedEntities) {
        await other.save({ trackedEntities: [each] }, 'atomicMode=OBJECT');
      }
      const contentOf = ({ tracker }: typeof one.server.store) =>
        Object.values(tracker.toJSON()).map(
          list => new Set(list.map(each => JSON.stringify(each))),
        );
      expect(contentOf(other.server.store)).toEqual(contentOf(one.server.store));
    }),
    runs(8, 120),
  );
});
