import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '#sandbox/godata/index.js';
import { begin, type TestGoData } from './client.js';

// * A case with two contacts. An event also exposed one of them; the other has a contact of its
// own.

let godata: TestGoData;
let now: Date;
const clock = () => {
  now = new Date(now.getTime() + 1);
  return now;
};

const create = async (path: string, body: JsonObject): Promise<string> => {
  const reply = await godata.call('POST', `/outbreaks/OB/${path}`, body);
  expect(reply.status).toBe(200);
  return String(reply.body.id);
};
const there = async (path: string): Promise<string[]> => {
  const { body } = await godata.call('GET', `/outbreaks/OB/${path}`);
  return body.map(({ id }) => String(id)).sort();
};

beforeEach(async () => {
  now = new Date('2026-03-01T00:00:00.000Z');
  godata = await begin({}, { clock });
  await create('cases', { id: 'case', visualId: 'CASE-9999', dateOfOnset: '2026-01-01' });
  await create('events', { id: 'event' });
  await create('contacts', { id: 'own' });
  await create('contacts', { id: 'shared' });
  await create('contacts-of-contacts', { id: 'far' });
  const links = [
    ['contacts/own', 'case'],
    ['contacts/shared', 'case'],
    ['contacts/shared', 'event'],
    ['contacts-of-contacts/far', 'own'],
  ];
  for (const [path, id] of links) {
    await create(`${path}/relationships`, { persons: [{ id }], contactDate: '2026-02-01' });
  }
  await create('cases/case/lab-results', { sampleIdentifier: 'S' });
  await create('cases/case/follow-ups', { date: '2026-01-02' });
  await create('contacts/own/follow-ups', { date: '2026-02-03' });
});
afterEach(() => godata.close());

describe('a case that is deleted', () => {
  it('is deleted with its contacts without another exposure, and all their records', async () => {
    const { status } = await godata.call('DELETE', '/outbreaks/OB/cases/case');
    expect(status).toBe(204);
    expect(await there('contacts')).toEqual(['shared']);
    expect(await there('contacts-of-contacts')).toEqual([]);
    expect(await there('relationships')).toHaveLength(1);
    expect(await there('lab-results/aggregate')).toEqual([]);
    expect(await there('follow-ups')).toEqual([]);
    const { body } = await godata.call('GET', '/outbreaks/OB/contacts/shared');
    expect(body).toMatchObject({
      relationshipsRepresentation: [{ otherParticipantId: 'event' }],
      numberOfExposures: 1,
    });
  });

  it('is restored with all of them', async () => {
    const paths = ['contacts', 'contacts-of-contacts', 'relationships', 'lab-results/aggregate'];
    const all = () => Promise.all([...paths, 'follow-ups'].map(there));
    const before = await all();
    await godata.call('DELETE', '/outbreaks/OB/cases/case');
    const { status } = await godata.call('POST', '/outbreaks/OB/cases/case/restore');
    expect(status).toBe(200);
    expect(await all()).toEqual(before);
    const { body } = await godata.call('GET', '/outbreaks/OB/cases/case');
    expect(body).toMatchObject({ numberOfContacts: 2, hasRelationships: true });
  });

  it('is restored without what was deleted for another reason', async () => {
    await godata.call('DELETE', '/outbreaks/OB/contacts/own');
    await godata.call('DELETE', '/outbreaks/OB/cases/case');
    await godata.call('POST', '/outbreaks/OB/cases/case/restore');
    expect(await there('contacts')).toEqual(['shared']);
  });

  it('is visible as deleted to a reader of changes, with everything deleted with it', async () => {
    const before = now.toISOString();
    await godata.call('DELETE', '/outbreaks/OB/cases/case');
    const filter = { where: { updatedAt: { gt: before }, deleted: true }, deleted: true };
    const query = `?filter=${encodeURIComponent(JSON.stringify(filter))}`;
    const { body: cases } = await godata.call('GET', `/outbreaks/OB/cases${query}`);
    expect(cases).toMatchObject([{ id: 'case', visualId: null, deleted: true }]);
    const { body: contacts } = await godata.call('GET', `/outbreaks/OB/contacts${query}`);
    expect(contacts).toMatchObject([{ id: 'own', deletedByParent: 'case' }]);
  });

  it('is restored without its visual id, and cannot be restored twice', async () => {
    await godata.call('DELETE', '/outbreaks/OB/cases/case');
    await godata.call('POST', '/outbreaks/OB/cases/case/restore');
    const { body } = await godata.call('GET', '/outbreaks/OB/cases/case');
    expect([body.visualId, body.deleted]).toEqual([null, false]);
    const again = await godata.call('POST', '/outbreaks/OB/cases/case/restore');
    expect([again.status, again.code]).toEqual([404, 'MODEL_NOT_FOUND']);
  });
});

it('deletes with an event the contacts that it alone exposed', async () => {
  await godata.call('DELETE', '/outbreaks/OB/cases/case');
  await godata.call('DELETE', '/outbreaks/OB/events/event');
  expect(await there('contacts')).toEqual([]);
});

it('deletes with a contact its contacts, but not its case', async () => {
  await godata.call('DELETE', '/outbreaks/OB/contacts/own');
  expect([await there('cases'), await there('contacts-of-contacts')]).toEqual([['case'], []]);
});

it('refuses to delete a location with a planned follow-up', async () => {
  await godata.call('POST', '/locations', [{ id: 'L', name: 'Land' }]);
  await create('contacts/shared/follow-ups', { date: '2026-02-03', address: { locationId: 'L' } });
  expect((await godata.call('GET', '/locations/L/usage/count')).body).toEqual({ count: 1 });
  expect((await godata.call('DELETE', '/locations/L')).code).toBe('MODEL_IN_USE');
});
