import { afterEach, describe, expect, it } from 'vitest';
import { labResultEvent, uidOf } from '#common/identity/uid.js';
import { fingerprint, type Owners } from '#common/ownership/index.js';
import type { RunningGoData } from '#sandbox/godata/index.js';
import {
  aBatch,
  aPerson,
  DISTRICT_A,
  DISTRICT_B,
  ref,
  startPeopleServer,
  upsertPeopleBatch,
} from '#test/support/people.js';

const open: RunningGoData[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()));
});

async function start(): Promise<RunningGoData> {
  const server = await startPeopleServer();
  open.push(server);
  return server;
}

const ID = 'TrackedEnt1';
const ATTRIBUTE = 'ENRjVGxVL6l';

/** A person with this surname and telephone number in DHIS2. */
function aPatient(values: { lastName?: string | null; phoneNumber?: string; answer?: string }) {
  const { lastName = 'Old', phoneNumber = '111', answer = 'NO' } = values;
  const usual = ref('ADDRESS_TYPE', 'USUAL_PLACE_OF_RESIDENCE');
  return aPerson(
    ID,
    {
      lastName,
      addresses: [{ typeId: usual, locationId: DISTRICT_A, phoneNumber }],
      questionnaireAnswers: { fever: [{ value: answer }], cough: [{ value: 'YES' }] },
    },
    {
      fingerprints: {
        lastName: fingerprint([lastName]),
        'addresses.phoneNumber': fingerprint([phoneNumber]),
        questionnaireAnswers: fingerprint([answer]),
      },
    },
  );
}

const ownedBy = (owner: 'dhis2' | 'godata' | 'latest'): Owners => ({
  case: {
    lastName: { owner, dhis2: ATTRIBUTE },
    'addresses.phoneNumber': { owner, dhis2: 'fctSQp5nAYl' },
    questionnaireAnswers: { owner, dhis2: { fever: 'LpWNjNGvCO5.EWZcuvPOrJF' } },
  },
});

const edit = (server: RunningGoData, changes: object) => {
  const record = server.store.people.get(ID)!;
  server.store.people.put({ ...record, ...changes });
};

const stored = (server: RunningGoData) => server.store.people.get(ID)!;

describe('for a person whom both systems have', () => {
  const newer = aPatient({ lastName: 'New', phoneNumber: '222', answer: 'YES' });

  it('fields that dhis2 owns are written, those that godata owns only when the person is created', async () => {
    const server = await start();
    await upsertPeopleBatch(server, aBatch([aPatient({})], [], { owners: ownedBy('godata') }));
    expect(stored(server)).toMatchObject({ lastName: 'Old' });
    const mine = aBatch([newer], [], { owners: ownedBy('godata') });
    const left = await upsertPeopleBatch(server, mine);
    expect(left.report?.['upsert-cases']).toMatchObject({ unchanged: 1, updated: 0 });
    expect(stored(server)).toMatchObject({
      lastName: 'Old',
      addresses: [{ phoneNumber: '111' }],
      questionnaireAnswers: { fever: [{ value: 'NO' }] },
    });
    await upsertPeopleBatch(server, aBatch([newer], [], { owners: ownedBy('dhis2') }));
    expect(stored(server)).toMatchObject({
      lastName: 'New',
      addresses: [{ locationId: DISTRICT_A, phoneNumber: '222' }],
      questionnaireAnswers: { fever: [{ value: 'YES' }], cough: [{ value: 'YES' }] },
    });
  });

  it('an edit in DHIS2 is written, an edit in Go.Data stays', async () => {
    const server = await start();
    const owners = ownedBy('latest');
    const first = await upsertPeopleBatch(server, aBatch([aPatient({})], [], { owners }));
    edit(server, { lastName: 'Byhand' });
    const newPhone = aPatient({ phoneNumber: '222' });
    const second = await upsertPeopleBatch(
      server,
      aBatch([newPhone], [], { owners }),
      {},
      { memory: first.memory },
    );
    expect(stored(server)).toMatchObject({
      lastName: 'Byhand',
      addresses: [{ locationId: DISTRICT_A, phoneNumber: '222' }],
    });
    expect(second.report?.['upsert-cases']?.rejected).toBeUndefined();
    server.requests.reset();
    await upsertPeopleBatch(server, aBatch([newPhone], [], { owners }), {}, second);
    expect(server.requests.writes()).toBe(0);
  });

  it('edits in both systems are a conflict: both stay, the rest is written, the person is read again', async () => {
    const server = await start();
    const owners = ownedBy('latest');
    const first = await upsertPeopleBatch(server, aBatch([aPatient({})], [], { owners }));
    edit(server, { lastName: 'Byhand' });
    const second = await upsertPeopleBatch(server, aBatch([newer], [], { owners }), {}, first);
    expect(stored(server)).toMatchObject({
      lastName: 'Byhand',
      addresses: [{ phoneNumber: '222' }],
    });
    const { rejected, rejectedCount } = second.report!['upsert-cases']!;
    expect(rejectedCount).toBe(1);
    expect(rejected).toMatchObject([{ kind: 'case', id: ID, code: 'CONFLICT' }]);
    expect(rejected![0]!.message).toContain('lastName');
    expect(JSON.stringify(second)).not.toContain('Byhand');
    expect(second.cursor).toMatchObject({ retry: [ID] });
    // Somebody decides and enters the value in both systems.
    edit(server, { lastName: 'New' });
    const third = await upsertPeopleBatch(server, aBatch([newer], [], { owners }), {}, second);
    expect(third.report!['upsert-cases']!.rejected).toBeUndefined();
    edit(server, { lastName: 'Byhand' });
    const fourth = await upsertPeopleBatch(server, aBatch([newer], [], { owners }), {}, third);
    expect(fourth.report!['upsert-cases']!.rejected).toBeUndefined();
    expect(stored(server)).toMatchObject({ lastName: 'Byhand' });
  });

  it('a part of a field that both systems changed alike is no conflict beside another part that differs', async () => {
    const server = await start();
    const owners = ownedBy('latest');
    const first = await upsertPeopleBatch(server, aBatch([aPatient({})], [], { owners }));
    const [residence] = stored(server).addresses as object[];
    edit(server, { addresses: [{ ...residence, phoneNumber: '222' }] });
    const moved = aPatient({ phoneNumber: '222' });
    const [usual] = moved.fields.addresses as object[];
    moved.fields.addresses = [{ ...usual, locationId: DISTRICT_B }];
    const second = await upsertPeopleBatch(server, aBatch([moved], [], { owners }), {}, first);
    expect(second.report!['upsert-cases']!.rejected).toBeUndefined();
    expect(stored(server)).toMatchObject({
      addresses: [{ locationId: DISTRICT_B, phoneNumber: '222' }],
    });
  });

  it('null clears a value that was not edited, and conflicts with one that was', async () => {
    const server = await start();
    const owners = ownedBy('latest');
    const first = await upsertPeopleBatch(server, aBatch([aPatient({})], [], { owners }));
    const cleared = aBatch([aPatient({ lastName: null })], [], { owners });
    await upsertPeopleBatch(server, cleared, {}, first);
    expect(stored(server).lastName).toBeNull();
    edit(server, { lastName: 'Byhand' });
    const again = await upsertPeopleBatch(server, cleared, {}, first);
    expect(again.report!['upsert-cases']!.rejected).toMatchObject([{ code: 'CONFLICT' }]);
  });

  it.each([
    ['dhis2', 'New'],
    ['godata', 'Byhand'],
  ] as const)(
    'without a memory, %s wins when the person was first entered there',
    async (origin, name) => {
      const server = await start();
      const owners = ownedBy('latest');
      await upsertPeopleBatch(server, aBatch([aPatient({})], [], { owners }));
      edit(server, { lastName: 'Byhand' });
      await upsertPeopleBatch(server, aBatch([{ ...newer, origin }], [], { owners }));
      expect(stored(server)).toMatchObject({ lastName: name });
    },
  );

  it('a dry run does not change the memory', async () => {
    const server = await start();
    const owners = ownedBy('latest');
    const first = await upsertPeopleBatch(server, aBatch([aPatient({})], [], { owners }));
    const dry = await upsertPeopleBatch(
      server,
      aBatch([newer], [], { owners }),
      {},
      { ...first, dryRun: true },
    );
    expect(dry.memory).toEqual(first.memory);
  });

  it('the cursor of the other direction stays', async () => {
    const server = await start();
    const people = { retry: ['someone'] };
    const { cursor } = await upsertPeopleBatch(server, aBatch([newer]), {}, { cursor: { people } });
    expect(cursor).toMatchObject({ people });
  });
});

