import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '#sandbox/godata/index.js';
import { begin, type TestGoData } from './client.js';

let godata: TestGoData;
beforeEach(async () => {
  godata = await begin();
});
afterEach(() => godata.close());

const WHOLE = {
  name: 'New',
  startDate: '2026-01-01',
  longPeriodsBetweenCaseOnset: 1,
  periodOfFollowup: 14,
  frequencyOfFollowUpPerDay: 1,
  noDaysAmongContacts: 1,
  noDaysInChains: 1,
  noDaysNotSeen: 1,
  noLessContacts: 1,
};
const create = (values: JsonObject = {}) =>
  godata.call('POST', '/outbreaks', { ...WHOLE, ...values });

describe('an outbreak', () => {
  it.each<[string, JsonObject]>([
    ['the name of another', { name: 'Outbreak' }],
    ['no name', { name: '' }],
    ['an invalid date', { startDate: 'never' }],
    ['a mask with numbers in two places', { caseIdMask: '99-99' }],
  ])('with %s is refused, on creation and on change', async (_name, values) => {
    expect((await create(values)).status).toBe(422);
    const { body } = await create();
    const reply = await godata.call('PUT', `/outbreaks/${body.id}`, values);
    expect([reply.status, (reply.body.error as JsonObject).name]).toEqual([422, 'ValidationError']);
    const after = await godata.call('GET', `/outbreaks/${body.id}`);
    expect(after.body).toMatchObject({ name: 'New', startDate: '2026-01-01T00:00:00.000Z' });
  });

  it('can be changed in part, whether it is the active one or not', async () => {
    const { body } = await create({ description: 'a' });
    for (const method of ['PUT', 'PATCH']) {
      const reply = await godata.call(method, `/outbreaks/${body.id}`, { periodOfFollowup: 21 });
      expect(reply.body).toMatchObject({ name: 'New', description: 'a', periodOfFollowup: 21 });
    }
  });

  it('frees its name when it is deleted, and can be restored', async () => {
    const { body } = await create();
    const path = `/outbreaks/${body.id}`;
    expect((await godata.call('DELETE', path)).body).toEqual({ count: 1 });
    expect((await godata.call('GET', path)).code).toBe('MODEL_NOT_FOUND');
    expect((await create()).status).toBe(200);
    expect((await godata.call('POST', `${path}/restore`)).status).toBe(200);
    expect((await godata.call('GET', path)).body.name).toBe('New');
  });

  it("cannot be deleted while it is any user's active one", async () => {
    const reply = await godata.call('DELETE', '/outbreaks/OB');
    expect([reply.status, reply.code]).toEqual([422, 'DELETE_ACTIVE_OUTBREAK']);
  });

  it('can be written to once it is the active one', async () => {
    const { body: outbreak } = await create();
    const post = () => godata.call('POST', `/outbreaks/${outbreak.id}/cases`, {});
    expect((await post()).code).toBe('ACCESS_DENIED');
    const [user] = godata.store.users.list();
    const path = `/users/${user?.id}`;
    const changed = await godata.call('PATCH', path, { activeOutbreakId: outbreak.id });
    expect(changed.body.activeOutbreakId).toBe(outbreak.id);
    expect((await post()).status).toBe(200);
    expect((await godata.call('POST', '/outbreaks/OB/cases', {})).code).toBe('ACCESS_DENIED');
    expect((await godata.call('GET', '/outbreaks/OB/cases')).status).toBe(200);
  });
});

it.each([
  ['2.34', ['caseIdMask', 'contactIdMask']],
  ['2.36', ['caseIdMask', 'contactIdMask', 'contactOfContactIdMask']],
  ['2.47', ['caseIdMask', 'contactIdMask', 'contactOfContactIdMask', 'eventIdMask']],
])('in %s starts with the masks %j', async (version, masks) => {
  await godata.close();
  godata = await begin({}, { version });
  const { body } = await create();
  const names = Object.keys(body).filter(name => name.endsWith('IdMask'));
  expect(names.sort()).toEqual(masks);
});
