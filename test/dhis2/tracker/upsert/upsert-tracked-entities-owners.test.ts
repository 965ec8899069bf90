import { describe, expect, it } from 'vitest';
import type { MappedEntity, MappedValue } from '#common/handover/mapped-tracked-entity-batch.js';
import { fingerprint, type Owner, openMemory, openMemoryKey } from '#common/ownership/index.js';
import { memoryNameOf } from '#common/ownership/owners.js';
import type { RunningDhis2 } from '#sandbox/dhis2/index.js';
import { MEMORY_KEY } from '#test/support/both-servers.js';
import {
  aBatch,
  aCase,
  attributesOf,
  clinical,
  closeServers,
  enrollmentOf,
  FEMALE,
  ID,
  MALE,
  made,
  type Ran,
  reportOf,
  startProgram,
  teOf,
  upsert,
  valuesOf,
  WHO,
} from '#test/support/tracked-entities.js';

closeServers();

const FEVER = `${WHO.clinical}.${WHO.fever}`;
const owners = (owner: Owner) => ({
  case: {
    lastName: { owner, dhis2: WHO.surname },
    gender: { owner, dhis2: WHO.sex },
    // Decided together: an age, and whether there is fever.
    age: { owner, dhis2: [WHO.age, FEVER] },
    'addresses.locationId': { owner, dhis2: 'orgUnit' },
    dateOfReporting: { owner, dhis2: 'enrolledAt' },
    riskLevel: { owner },
  },
});

/** What Go.Data has of a person. */
interface Record {
  lastName: string | null;
  gender: typeof FEMALE;
  age: string;
  fever: string;
  location: string;
  reported: string;
}
const RECORD: Record = {
  lastName: 'Obi',
  gender: FEMALE,
  age: '40',
  fever: 'NO',
  location: ID.facility,
  reported: '2026-08-10',
};

function toEntity(
  given: Partial<Record>,
  id = 'p',
  attributes: { [id: string]: MappedValue } = {},
) {
  const record = { ...RECORD, ...given };
  return aCase(id, {
    location: record.location,
    enrolledAt: record.reported,
    attributes: {
      [WHO.surname]: record.lastName,
      [WHO.sex]: record.gender,
      [WHO.age]: record.age,
      ...attributes,
    },
    events: [clinical({ [WHO.fever]: record.fever })],
    fingerprints: {
      lastName: fingerprint(record.lastName),
      gender: fingerprint(record.gender.id),
      age: fingerprint([record.age, record.fever]),
      'addresses.locationId': fingerprint(record.location),
      dateOfReporting: fingerprint(record.reported),
      riskLevel: fingerprint('HIGH'),
    },
  });
}

/** An edit in DHIS2. */
function edit(server: RunningDhis2, attributes: { [id: string]: string }, id = teOf('p')): void {
  const { tracker } = server.store;
  const entity = tracker.get('trackedEntities', id)!;
  tracker.put('trackedEntities', {
    ...entity,
    attributes: Object.entries({ ...attributesOf(server, id), ...attributes }).map(
      ([attribute, value]) => ({ attribute, value }),
    ),
  });
}

const clinicalId = made('event', `p ${enrollmentOf('p')} ${WHO.clinical}`);
const run = (server: RunningDhis2, entity: MappedEntity, owner: Owner, from?: Ran) =>
  upsert(server, aBatch([entity], [], { owners: owners(owner) }), {}, from);

const NEWER: Partial<Record> = {
  lastName: 'Eze',
  gender: MALE,
  age: '41',
  fever: 'YES',
  location: ID.otherDistrict,
  reported: '2026-08-09',
};

