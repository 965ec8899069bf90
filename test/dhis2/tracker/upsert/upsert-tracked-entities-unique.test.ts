import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dhis2Seed, RunningDhis2 } from '#sandbox/dhis2/index.js';
import { runs } from '#test/support/runs.js';
import {
  aBatch,
  aCase,
  aContact,
  attributeIn,
  attributesOf,
  closeServers,
  exposure,
  ID,
  labResult,
  living,
  reportOf,
  startProgram,
  teOf,
  upsert,
  VERSIONS,
  WHO,
} from '#test/support/tracked-entities.js';

closeServers();

/** The attribute whose values are unique, everywhere or within an org unit. */
const unique =
  (orgunitScope = false) =>
  (seed: Dhis2Seed) => {
    Object.assign(attributeIn(seed, WHO.localId), { unique: true, orgunitScope });
  };
const numbered = (id: string, value: string | null, more: Parameters<typeof aCase>[1] = {}) =>
  aCase(id, { ...more, attributes: { [WHO.localId]: value } });
const numberOf = (server: RunningDhis2, person: string) =>
  attributesOf(server, teOf(person))[WHO.localId];
const rejectedOf = (ran: Awaited<ReturnType<typeof upsert>>) =>
  (reportOf(ran).rejected ?? []).map(({ id, code }) => [id, code]);

describe.each(VERSIONS)('two people with one unique value, on DHIS2 %s', version => {
  it('are never both written: the second is rejected, and the field named', async () => {
    const server = await startProgram({ version, seed: unique() });
    const batch = aBatch(
      [
        numbered('p', 'N1'),
        numbered('q', 'N1', { events: [labResult('lab')] }),
        aContact('c'),
        numbered('r', 'n1'),
      ],
      [exposure('1', 'p', 'c'), exposure('2', 'q', 'c')],
    );
    const ran = await upsert(server, batch);
    expect(reportOf(ran).rejected![0]).toEqual({
      kind: 'case',
      id: 'q',
      code: 'DUPLICATE_VALUE',
      message: `Patinfo id (${WHO.localId}): the person p has the same value, which must be unique. This person is not written. Merge both in Go.Data, or correct one of them.`,
    });
    expect(JSON.stringify(ran.report)).not.toContain('N1');
    expect(living(server, 'trackedEntities')).toHaveLength(3);
    expect(ran.cursor!.people!.retry).toContain('q');
    server.requests.reset();
    const again = await upsert(server, batch);
    expect(server.requests.writes()).toBe(0);
    expect(rejectedOf(again)[0]).toEqual(['q', 'DUPLICATE_VALUE']);
    // After a correction, the second person is written with everything.
    const [p, , c, r] = batch.entities;
    const corrected = numbered('q', 'N2', { events: [labResult('lab')] });
    const last = await upsert(server, aBatch([p!, corrected, c!, r!], batch.relationships));
    expect(rejectedOf(last)).toEqual([]);
    expect(living(server, 'relationships')).toHaveLength(2);
  });

  it('unique within the org unit, are both written at two of them, and only one at the same', async () => {
    const server = await startProgram({ version, seed: unique(true) });
    const ran = await upsert(
      server,
      aBatch([
        numbered('p', 'N1'),
        numbered('q', 'N1', { location: ID.otherDistrict }),
        numbered('r', 'N1'),
      ]),
    );
    expect(rejectedOf(ran)).toEqual([['r', 'DUPLICATE_VALUE']]);
    expect(['p', 'q'].map(id => numberOf(server, id))).toEqual(['N1', 'N1']);
  });
});

