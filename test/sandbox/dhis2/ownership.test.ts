import { describe, expect, it } from 'vitest';
import { Dhis2Store } from '#sandbox/dhis2/store/dhis2-store.js';
import { aServer } from './support/client.js';
import { ID } from './support/seed.js';
import { aTrackerSeed, PEOPLE, WHO } from './support/tracker-seed.js';

const PUT = { method: 'PUT' };
const POST = { method: 'POST' };
const transfer = (orgUnit: string, name = 'orgUnit') =>
  `/api/tracker/ownership/transfer?trackedEntity=${PEOPLE.case}&program=${WHO.cases}&${name}=${orgUnit}`;

async function serve(
  version = '2.42',
  change: (seed: ReturnType<typeof aTrackerSeed>) => void = () => {},
) {
  const seed = aTrackerSeed();
  change(seed);
  const server = await aServer({ version, seed });
  const ownerOf = async () => {
    const path = `/api/tracker/trackedEntities/${PEOPLE.case}?program=${WHO.cases}&fields=programOwners`;
    return (await server.get(path, 'admin')).body.programOwners[0].orgUnit;
  };
  return { ...server, ownerOf };
}

// Recordings 327 to 332.
describe('the owning org unit of a person in a program', () => {
  it('stays when the enrollment moves to another org unit', async () => {
    const { ownerOf, store, get } = await serve();
    const one = store.tracker.get('enrollments', 'EnrolCase01')!;
    store.tracker.put('enrollments', { ...one, orgUnit: ID.otherDistrict });
    expect(await ownerOf()).toBe(ID.facility);
    const { body } = await get(`/api/tracker/trackedEntities?program=${WHO.cases}`);
    expect(body.trackedEntities).toHaveLength(1);
  });

  it('is transferred, and then the users of the new org unit see the person', async () => {
    const { ownerOf, request, get, store } = await serve();
    const { status, body } = await request(transfer(ID.otherDistrict), PUT, 'admin');
    expect([status, body.message]).toEqual([200, 'Ownership transferred']);
    expect(await ownerOf()).toBe(ID.otherDistrict);
    expect(store.tracker.get('enrollments', 'EnrolCase01')!.orgUnit).toBe(ID.facility);
    const list = await get(`/api/tracker/trackedEntities?program=${WHO.cases}`);
    expect(list.body.trackedEntities).toEqual([]);
    const again = Dhis2Store.fromJSON(JSON.parse(JSON.stringify(store)));
    expect(again.tracker.ownerOf(PEOPLE.case, WHO.cases)).toBe(ID.otherDistrict);
  });

  it.each([
    ['2.42', 200, 'Ownership transferred'],
    ['2.43', 404, 'Tracked entity not transferred. Org unit supplied does not exist.'],
  ])('does not change to an unknown org unit, in %s with %i', async (version, status, message) => {
    const { ownerOf, request } = await serve(version);
    const answer = await request(transfer('NoSuchUnit1'), PUT, 'admin');
    expect([answer.status, answer.body.message]).toEqual([status, message]);
    expect(await ownerOf()).toBe(ID.facility);
  });

  it('is never an org unit outside the program', async () => {
    const { ownerOf, request } = await serve();
    const answer = await request(transfer(ID.root, 'ou'), PUT, 'admin');
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({
      errorCode: 'E1006',
      message: `The program ${WHO.cases} is not associated to the org unit ${ID.root}`,
    });
    expect(await ownerOf()).toBe(ID.facility);
  });

  it('gives other users access to a protected program when they state a reason', async () => {
    const { request, get } = await serve('2.42', seed => {
      seed.programs![0]!.accessLevel = 'PROTECTED';
    });
    const person = `trackedEntity=${PEOPLE.elsewhere}&program=${WHO.cases}`;
    const list = `/api/tracker/trackedEntities?program=${WHO.cases}&trackedEntities=${PEOPLE.elsewhere}`;
    expect((await get(list)).body.trackedEntities).toEqual([]);
    const answer = await request(`/api/tracker/ownership/override?${person}&reason=test`, POST);
    expect([answer.status, answer.body.message]).toEqual([200, 'Temporary Ownership granted']);
    expect((await get(list)).body.trackedEntities).toHaveLength(1);
  });
});