describe('a field', () => {
  it.each(['dhis2', 'godata', 'latest'] as const)(
    'of %s is written when its person is new',
    async owner => {
      const server = await startProgram();
      await run(server, toEntity({}), owner);
      expect(attributesOf(server, teOf('p'))).toMatchObject({
        [WHO.surname]: 'Obi',
        [WHO.sex]: 'FEMALE',
        [WHO.age]: '40',
      });
      expect(valuesOf(server, clinicalId)).toEqual({ [WHO.fever]: 'NO' });
    },
  );

  it('that DHIS2 owns is never written later, and is not a conflict', async () => {
    const server = await startProgram();
    const first = await run(server, toEntity({}), 'dhis2');
    const ran = await run(server, toEntity(NEWER, 'p', { [WHO.localId]: 'LOC-1' }), 'dhis2', first);
    expect(reportOf(ran)).toMatchObject({ updated: 1 });
    expect(attributesOf(server, teOf('p'))).toMatchObject({
      [WHO.surname]: 'Obi',
      [WHO.sex]: 'FEMALE',
      [WHO.age]: '40',
      [WHO.localId]: 'LOC-1',
    });
    expect(valuesOf(server, clinicalId)).toEqual({ [WHO.fever]: 'NO' });
    expect(server.store.tracker.get('enrollments', enrollmentOf('p'))).toMatchObject({
      enrolledAt: '2026-08-10T00:00:00.000',
      orgUnit: ID.facility,
    });
  });

  it.each(['godata', 'latest'] as const)("that is Go.Data's (%s) is written", async owner => {
    const server = await startProgram();
    const first = await run(server, toEntity({}), owner);
    await run(server, toEntity(NEWER), owner, first);
    expect(attributesOf(server, teOf('p'))).toMatchObject({
      [WHO.surname]: 'Eze',
      [WHO.sex]: 'MALE',
      [WHO.age]: '41',
    });
    expect(valuesOf(server, clinicalId)).toEqual({ [WHO.fever]: 'YES' });
    expect(server.store.tracker.get('trackedEntities', teOf('p'))!.orgUnit).toBe(ID.otherDistrict);
    expect(server.store.tracker.get('enrollments', enrollmentOf('p'))).toMatchObject({
      enrolledAt: '2026-08-09T00:00:00.000',
      orgUnit: ID.otherDistrict,
    });
  });

  it('that Go.Data owns is written over an edit in DHIS2', async () => {
    const server = await startProgram();
    const first = await run(server, toEntity({}), 'godata');
    edit(server, { [WHO.surname]: 'Byhand' });
    await run(server, toEntity({}), 'godata', first);
    expect(attributesOf(server, teOf('p'))[WHO.surname]).toBe('Obi');
  });
});

