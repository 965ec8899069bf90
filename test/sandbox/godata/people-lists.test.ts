import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '#sandbox/godata/index.js';
import { begin, type TestGoData } from './client.js';

let godata: TestGoData;
afterEach(() => godata.close());

const failedOf = ({ error }: JsonObject) =>
  ((error as JsonObject).details as { failed: JsonObject[] }).failed;

describe.each(['2.48', '2.50'])('a list of people, in %s,', version => {
  const REQUIRED = { classification: 'X', dateOfReporting: '2026-01-01' };

  it('is created one by one, and correct people stay when others fail', async () => {
    godata = await begin({}, { version });
    const reply = await godata.call('POST', '/outbreaks/OB/cases', [
      { id: 'a', firstName: 'A', ...REQUIRED },
      { id: 'b', firstName: 'B', ...REQUIRED, dateOfOnset: 'never' },
      { id: 'c', firstName: 'C', ...REQUIRED },
    ]);
    expect([reply.status, reply.code]).toEqual([500, 'INTERNAL_ERROR']);
    expect((await godata.cases({ order: 'id' })).body.map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('is answered in its order when all are correct', async () => {
    godata = await begin({}, { version });
    const { status, body } = await godata.call('POST', '/outbreaks/OB/cases', [
      { id: 'b', firstName: 'B', ...REQUIRED },
      { id: 'a', firstName: 'A', ...REQUIRED },
    ]);
    expect([status, body.map(({ id }) => id)]).toEqual([200, ['b', 'a']]);
  });
});

describe('a bulk update', () => {
  it.each(['cases', 'contacts', 'contacts-of-contacts'])(
    'of %s keeps the successful changes, and reports the others by their position',
    async path => {
      godata = await begin();
      await godata.call('POST', `/outbreaks/OB/${path}`, [{ id: 'a' }, { id: 'b' }]);
      const reply = await godata.call('PUT', `/outbreaks/OB/${path}/bulk`, [
        { id: 'a', occupation: 'X' },
        { id: 'nobody', occupation: 'X' },
        { occupation: 'X' },
        { id: 'b', dateOfReporting: 'never' },
      ]);
      expect([reply.status, reply.code]).toEqual([422, 'MULTIPLE_CONTACTS_UPDATE_PARTIAL_SUCCESS']);
      expect(
        failedOf(reply.body).map(({ recordNo, error }) => [recordNo, (error as JsonObject).code]),
      ).toEqual([
        [1, 'MODEL_NOT_FOUND'],
        [2, 'CONTACT_ID_REQUIRED'],
        [3, undefined],
      ]);
      const { body } = await godata.call('GET', `/outbreaks/OB/${path}/a`);
      expect(body.occupation).toBe('X');
    },
  );

  it('does not change people of another kind, or deleted ones', async () => {
    godata = await begin();
    await godata.call('POST', '/outbreaks/OB/contacts', { id: 'contact' });
    await godata.call('POST', '/outbreaks/OB/cases', { id: 'gone' });
    await godata.call('DELETE', '/outbreaks/OB/cases/gone');
    const { body } = await godata.call('PUT', '/outbreaks/OB/cases/bulk', [
      { id: 'contact', occupation: 'X' },
      { id: 'gone', occupation: 'X' },
    ]);
    expect(failedOf(body)).toHaveLength(2);
  });

  it('does not exist for events', async () => {
    godata = await begin();
    expect((await godata.call('PUT', '/outbreaks/OB/events/bulk', [])).status).toBe(404);
  });
});

describe('contacts of a case or an event', () => {
  it.each(['cases', 'events'])('of %s are created with their relationships', async path => {
    godata = await begin();
    await godata.call('POST', `/outbreaks/OB/${path}`, { id: 'source' });
    const { status, body } = await godata.call('POST', `/outbreaks/OB/${path}/source/contacts`, [
      { contact: { id: 'k', firstName: 'K' }, relationship: { contactDate: '2026-02-01' } },
    ]);
    expect(status).toBe(200);
    expect(body).toMatchObject([
      { recordNo: 0, contact: { id: 'k', createdOn: 'BULK' }, relationship: { createdOn: 'BULK' } },
    ]);
    const { body: contact } = await godata.call('GET', '/outbreaks/OB/contacts/k');
    expect(contact).toMatchObject({
      dateOfLastContact: '2026-02-01T00:00:00.000Z',
      relationshipsRepresentation: [{ otherParticipantId: 'source', target: true }],
    });
  });

  it('of a contact are exposed to it', async () => {
    godata = await begin();
    await godata.call('POST', '/outbreaks/OB/contacts', { id: 'k' });
    const path = '/outbreaks/OB/contacts/k/contacts-of-contacts';
    const { body } = await godata.call('POST', path, [
      { contactOfContact: { id: 'z' }, relationship: { contactDate: '2026-02-01' } },
    ]);
    expect(body).toMatchObject([{ contactOfContact: { id: 'z' } }]);
    const { body: far } = await godata.call('GET', '/outbreaks/OB/contacts-of-contacts/z');
    expect(far.relationshipsRepresentation).toMatchObject([
      { otherParticipantId: 'k', target: true },
    ]);
  });

  it('are removed if their relationship fails, and the others stay', async () => {
    godata = await begin();
    await godata.call('POST', '/outbreaks/OB/cases', { id: 'source' });
    const reply = await godata.call('POST', '/outbreaks/OB/cases/source/contacts', [
      { contact: { id: 'good' }, relationship: {} },
      { contact: { id: 'bad' }, relationship: { contactDate: 'never' } },
      { contact: { id: 'alone' } },
    ]);
    expect([reply.status, reply.code]).toEqual([422, 'MULTIPLE_CONTACTS_CREATION_PARTIAL_SUCCESS']);
    expect(failedOf(reply.body).map(({ recordNo }) => recordNo)).toEqual([1, 2]);
    const { body } = await godata.call('GET', '/outbreaks/OB/contacts');
    expect(body.map(({ id }) => id)).toEqual(['good']);
    // Its id remains reserved.
    expect((await godata.call('POST', '/outbreaks/OB/contacts', { id: 'bad' })).status).toBe(422);
    expect((await godata.call('POST', '/outbreaks/OB/contacts', { id: 'alone' })).status).toBe(200);
  });

  it('of an unknown person are all refused', async () => {
    godata = await begin();
    const { body } = await godata.call('POST', '/outbreaks/OB/cases/nobody/contacts', [
      { contact: {}, relationship: {} },
    ]);
    expect(failedOf(body)).toMatchObject([{ error: { code: 'MODEL_NOT_FOUND' } }]);
    expect((await godata.call('GET', '/outbreaks/OB/contacts')).body).toEqual([]);
  });

  it('may not be an empty list', async () => {
    godata = await begin();
    await godata.call('POST', '/outbreaks/OB/cases', { id: 'source' });
    const reply = await godata.call('POST', '/outbreaks/OB/cases/source/contacts', []);
    expect([reply.status, reply.code]).toEqual([422, 'CONTACT_AND_RELATIONSHIP_REQUIRED']);
  });
});