describe('a value that must be unique', () => {
  it('stays with the person who has it in DHIS2, whoever comes first', async () => {
    const server = await startProgram({ seed: unique() });
    await upsert(server, aBatch([numbered('p', 'N1')]));
    server.requests.reset();
    const ran = await upsert(server, aBatch([numbered('q', 'N1'), numbered('p', 'N1')]));
    expect(rejectedOf(ran)).toEqual([['q', 'DUPLICATE_VALUE']]);
    expect(server.requests.writes()).toBe(0);
  });

  it('is noticed across the requests of a run', async () => {
    const server = await startProgram({ seed: unique() });
    const batch = aBatch([numbered('p', 'N1'), aCase('x'), numbered('q', 'N1')]);
    const ran = await upsert(server, batch, { chunkSize: 2 });
    expect(rejectedOf(ran)).toEqual([['q', 'DUPLICATE_VALUE']]);
    expect(living(server, 'trackedEntities')).toHaveLength(2);
  });

  it('is not changed for an existing person, and the rest is written', async () => {
    const server = await startProgram({ seed: unique() });
    await upsert(server, aBatch([numbered('p', 'N1'), numbered('q', 'N2')]));
    const changed = aCase('q', { attributes: { [WHO.localId]: 'N1', [WHO.firstName]: 'New' } });
    const ran = await upsert(server, aBatch([changed, numbered('p', 'N1')]));
    expect(reportOf(ran).rejected).toMatchObject([
      { id: 'q', code: 'DUPLICATE_VALUE', message: expect.stringContaining('keeps its own') },
    ]);
    expect(attributesOf(server, teOf('q'))).toMatchObject({
      [WHO.localId]: 'N2',
      [WHO.firstName]: 'New',
    });
    server.requests.reset();
    await upsert(server, aBatch([changed, numbered('p', 'N1')]));
    expect(server.requests.writes()).toBe(0);
  });

  it('is written in the same run if its holder gives it up, along a chain too', async () => {
    const server = await startProgram({ seed: unique() });
    await upsert(server, aBatch([numbered('p', 'N1'), numbered('q', 'N2'), numbered('r', 'N3')]));
    const batch = aBatch([
      numbered('new', 'N1'),
      numbered('p', 'N2'),
      numbered('q', 'N3'),
      numbered('r', null),
    ]);
    const ran = await upsert(server, batch);
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(['new', 'p', 'q', 'r'].map(id => numberOf(server, id))).toEqual([
      'N1',
      'N2',
      'N3',
      undefined,
    ]);
    server.requests.reset();
    await upsert(server, batch);
    expect(server.requests.writes()).toBe(0);
  });

  it('stays if two people exchange theirs, because DHIS2 refuses each of the two steps', async () => {
    const server = await startProgram({ seed: unique() });
    await upsert(server, aBatch([numbered('p', 'N1'), numbered('q', 'N2')]));
    const ran = await upsert(server, aBatch([numbered('p', 'N2'), numbered('q', 'N1')]));
    expect(rejectedOf(ran)).toEqual([
      ['p', 'DUPLICATE_VALUE'],
      ['q', 'DUPLICATE_VALUE'],
    ]);
    expect(['p', 'q'].map(id => numberOf(server, id))).toEqual(['N1', 'N2']);
  });

  it('within an org unit is checked at the org unit to which a person moves', async () => {
    const server = await startProgram({ seed: unique(true) });
    await upsert(
      server,
      aBatch([numbered('p', 'N1'), numbered('q', 'N1', { location: ID.otherDistrict })]),
    );
    const ran = await upsert(server, aBatch([numbered('p', 'N1', { location: ID.otherDistrict })]));
    expect(rejectedOf(ran)).toContainEqual(['p', 'E1064']);
    expect(server.store.tracker.get('trackedEntities', teOf('p'))!.orgUnit).toBe(ID.facility);
  });
});

describe('whatever people have', () => {
  const person = fc.record({
    number: fc.constantFrom(null, 'A', 'a', 'B', 'C'),
    phone: fc.constantFrom(null, '+999 1001', '+999 1002', '+999 1003'),
    location: fc.constantFrom<string>(ID.facility, ID.otherDistrict),
  });
  const world = fc.record({
    isScoped: fc.boolean(),
    people: fc.array(person, { minLength: 2, maxLength: 8 }),
    chunkSize: fc.constantFrom(2, 5, 500),
    isShuffled: fc.boolean(),
  });

  it('no two have one unique value, everybody is written or reported, and a second run writes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ isScoped, people, chunkSize, isShuffled }) => {
        const server = await startProgram({
          seed: seed => {
            unique(isScoped)(seed);
            attributeIn(seed, WHO.phone).unique = true;
          },
        });
        const entities = people.map(({ number, phone, location }, n) =>
          aCase(`p${n}`, {
            location,
            attributes: { [WHO.localId]: number, [WHO.phone]: phone },
          }),
        );
        const ran = await upsert(server, aBatch(entities), { chunkSize });
        const held = new Set((reportOf(ran).rejected ?? []).map(({ id }) => id));
        expect(new Set(rejectedOf(ran).map(([, code]) => code)).size).toBeLessThanOrEqual(1);
        for (const [, code] of rejectedOf(ran)) expect(code).toBe('DUPLICATE_VALUE');
        const there = living(server, 'trackedEntities');
        expect(there.length + held.size).toBe(entities.length);
        const keys = there.flatMap(({ orgUnit, attributes }) =>
          attributes
            .filter(({ attribute }) => [WHO.localId, WHO.phone].some(id => id === attribute))
            .map(({ attribute, value }) => {
              const scope = isScoped && attribute === WHO.localId ? orgUnit : '';
              return `${attribute} ${scope} ${value}`;
            }),
        );
        expect(new Set(keys).size).toBe(keys.length);
        server.requests.reset();
        const order = isShuffled ? [...entities].reverse() : entities;
        const again = await upsert(server, aBatch(order), { chunkSize });
        // Another person may be first now, but no new person gets the value: it stays claimed.
        expect(server.requests.writes()).toBe(0);
        expect(new Set((reportOf(again).rejected ?? []).map(({ id }) => id))).toEqual(held);
      }),
      runs(8, 120),
    );
  });
});
