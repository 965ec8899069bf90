import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dhis2Store, demoMetadata, startDhis2 } from '#sandbox/dhis2/index.js';
import { generateOutbreak, isUid } from '#sandbox/outbreak/index.js';
import {
  addTrackerProgram,
  generateTrackerProgram,
  PEOPLE_WITH_ALL_DIRT,
  type TrackerProgram,
} from '#sandbox/tracker-program/index.js';

const TODAY = '2026-11-23';
const ORG_UNITS = ['VillageA001', 'VillageB001', 'VillageC001'].map(id => ({ id, name: id }));
const CASES = 'uYjxkTbwRNf';
const STAGES = ['LpWNjNGvCO5', 'iR8O4hSLHnu', 'dDHkBd3X8Ce', 'iVfs6Jyp7I8'];
const RESULT = 'ovY6E8BSdto';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const runs = { numRuns: 15 };
const generate = (options: { seed?: number; people?: number } = {}) =>
  generateTrackerProgram({ orgUnits: ORG_UNITS, today: TODAY, ...options });

const kindOf = ({ enrollments }: TrackerProgram) => {
  const cases = new Set(
    enrollments.filter(({ program }) => program === CASES).map(one => one.trackedEntity),
  );
  return (id: string) => (cases.has(id) ? 'case' : 'contact');
};
const endsOf = ({ relationships }: TrackerProgram) =>
  relationships.map(({ from, to }) =>
    [from, to].map(end => ('trackedEntity' in end ? end.trackedEntity.trackedEntity : '')),
  ) as [string, string][];

