import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE, type Person } from '#sandbox/godata/index.js';
import {
  CASES_WITH_ALL_DIRT,
  generateOutbreak,
  isUid,
  type Outbreak,
} from '#sandbox/outbreak/index.js';

const TODAY = '2026-11-23';
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const runs = { numRuns: 15 };

const casesOf = ({ goData }: Outbreak) => goData.people!.filter(({ type }) => type === CASE.type);
const dayOf = (value: unknown) => String(value).slice(0, 10);
const daysBetween = (from: unknown, to: unknown) =>
  (Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / 86_400_000;

describe('a generated outbreak', () => {
  it('is the same for the same seed and day, and different for another seed', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const options = { seed, today: TODAY, cases: 30 };
        expect(generateOutbreak(options)).toEqual(generateOutbreak(options));
        const other = generateOutbreak({ ...options, seed: seed + 1 });
        expect(other.orgUnits).not.toEqual(generateOutbreak(options).orgUnits);
      }),
      runs,
    );
  });

  it('has the requested number of cases and contacts, and no id twice', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 50 }),
        (seed, cases, contacts) => {
          const outbreak = generateOutbreak({ seed, today: TODAY, cases, contacts });
          const people = outbreak.goData.people!;
          expect(casesOf(outbreak)).toHaveLength(cases);
          expect(people).toHaveLength(cases + contacts);
          expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
          expect(new Set(people.map(({ visualId }) => visualId)).size).toBe(people.length);
        },
      ),
      runs,
    );
  });

  it('uses a tree of four levels in which every parent exists and siblings have different names', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const { orgUnits, goData } = generateOutbreak({ seed, today: TODAY, cases: 1 });
        const ids = orgUnits.map(({ id }) => id);
        expect(ids.every(isUid)).toBe(true);
        expect(new Set(ids).size).toBe(1 + 4 + 16 + 72);
        expect(orgUnits.filter(({ parent }) => !parent)).toHaveLength(1);
        expect(orgUnits.every(({ parent }) => !parent || ids.includes(parent.id))).toBe(true);
        const named = orgUnits.map(({ name, parent }) => `${parent?.id} ${name}`);
        expect(new Set(named).size).toBe(orgUnits.length);
        expect(new Set(orgUnits.map(({ code }) => code)).size).toBe(orgUnits.length);
        const locations = goData.locations!.map(({ id, parentLocationId, identifiers }) => ({
          id,
          parent: parentLocationId,
          code: (identifiers as { code: string }[])[0]!.code,
        }));
        expect(locations).toEqual(
          orgUnits.map(({ id, parent, code }) => ({ id, parent: parent?.id ?? null, code })),
        );
      }),
      runs,
    );
  });

  it('covers the requested weeks, most of it in waves', () => {
    const cases = casesOf(generateOutbreak({ seed: 3, today: TODAY, cases: 2000, weeks: 20 }));
    const weeks = new Map<number, number>();
    for (const { dateOfReporting } of cases) {
      const age = dateOfReporting ? daysBetween(dateOfReporting, TODAY) : -1;
      if (age >= 0) weeks.set(Math.floor(age / 7), (weeks.get(Math.floor(age / 7)) ?? 0) + 1);
    }
    expect([...weeks.keys()].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i),
    );
    expect(Math.max(...weeks.values())).toBeGreaterThan(8 * Math.min(...weeks.values()));
  });

  it('has records of the size of real ones', () => {
    const cases = casesOf(generateOutbreak({ seed: 5, today: TODAY, cases: 200 }));
    const mean = JSON.stringify(cases).length / cases.length;
    expect(mean).toBeGreaterThan(2000);
    expect(mean).toBeLessThan(3200);
  });

  it('refuses invalid numbers and days', () => {
    expect(() => generateOutbreak({ today: '2026-02-30' })).toThrow('is not a day');
    expect(() => generateOutbreak({ today: TODAY, cases: -1 })).toThrow('cases: -1');
    expect(() => generateOutbreak({ today: TODAY, weeks: 0 })).toThrow('weeks: 0');
    expect(() => generateOutbreak({ today: TODAY, seed: 0.5 })).toThrow('seed: 0.5');
    const tree = { regions: 4, districts: 3, healthAreas: 9 };
    expect(() => generateOutbreak({ today: TODAY, tree })).toThrow('regions <= districts');
  });
});