describe('a field that both may change', () => {
  it('stays if it was changed in DHIS2, and is written if it was changed in Go.Data', async () => {
    const server = await startProgram();
    const first = await run(server, toEntity({}), 'latest');
    edit(server, { [WHO.surname]: 'Byhand' });
    const second = await run(server, toEntity({ gender: MALE, age: '41' }), 'latest', first);
    expect(reportOf(second).rejected).toBeUndefined();
    expect(attributesOf(server, teOf('p'))).toMatchObject({
      [WHO.surname]: 'Byhand',
      [WHO.sex]: 'MALE',
      [WHO.age]: '41',
    });
    server.requests.reset();
    await run(server, toEntity({ gender: MALE, age: '41' }), 'latest', second);
    expect(server.requests.writes()).toBe(0);
  });

  it('is a conflict if both changed it: both values stay, the rest is written, and it is tried again', async () => {
    const server = await startProgram();
    const first = await run(server, toEntity({}), 'latest');
    edit(server, { [WHO.surname]: 'Byhand', [WHO.age]: '50' });
    const second = await run(server, toEntity(NEWER), 'latest', first);
    expect(reportOf(second).rejected).toEqual([
      {
        kind: 'case',
        id: 'p',
        code: 'CONFLICT',
        message:
          'Surname (lastName): changed in both systems to different values. Both stay. Make them equal in one of the systems.',
        field: 'lastName',
        changedAt: { dhis2: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
      },
      expect.objectContaining({
        message: expect.stringMatching(/^Patinfo ageonset, Signsymp fever \(age\)/),
      }),
    ]);
    expect(attributesOf(server, teOf('p'))).toMatchObject({
      [WHO.surname]: 'Byhand',
      [WHO.sex]: 'MALE',
      [WHO.age]: '50',
    });
    // Decided together: not even the unedited part is written.
    expect(valuesOf(server, clinicalId)).toEqual({ [WHO.fever]: 'NO' });
    expect(second.cursor!.people!.retry).toEqual(['p']);
    edit(server, { [WHO.surname]: 'Eze', [WHO.age]: '41' });
    const third = await run(server, toEntity({ ...NEWER, fever: 'NO' }), 'latest', second);
    expect(reportOf(third).rejected).toBeUndefined();
    expect(third.cursor!.people!.retry).toBeUndefined();
  });

  it('that is cleared in Go.Data is cleared', async () => {
    const server = await startProgram();
    const first = await run(server, toEntity({}), 'latest');
    await run(server, toEntity({ lastName: null }), 'latest', first);
    expect(attributesOf(server, teOf('p'))).not.toHaveProperty(WHO.surname);
  });

  it.each([
    ['godata', teOf('p'), 'p', 'Obi'],
    ['dhis2', 'PersonDhis2', 'PersonDhis2', 'Byhand'],
  ])(
    'without memory belongs to the system in which the person was first entered: %s',
    async (_, te, id, name) => {
      const server = await startProgram();
      if (id === 'p') await run(server, toEntity({}), 'latest');
      else {
        const { tracker } = server.store;
        tracker.put('trackedEntities', {
          trackedEntity: te,
          trackedEntityType: WHO.person,
          orgUnit: ID.facility,
        });
        tracker.put('enrollments', {
          enrollment: 'EnrolDhis21',
          trackedEntity: te,
          program: WHO.cases,
          orgUnit: ID.facility,
          enrolledAt: '2026-08-10',
        });
      }
      edit(server, { [WHO.surname]: 'Byhand' }, te);
      await run(server, toEntity({}, id), 'latest');
      expect(attributesOf(server, te)[WHO.surname]).toBe(name);
    },
  );

  it('that DHIS2 refused does not count as written', async () => {
    const server = await startProgram();
    const first = await run(server, toEntity({}), 'latest');
    const second = await run(server, toEntity({ age: 'forty', fever: 'YES' }), 'latest', first);
    expect(reportOf(second).adjusted).toMatchObject([{ code: 'E1007' }]);
    // Fever was accepted, and age is still to come: no conflict with our own write.
    expect(valuesOf(server, clinicalId)).toEqual({ [WHO.fever]: 'YES' });
    const third = await run(server, toEntity({ age: '44', fever: 'YES' }), 'latest', second);
    expect(reportOf(third).rejected).toBeUndefined();
    expect(attributesOf(server, teOf('p'))[WHO.age]).toBe('44');
  });
});

describe('what is remembered', () => {
  it('does not include a person whom DHIS2 refuses', async () => {
    const server = await startProgram({
      seed: seed => {
        for (const part of seed.trackedEntityTypes![0]!.trackedEntityTypeAttributes) {
          if (part.trackedEntityAttribute.id === WHO.sex) part.mandatory = true;
        }
      },
    });
    const refused = toEntity({}, 'p', { [WHO.firstName]: 'A', [WHO.sex]: 'UNKNOWN' });
    const ran = await run(server, refused, 'latest');
    expect(reportOf(ran)).toMatchObject({ created: 0 });
    expect(ran.memory).toBeUndefined();
  });

  it('of a new person is what both have; fields without a place in DHIS2 count as not seen yet', async () => {
    const server = await startProgram();
    const ran = await run(server, toEntity({}), 'latest');
    const memory = openMemory(ran.memory, openMemoryKey(MEMORY_KEY));
    const nameOf = (field: keyof ReturnType<typeof owners>['case']) =>
      memoryNameOf(field, owners('latest').case[field]);
    expect(memory.recall(teOf('p'), nameOf('lastName'))).toEqual(
      memory.seal(teOf('p'), nameOf('lastName'), {
        godata: fingerprint('Obi'),
        dhis2: fingerprint(['Obi']),
      }),
    );
    expect(memory.recall(teOf('p'), nameOf('age'))).toEqual(
      memory.seal(teOf('p'), nameOf('age'), {
        godata: fingerprint(['40', 'NO']),
        dhis2: fingerprint(['40', 'NO']),
      }),
    );
    expect(memory.recall(teOf('p'), nameOf('riskLevel'))).toEqual(
      memory.seal(teOf('p'), nameOf('riskLevel'), {
        godata: fingerprint('HIGH'),
        dhis2: '?????',
      }),
    );
  });

  it('contains no values, and a dry run does not change it', async () => {
    const server = await startProgram();
    const first = await run(server, toEntity({}), 'latest');
    expect(JSON.stringify(first.memory)).not.toMatch(/Obi|Secretname|FEMALE/);
    const batch = aBatch([toEntity(NEWER)], [], { owners: owners('latest') });
    const dry = await upsert(server, batch, {}, { ...first, dryRun: true });
    expect(dry.memory).toEqual(first.memory);
    expect(dry.cursor).toEqual(first.cursor);
    expect(attributesOf(server, teOf('p'))[WHO.surname]).toBe('Obi');
  });
});