describe('generated people in the programs of the package', () => {
  it('are the same for the same seed and day, and different for another seed', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const program = generate({ seed, people: 40 });
        expect(generate({ seed, people: 40 })).toEqual(program);
        expect(generate({ seed: seed + 1, people: 40 }).trackedEntities).not.toEqual(
          program.trackedEntities,
        );
      }),
      runs,
    );
  });

  it("have the requested number, and ids of DHIS2's form, each once", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 300 }), (seed, people) => {
        const program = generate({ seed, people });
        expect(program.trackedEntities).toHaveLength(people);
        const ids = [
          ...program.trackedEntities.map(({ trackedEntity }) => trackedEntity),
          ...program.enrollments.map(({ enrollment }) => enrollment),
          ...program.events.map(({ event }) => event),
          ...program.relationships.map(({ relationship }) => relationship),
          ...program.optionSets.flatMap(({ id, options = [] }) => [
            id,
            ...options.map(one => one.id),
          ]),
        ];
        expect(ids.every(isUid)).toBe(true);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      runs,
    );
  });

  it('are accepted by a DHIS2, beside the aggregate data set and at its lowest org units', () => {
    const { orgUnits } = generateOutbreak({ today: TODAY, cases: 1 });
    const seed = addTrackerProgram(demoMetadata(orgUnits), { today: TODAY });
    const store = new Dhis2Store(seed);
    expect(store.tracker.list('trackedEntities')).toHaveLength(500);
    expect(store.metadata.list('dataSets')).toHaveLength(1);
    const healthAreas = new Set(orgUnits.slice(1 + 4 + 16).map(({ id }) => id));
    const registered = store.tracker.list('trackedEntities').map(({ orgUnit }) => orgUnit);
    expect(registered.every(id => healthAreas.has(id))).toBe(true);
    expect(Dhis2Store.fromJSON(store.toJSON()).toJSON()).toEqual(store.toJSON());
  });

  it('have an age in whole years, as in the packages of WHO', () => {
    const { trackedEntityAttributes } = generate({ people: 0 });
    const age = trackedEntityAttributes.find(({ code }) => code === 'PATINFO_AGEONSET');
    expect(age?.valueType).toBe('INTEGER_ZERO_OR_POSITIVE');
  });

  it('have no day in the future, except scheduled events', () => {
    const { enrollments, events, trackedEntities } = generate();
    const days = [
      ...enrollments.map(({ enrolledAt }) => enrolledAt),
      ...events.flatMap(({ occurredAt }) => occurredAt ?? []),
      ...trackedEntities.map(({ updatedAt }) => updatedAt!.slice(0, 10)),
    ];
    expect(days.filter(day => day > TODAY)).toEqual([]);
  });

  it('include cases with every combination of stages, and with every result', () => {
    const { enrollments, events } = generate();
    const held = events.filter(({ status }) => status === 'COMPLETED');
    const courses = new Set(
      enrollments
        .filter(({ program }) => program === CASES)
        .map(({ enrollment }) => {
          const own = held.filter(event => event.enrollment === enrollment);
          return STAGES.map(stage => own.some(one => one.programStage === stage)).join();
        }),
    );
    expect(courses.size).toBe(16);
    const results = new Set(
      held.flatMap(({ dataValues = [] }) =>
        dataValues.filter(one => one.dataElement === RESULT).map(({ value }) => value),
      ),
    );
    expect(results.size).toBe(7);
  });

  it('are related in both directions: cases with contacts, cases with cases, contacts with contacts', () => {
    const program = generate();
    const kind = kindOf(program);
    const ends = endsOf(program);
    const kinds = new Set(ends.map(([from, to]) => `${kind(from)}-${kind(to)}`));
    expect([...kinds].sort()).toEqual([
      'case-case',
      'case-contact',
      'contact-case',
      'contact-contact',
    ]);
    expect(ends.every(([from, to]) => from !== to)).toBe(true);
    expect(new Set(ends.map(pair => [...pair].sort().join())).size).toBe(ends.length);
  });

  it('include the data errors of real data', () => {
    const program = generate({ people: PEOPLE_WITH_ALL_DIRT });
    const attributes = program.trackedEntities.map(({ attributes = [], ...entity }) => ({
      ...entity,
      values: Object.fromEntries(attributes.map(({ attribute, value }) => [attribute, value])),
    }));
    const valuesOf = (id: string) =>
      program.events.flatMap(({ dataValues = [] }) =>
        dataValues.filter(one => one.dataElement === id).map(({ value }) => value),
      );
    expect(attributes.some(({ values }) => values.sB1IHYu2xQT === undefined)).toBe(true);
    expect(attributes.some(({ values }) => values.oindugucx72 === undefined)).toBe(true);
    expect(attributes.some(({ values }) => values.oindugucx72 === 'OTHER')).toBe(true);
    expect(attributes.some(({ values }) => values.ENRjVGxVL6l === ' ')).toBe(true);
    expect(attributes.some(({ values }) => values.Rv8WM2mTuS5 && values.NI0QRzJvQ0k)).toBe(true);
    expect(attributes.some(({ deleted }) => deleted)).toBe(true);
    expect(valuesOf('s3eoonJ8OJb')).toContain('2026-02-30');
    expect(valuesOf('Cl2I1H6Y3oj')).toContain('yesterday');
    expect(valuesOf('fL5NtssTKPq')).toContain('VACC_TYPE_BCG');
    expect(program.enrollments.some(({ status }) => status === 'CANCELLED')).toBe(true);
    const enrolled = program.enrollments.map(({ trackedEntity }) => trackedEntity);
    expect(new Set(enrolled).size).toBeLessThan(enrolled.length);
  });

  it.each([
    [{ people: -1 }, /people/],
    [{ weeks: 0 }, /weeks/],
    [{ seed: 0.5 }, /seed/],
    [{ orgUnits: [] }, /orgUnits/],
    [{ today: '2026-02-30' }, /today/],
  ])('are refused with %j', (options, message) => {
    expect(() => generateTrackerProgram({ orgUnits: ORG_UNITS, today: TODAY, ...options })).toThrow(
      message,
    );
  });
});

describe('the ids that DHIS2 generates', () => {
  it.each([
    ['HAZ7VQ730yn', /^COVID19_\d{7}$/],
    ['tCQ0Q70ao2m', /^COVID19_CONTACT\d{7}$/],
  ])(
    'of %s have the same form as those of the existing people, and repeat none of them',
    async (id, form) => {
      const seed = addTrackerProgram(demoMetadata([{ id: 'VillageA001', name: 'A' }]), {
        today: TODAY,
        people: 20,
      });
      const server = await startDhis2({ seed });
      try {
        const address = `${server.url}/api/trackedEntityAttributes/${id}/generateAndReserve`;
        const credentials = Buffer.from('integration:Integration-1!').toString('base64');
        const answer = await fetch(`${address}?numberToReserve=30`, {
          headers: { Authorization: `Basic ${credentials}` },
        });
        const values = ((await answer.json()) as { value: string }[]).map(({ value }) => value);
        expect(values).toHaveLength(30);
        for (const value of values) expect(value).toMatch(form);
        const taken = seed.trackedEntities!.flatMap(({ attributes = [] }) =>
          attributes.filter(({ attribute }) => attribute === id).map(({ value }) => value),
        );
        expect(taken.length).toBeGreaterThan(0);
        expect(values.filter(value => taken.includes(value))).toEqual([]);
        for (const value of taken) expect(value).toMatch(form);
      } finally {
        await server.close();
      }
    },
  );
});
