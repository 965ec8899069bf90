import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '#sandbox/godata/index.js';
import { begin, type Reply, type TestGoData } from './client.js';

const DISCARDED = 'LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_NOT_A_CASE_DISCARDED';

let godata: TestGoData;
let now: Date;
const clock = () => {
  now = new Date(now.getTime() + 1);
  return now;
};

const people: Readonly<Record<string, string>> = {
  case: 'cases',
  other: 'cases',
  event: 'events',
  contact: 'contacts',
  friend: 'contacts',
  far: 'contacts-of-contacts',
};
const pathOf = (id: string) => `/outbreaks/OB/${people[id]}/${id}`;
const link = (from: string, to: string, values: JsonObject = {}): Promise<Reply> =>
  godata.call('POST', `${pathOf(from)}/relationships`, { persons: [{ id: to }], ...values });
const person = async (id: string): Promise<JsonObject> =>
  (await godata.call('GET', pathOf(id))).body;

const start = async (version = '2.50') => {
  now = new Date('2026-03-01T00:00:00.000Z');
  const outbreaks = [{ id: 'OB', name: 'Outbreak', periodOfFollowup: 14 }];
  godata = await begin({ outbreaks }, { version, clock });
  const required = {
    firstName: 'A',
    name: 'A',
    classification: 'X',
    dateOfReporting: '2026-01-01',
  };
  for (const [id, path] of Object.entries(people)) {
    await godata.call('POST', `/outbreaks/OB/${path}`, { id, ...required });
  }
};
beforeEach(() => start());
afterEach(() => godata.close());

describe('the direction of an exposure', () => {
  it.each([
    ['contact', 'case', 'case'],
    ['contact', 'event', 'event'],
    ['case', 'contact', 'case'],
    ['case', 'other', 'case'],
    ['event', 'case', 'event'],
    ['contact', 'friend', 'contact'],
    ['far', 'contact', 'contact'],
    ['contact', 'far', 'contact'],
    ['far', 'case', 'case'],
    ['case', 'far', 'case'],
  ])(
    'from the path of the %s to the %s is set by the server: the %s is the source',
    async (from, to, source) => {
      const said = { id: to, source: true, target: true, type: 'said' };
      const path = `${pathOf(from)}/relationships`;
      const { body } = await godata.call('POST', path, { persons: [said, { id: 'ignored' }] });
      const persons = body.persons as JsonObject[];
      expect(persons.map(({ id }) => id)).toEqual([to, from]);
      expect(persons.find(one => one.source === true)?.id).toBe(source);
      expect(persons.find(one => one.target === true)?.id).toBe(source === to ? from : to);
      expect(persons.filter(one => one.source === true && one.target === true)).toEqual([]);
    },
  );
});