describe('the data errors of a generated outbreak', () => {
  const classified = (person: Person, value: string) =>
    person.classification === `LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_${value}`;
  const age = (person: Person) => person.age as { years?: number; months?: number } | undefined;
  const KINDS: Record<string, (person: Person, levels: Map<string, number>) => boolean> = {
    'no age at all': person => !age(person) && !person.dob,
    'a date of birth only': person => !age(person) && person.dob !== undefined,
    'months only': person => age(person)?.months !== undefined && age(person)?.years === undefined,
    'a year of birth as age': person => (age(person)?.years ?? 0) > 1900,
    'no sex': person => person.gender === undefined,
    'no address': person => (person.addresses as unknown[]).length === 0,
    'a location that does not exist': (person, levels) =>
      person.usualPlaceOfResidenceLocationId !== null &&
      !levels.has(String(person.usualPlaceOfResidenceLocationId)),
    'a district': (person, levels) =>
      levels.get(String(person.usualPlaceOfResidenceLocationId)) === 3,
    'a region': (person, levels) =>
      levels.get(String(person.usualPlaceOfResidenceLocationId)) === 2,
    'the country': (person, levels) =>
      levels.get(String(person.usualPlaceOfResidenceLocationId)) === 1,
    'a custom classification': person => classified(person, 'CONFIRMED_ASYMPTOMATIC'),
    'another custom classification': person => classified(person, 'EPI_LINKED'),
    discarded: person => classified(person, 'NOT_A_CASE_DISCARDED'),
    deleted: person => person.deleted === true && person.deletedAt !== undefined,
    'no date of reporting': person => person.dateOfReporting === undefined,
    'a date in the future': person => daysBetween(TODAY, person.dateOfReporting) > 30,
    'a late report': person => daysBetween(person.dateOfOnset, person.dateOfReporting) > 40,
    'a report before the onset': person =>
      daysBetween(person.dateOfOnset, person.dateOfReporting) < 0,
    'a stay without an end': person =>
      (person.dateRanges as { startDate?: string; endDate?: string }[]).some(
        stay => stay.startDate && !stay.endDate,
      ),
    'a stay without a beginning': person =>
      (person.dateRanges as { startDate?: string }[]).some(stay => !stay.startDate),
  };

  it('all occur, whatever the seed', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const outbreak = generateOutbreak({ seed, today: TODAY, cases: 2 * CASES_WITH_ALL_DIRT });
        const levels = new Map(
          outbreak.orgUnits.map(({ id, code }) => [id, code!.split('-').length]),
        );
        const cases = casesOf(outbreak);
        const found = Object.keys(KINDS).filter(kind =>
          cases.some(person => KINDS[kind]!(person, levels)),
        );
        expect(found).toEqual(Object.keys(KINDS));
      }),
      { numRuns: 8 },
    );
  });

  it('leave most cases correct', () => {
    const outbreak = generateOutbreak({ seed: 11, today: TODAY });
    const levels = new Map(outbreak.orgUnits.map(({ id, code }) => [id, code!.split('-').length]));
    const ordinary = new Set(['a stay without an end', 'a date of birth only', 'a late report']);
    const cases = casesOf(outbreak);
    const clean = cases.filter(
      person =>
        !Object.keys(KINDS).some(kind => !ordinary.has(kind) && KINDS[kind]!(person, levels)),
    );
    expect(clean.length / cases.length).toBeGreaterThan(0.6);
  });
});

describe('a lazy outbreak', () => {
  const lazy = (cases: number) =>
    generateOutbreak({ seed: 9, today: TODAY, cases, lazy: true }).goData.sources![0]!.source;

  it('returns every case once, in the order of ids, for any page size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 60 }),
        (count, limit) => {
          const source = lazy(count);
          const people: Person[] = [];
          for (let last: string | undefined; ; last = people.at(-1)!.id) {
            const page = source.page(last, limit);
            people.push(...page);
            if (page.length < limit) break;
          }
          expect(source.count).toBe(count);
          expect(people.map(({ visualId }) => visualId)).toEqual(
            Array.from({ length: count }, (_, n) => `CASE-${String(n + 1).padStart(7, '0')}`),
          );
          const ids = people.map(({ id }) => id);
          expect(ids).toEqual([...new Set(ids)].sort());
        },
      ),
      runs,
    );
  });

  it('returns any of a million cases directly, and the same case every time', () => {
    const source = lazy(1_000_000);
    const [first] = source.page('0007a120', 1);
    expect(first!.visualId).toBe('CASE-0500001');
    expect(source.page('0007a120', 2)[0]).toEqual(first);
    expect(source.page(source.page('000f423f', 1)[0]!.id, 10)).toEqual([]);
  });

  it('skips the cases that are not deleted, from any case', () => {
    const source = lazy(200);
    const cases = source.page(undefined, 200);
    for (const [from, start] of [undefined, ...cases].entries()) {
      const present = cases.slice(from).filter(({ deleted }) => !deleted);
      for (const count of [1, 5, 60, 200]) {
        expect(source.skip(start?.id, count)).toBe(present[count - 1]?.id);
      }
    }
  });

  it('differs from the stored outbreak only in its ids', () => {
    const options = { seed: 9, today: TODAY, cases: 40 };
    const withoutIds = ({ id, relationshipsRepresentation, ...person }: Person) => person;
    expect(lazy(40).page(undefined, 40).map(withoutIds)).toEqual(
      casesOf(generateOutbreak(options)).map(withoutIds),
    );
  });
});
