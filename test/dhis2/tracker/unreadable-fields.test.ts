import { beforeAll, describe, expect, it } from 'vitest';
import type { FetchedTrackedEntityBatch } from '#common/handover/fetched-tracked-entity-batch.js';
import { fetchTrackedEntities } from '#dhis2/Adaptor.js';
import type { PersonView } from '#godata/people/map/view/person-view.js';
import type { Dhis2Seed } from '#sandbox/dhis2/index.js';
import * as godata from '../../godata/people/support.js';
import {
  aBatch,
  aCase,
  aContact,
  clinical,
  closeServers,
  exposure,
  labResult,
  living,
  startProgram,
  upsert,
  WHO,
} from '../../support/tracked-entities.js';

// What the account may not read in DHIS2 is missing in its answers, as if it were empty: events and
// relationships in every version, values from the releases after 2.43.1. Nothing must be written
// because of that, in either direction.

closeServers();

let shipped: godata.ShippedJob;
beforeAll(async () => {
  shipped = await godata.loadShippedJob();
});

const close =
  (id: string, what: 'metadata' | 'data' = 'metadata') =>
  (seed: Dhis2Seed) => {
    const shared = [
      ...seed.dataElements,
      ...seed.trackedEntityAttributes!,
      ...seed.trackedEntityTypes!,
      ...seed.programs!,
      ...seed.programStages!,
      ...seed.relationshipTypes!,
    ].find(one => one.id === id)!;
    const key = what === 'data' ? 'readDataAccess' : 'readAccess';
    Object.assign(shared, { [key]: ['admin'] });
  };

const people = () => aBatch([aCase('p', { events: [clinical({ [WHO.onset]: '2026-03-01' })] })]);

async function readBack(
  version: string,
  id?: string,
  what?: 'metadata' | 'data',
): Promise<FetchedTrackedEntityBatch> {
  const seed = id === undefined ? undefined : close(id, what);
  const server = await startProgram({ version, ...(seed && { seed }) });
  await upsert(server, people(), {}, { username: 'admin' });
  const configuration = { hostUrl: server.url, username: 'integration', password: 'secret' };
  const { data } = await fetchTrackedEntities({
    program: WHO.cases,
    contactProgram: WHO.contacts,
  })({ configuration });
  return JSON.parse(JSON.stringify(data));
}

const map =
  (data: FetchedTrackedEntityBatch, more: Partial<godata.ShippedJob['options']> = {}) =>
  () =>
    godata.runMapCases(shipped.mapping, data, { ...shipped.options, ...more });

const naming = (type: string) => ({ relationshipTypes: { [type]: 'from' as const } });

describe.each(['2.40', '2.42', '2.43.2', '2.44'])('from DHIS2 %s', version => {
  it.each([
    ['an attribute', WHO.firstName, 'metadata'],
    ['a data element', WHO.onset, 'metadata'],
    ['a stage', WHO.clinical, 'metadata'],
    ['a stage', WHO.clinical, 'data'],
  ] as const)('%s (%s) that the mapping reads stops the run: no %s read', async (_, id, what) => {
    const data = await readBack(version, id, what);
    expect(data.unreadable).toEqual([id]);
    expect(map(data)).toThrow(
      expect.objectContaining({
        code: 'UNREADABLE_FIELDS',
        kind: 'configuration',
        message: expect.stringContaining(id),
      }),
    );
  });

  it.each([
    ['data element', WHO.onset],
    ['stage', WHO.clinical],
  ])('a %s that only the owner table names stops the run', async (_, id) => {
    const data = await readBack(version, id);
    const toPerson = (person: PersonView) => ({ lastName: person.attribute(WHO.surname) });
    const owner = { owner: 'latest' as const, dhis2: `${WHO.clinical}.${WHO.onset}` };
    const owners = { case: { dateOfOnset: owner } };
    expect(() =>
      godata.runMapCases({ case: toPerson, contact: toPerson }, data, { owners }),
    ).toThrow(expect.objectContaining({ code: 'UNREADABLE_FIELDS' }));
  });

  it('an id that neither the mapping nor its owner table names does not stop the run', async () => {
    const data = await readBack(version, WHO.firstName);
    const toPerson = (person: PersonView) => ({ lastName: person.attribute(WHO.surname) });
    const mapping = { case: toPerson, contact: toPerson };
    const { data: mapped } = godata.runMapCases(mapping, data);
    expect(mapped.people).toMatchObject([{ fields: { lastName: expect.any(String) } }]);
  });

  it.each(['metadata', 'data'] as const)(
    'a relationship type that the mapping names stops the run without %s read, one that it does not name stops nothing',
    async what => {
      const data = await readBack(version, WHO.inContact, what);
      expect(map(data, naming(WHO.inContact))).toThrow(
        expect.objectContaining({
          code: 'UNREADABLE_FIELDS',
          message: expect.stringContaining(WHO.inContact),
        }),
      );
      expect(map(data)).not.toThrow();
      expect(map(await readBack(version), naming(WHO.inContact))).not.toThrow();
    },
  );

  it.each([
    ['program', WHO.cases],
    ['program of contacts', WHO.contacts],
    ['tracked entity type', WHO.person],
  ])('a closed %s fails the read', async (_, id) => {
    await expect(readBack(version, id, 'data')).rejects.toMatchObject({
      code: 'MISSING_PERMISSION',
    });
  });

  it('nothing is reported if the account may read everything', async () => {
    const data = await readBack(version);
    expect(data).not.toHaveProperty('unreadable');
    expect(map(data)).not.toThrow();
  });
});

describe.each(['2.40', '2.42', '2.43.2', '2.44'])('toward DHIS2 %s', version => {
  it.each([
    ['attribute', WHO.firstName],
    ['attribute', WHO.sex],
    ['data element', WHO.result],
  ])('the %s %s that the mapping gives stops the run before it writes', async (what, id) => {
    const server = await startProgram({ version, seed: close(id) });
    const batch = aBatch([aCase('p', { events: [labResult('lab')] })]);
    await expect(upsert(server, batch)).rejects.toMatchObject({
      code: 'BAD_MAPPING',
      kind: 'configuration',
      message: expect.stringMatching(new RegExp(`may not read the ${what} .*${id}`)),
    });
    expect(server.requests.writes()).toBe(0);
    expect(living(server, 'trackedEntities')).toEqual([]);
  });

  it.each([
    ['program', WHO.cases],
    ['tracked entity type', WHO.person],
    ['stage', WHO.labResult],
    ['relationship type', WHO.inContact],
  ])('the %s %s that the mapping gives stops the run before it writes', async (what, id) => {
    const server = await startProgram({ version, seed: close(id, 'data') });
    const people = [aCase('p', { events: [labResult('lab')] }), aContact('q')];
    const batch = aBatch(people, [exposure('r', 'p', 'q')]);
    await expect(upsert(server, batch)).rejects.toMatchObject({
      code: 'BAD_MAPPING',
      message: expect.stringMatching(new RegExp(`may not read data of the ${what} .*${id}`)),
    });
    expect(server.requests.writes()).toBe(0);
    expect(living(server, 'trackedEntities')).toEqual([]);
  });
});