describe('a relationship', () => {
  it('may exist twice', async () => {
    await link('contact', 'case');
    await link('contact', 'case');
    const { body } = await godata.call('GET', `${pathOf('contact')}/relationships/count`);
    expect(body).toEqual({ count: 2 });
    expect(await person('contact')).toMatchObject({ numberOfExposures: 2, numberOfContacts: 0 });
    expect(await person('case')).toMatchObject({ numberOfExposures: 0, numberOfContacts: 2 });
  });

  it.each<[string, string, unknown, number, unknown]>([
    ['with itself', 'contact', [{ id: 'contact' }], 422, 'VALIDATION_ERROR'],
    ['with an unknown person', 'contact', [{ id: 'nobody' }], 404, 'MODEL_NOT_FOUND'],
    ['of an unknown person', 'nobody', [{ id: 'case' }], 404, 'MODEL_NOT_FOUND'],
    ['without the other person', 'contact', undefined, 500, 'INTERNAL_ERROR'],
  ])('is refused %s', async (_name, id, persons, status, code) => {
    const path = `/outbreaks/OB/contacts/${id}/relationships`;
    const reply = await godata.call('POST', path, { persons });
    expect([reply.status, reply.code]).toEqual([status, code]);
    expect((await godata.call('GET', '/outbreaks/OB/relationships')).body).toEqual([]);
  });

  it('is refused with a discarded case, at either end', async () => {
    await godata.call('PUT', pathOf('case'), { classification: DISCARDED });
    expect((await link('contact', 'case')).code).toBe('INVALID_RELATIONSHIP_WITH_DISCARDED_CASE');
    expect((await link('case', 'contact')).code).toBe('INVALID_RELATIONSHIP_WITH_DISCARDED_CASE');
  });

  it('is active as long as its case is not discarded', async () => {
    const { body } = await link('contact', 'case', { contactDate: '2026-02-01' });
    const active = async () =>
      (await godata.call('GET', `${pathOf('contact')}/relationships/${body.id}`)).body.active;
    expect(await active()).toBe(true);
    await godata.call('PUT', pathOf('case'), { classification: DISCARDED });
    expect(await active()).toBe(false);
    expect(await person('contact')).toMatchObject({
      active: false,
      relationshipsRepresentation: [{ active: false }],
    });
    await godata.call('PUT', pathOf('case'), { classification: 'X' });
    expect(await active()).toBe(true);
    expect(await person('contact')).toMatchObject({ active: true });
  });

  it('has an id from the server and no invalid dates', async () => {
    const { body } = await link('contact', 'case', { id: 'mine' });
    expect(body.id).not.toBe('mine');
    const reply = await link('contact', 'case', { contactDate: 'never' });
    expect([reply.status, (reply.body.error as JsonObject).name]).toEqual([422, 'ValidationError']);
  });

  it('can be changed in part, with an effect on its people', async () => {
    const { body: created } = await link('contact', 'case', {
      contactDate: '2026-02-01',
      comment: 'a',
    });
    const path = `${pathOf('contact')}/relationships/${created.id}`;
    const { body } = await godata.call('PUT', path, { contactDate: '2026-02-10' });
    expect(body).toMatchObject({ contactDate: '2026-02-10T00:00:00.000Z', comment: 'a' });
    expect(await person('contact')).toMatchObject({
      dateOfLastContact: '2026-02-10T00:00:00.000Z',
      followUp: {
        originalStartDate: '2026-02-02T00:00:00.000Z',
        startDate: '2026-02-11T00:00:00.000Z',
        endDate: '2026-02-24T00:00:00.000Z',
      },
    });
  });

  it('can change to another person, and leaves the former one', async () => {
    const { body } = await link('contact', 'case');
    await link('contact', 'other');
    const path = `${pathOf('contact')}/relationships/${body.id}`;
    await godata.call('PUT', path, { persons: [{ id: 'event' }] });
    expect(await person('case')).toMatchObject({ hasRelationships: false, numberOfContacts: 0 });
    expect(await person('event')).toMatchObject({ hasRelationships: true, numberOfContacts: 1 });
    expect(await person('contact')).toMatchObject({ numberOfExposures: 2 });
  });

  it('can be found, changed and deleted only where it belongs', async () => {
    const { body } = await link('contact', 'case');
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const reply = await godata.call(
        method,
        `${pathOf('friend')}/relationships/${body.id}`,
        method === 'GET' ? undefined : {},
      );
      expect([reply.status, reply.code]).toEqual([404, 'MODEL_NOT_FOUND_IN_CONTEXT']);
    }
    expect((await godata.call('GET', `${pathOf('case')}/relationships/${body.id}`)).status).toBe(
      200,
    );
  });

  it('can be deleted, unless it is the last exposure of a contact', async () => {
    const { body: first } = await link('contact', 'case');
    const { body: second } = await link('contact', 'event');
    const remove = (id: unknown, owner = 'contact') =>
      godata.call('DELETE', `${pathOf(owner)}/relationships/${id}`);
    expect((await remove(first.id)).body).toEqual({ count: 1 });
    expect((await remove(first.id)).status).toBe(404);
    expect((await remove(second.id)).code).toBe('DELETE_CONTACT_LAST_RELATIONSHIP');
    expect((await remove(second.id, 'event')).code).toBe('DELETE_CONTACT_LAST_RELATIONSHIP');
    expect(await person('case')).toMatchObject({ relationshipsRepresentation: [] });
    const { body: gone } = await godata.call(
      'GET',
      `/outbreaks/OB/relationships?filter=${encodeURIComponent('{"deleted":true}')}`,
    );
    expect(gone.map(({ deleted }) => deleted).sort()).toEqual([false, true]);
  });

  it('of a contact of a contact is its last one if no contact remains', async () => {
    await link('far', 'case');
    const { body } = await link('far', 'contact');
    const reply = await godata.call('DELETE', `${pathOf('far')}/relationships/${body.id}`);
    expect(reply.code).toBe('DELETE_CONTACT_LAST_RELATIONSHIP');
  });

  it('between cases can always be deleted', async () => {
    const { body } = await link('case', 'other');
    const reply = await godata.call('DELETE', `${pathOf('case')}/relationships/${body.id}`);
    expect(reply.body).toEqual({ count: 1 });
  });
});

it('requires up to 2.48 what later versions leave to the user interface', async () => {
  await godata.close();
  await start('2.48');
  const reply = await link('contact', 'case');
  expect(reply.body.error).toMatchObject({
    details: { codes: { contactDate: ['presence'], certaintyLevelId: ['presence'] } },
  });
  const values = { contactDate: '2026-02-01', certaintyLevelId: 'X' };
  expect((await link('contact', 'case', values)).status).toBe(200);
});