describe('a record that DHIS2 got from Go.Data', () => {
  const SECOND = 'TrackedEnt2';
  const contact = aPerson(SECOND, {}, { kind: 'contact', orgUnit: DISTRICT_B });
  const aLabResult = (key: string) => ({
    ...aPatient({}),
    labResults: [{ key, fields: { result: ref('LAB_TEST_RESULT', 'NEGATIVE') } }],
  });
  const anExposure = (key: string) => ({
    key,
    source: ID,
    target: SECOND,
    fields: { contactDate: '2026-01-01' },
    origin: { id: key, type: 'ipjUWSTPKFt', from: ID, to: SECOND },
  });

  it.each([1, 2])('is not changed, and is found by its UID of generation %i', async generation => {
    const server = await start();
    const base = aBatch([aPatient({}), contact]);
    await upsertPeopleBatch(server, base);
    const outbreakId = stored(server).outbreakId as string;
    const at = { outbreakId, createdAt: '2026-02-01T00:00:00.000Z' };
    server.store.labResults.put({
      ...at,
      id: 'lab-1',
      personId: ID,
      personType: 'case',
      result: 'x',
    });
    server.store.relationships.put({
      ...at,
      id: 'relationship-1',
      contactDate: '2026-03-03T00:00:00.000Z',
      persons: [
        { id: ID, type: 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE', source: true },
        { id: SECOND, type: 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CONTACT', target: true },
      ],
    });
    const event = uidOf({ ...labResultEvent('godata', 'lab-1'), generation });
    const key = uidOf({ server: 'godata', kind: 'relationship', id: 'relationship-1', generation });
    const back = aBatch([aLabResult(event), contact], [anExposure(key)]);
    server.requests.reset();
    await upsertPeopleBatch(server, back);
    expect(server.requests.writes()).toBe(0);
    // A record that was deleted there is not created again.
    const { labResults, relationships } = server.store;
    for (const one of labResults.list()) labResults.put({ ...one, deleted: true });
    for (const one of relationships.list()) relationships.put({ ...one, deleted: true });
    await upsertPeopleBatch(server, back);
    expect(server.requests.writes()).toBe(0);
    // A record of another Go.Data does not belong to this one.
    await upsertPeopleBatch(server, { ...back, server: 'other' });
    expect(server.requests.writes()).toBeGreaterThan(0);
  });
});