describe('the people changed since a time', () => {
  const since = async (path: string, moment: Date) => {
    const where = { updatedAt: { gt: moment.toISOString() } };
    const filter = encodeURIComponent(JSON.stringify({ where, fields: ['id'] }));
    const { body } = await godata.call('GET', `/outbreaks/OB/${path}?filter=${filter}`);
    return body.map(({ id }) => id);
  };

  it('include the contact of a new relationship, and its case only if its date of last contact changed', async () => {
    let before = now;
    await link('contact', 'case');
    expect(await since('contacts', before)).toEqual(['contact']);
    expect(await since('cases', before)).toEqual([]);
    before = now;
    await link('contact', 'case', { contactDate: '2026-02-01' });
    expect(await since('contacts', before)).toEqual(['contact']);
    expect(await since('cases', before)).toEqual(['case']);
    before = now;
    await link('friend', 'case', { contactDate: '2026-01-15' });
    expect(await since('contacts', before)).toEqual(['friend']);
    // Its date of last contact is still the later one.
    expect(await since('cases', before)).toEqual([]);
  });

  it('include the people of a changed or deleted relationship', async () => {
    const { body } = await link('case', 'other');
    const before = now;
    await godata.call('DELETE', `${pathOf('case')}/relationships/${body.id}`);
    const filter = { where: { updatedAt: { gt: before.toISOString() } }, deleted: true };
    const { body: changed } = await godata.call(
      'GET',
      `/outbreaks/OB/relationships?filter=${encodeURIComponent(JSON.stringify(filter))}`,
    );
    expect(changed).toMatchObject([{ id: body.id, deleted: true }]);
  });
});

describe('lists of relationships', () => {
  const get = async (path: string, filter?: JsonObject): Promise<JsonObject[]> => {
    const query = filter ? `?filter=${encodeURIComponent(JSON.stringify(filter))}` : '';
    return (await godata.call('GET', `${path}${query}`)).body;
  };

  it('are those of a person or an outbreak, and can be filtered', async () => {
    await link('contact', 'case', { comment: 'a' });
    await link('contact', 'event', { comment: 'b' });
    await link('friend', 'case', { comment: 'c' });
    const comments = (list: JsonObject[]) => list.map(({ comment }) => comment).sort();
    expect(comments(await get(`${pathOf('contact')}/relationships`))).toEqual(['a', 'b']);
    expect(comments(await get('/outbreaks/OB/relationships'))).toEqual(['a', 'b', 'c']);
    const where = { 'persons.id': 'case' };
    expect(comments(await get('/outbreaks/OB/relationships', { where }))).toEqual(['a', 'c']);
    const own = await get(`${pathOf('contact')}/relationships`, { where });
    expect(comments(own)).toEqual(['a']);
    const counted = await godata.call(
      'GET',
      `/outbreaks/OB/relationships/count?where=${encodeURIComponent(JSON.stringify(where))}`,
    );
    expect(counted.body).toEqual({ count: 2 });
  });

  it('contain their people on request', async () => {
    await link('contact', 'case');
    const include = [{ relation: 'people' }];
    const all = await get('/outbreaks/OB/relationships', { include });
    expect(all).toMatchObject([{ people: [{ id: 'case' }, { id: 'contact' }] }]);
    const cases = await get('/outbreaks/OB/cases', {
      where: { id: 'case' },
      include: [{ relation: 'relationships', scope: { include } }],
    });
    expect(cases).toMatchObject([{ relationships: [{ people: [{}, {}] }] }]);
  });

  it('of exposures and contacts show the people at the other end', async () => {
    await link('contact', 'case');
    await link('far', 'contact');
    const exposures = await get(`${pathOf('contact')}/relationships/exposures`);
    const contacts = await get(`${pathOf('contact')}/relationships/contacts`);
    expect([exposures.map(({ id }) => id), contacts.map(({ id }) => id)]).toEqual([
      ['case'],
      ['far'],
    ]);
  });

  it('select people by their relationships', async () => {
    await link('contact', 'case', { contactDate: '2026-02-01' });
    await link('friend', 'event', { contactDate: '2026-02-01' });
    const where = { relationship: { 'persons.id': 'case' } };
    expect((await get('/outbreaks/OB/contacts', { where })).map(({ id }) => id)).toEqual([
      'contact',
    ]);
  });
});

describe('relationships in bulk', () => {
  const linkAll = (sources: string[], targets: string[]) =>
    godata.call('POST', '/outbreaks/OB/relationships/bulk', {
      sources,
      targets,
      relationship: { contactDate: '2026-02-01' },
    });

  it('connect each source to each target', async () => {
    const { status, body } = await linkAll(['case', 'event'], ['contact', 'friend']);
    expect([status, body.length]).toEqual([200, 4]);
    expect(await person('contact')).toMatchObject({ numberOfExposures: 2 });
  });

  it('stay where others fail, and the failures are reported', async () => {
    const reply = await linkAll(['case', 'far'], ['contact', 'nobody']);
    expect([reply.status, reply.code]).toEqual([422, 'BULK_CREATE_RELATIONSHIP_ERRORS']);
    const { body } = await godata.call('GET', '/outbreaks/OB/relationships');
    expect(body).toHaveLength(1);
  });
});
