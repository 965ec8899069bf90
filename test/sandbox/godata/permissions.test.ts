import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_USER } from '#sandbox/godata/index.js';
import { CASE, CONTACT_OF_CONTACT, PERSON_KINDS } from '#sandbox/godata/models.js';
import { begin, OUTBREAK, type TestGoData } from './client.js';

// An account without a permission gets an error that names it, before any other check.

let godata: TestGoData;
const permit = (permissions: string[]) =>
  godata.store.users.update(DEFAULT_USER.id, { permissions });

beforeAll(async () => {
  const outbreaks = [OUTBREAK, { ...OUTBREAK, id: 'ELSEWHERE', name: 'Elsewhere' }];
  godata = await begin({ outbreaks });
});
beforeEach(() => permit([]));
afterAll(() => godata.close());

const PEOPLE = [
  ['cases', 'case'],
  ['contacts', 'contact'],
  ['contacts-of-contacts', 'contact_of_contact'],
  ['events', 'event'],
].flatMap(([path, name]) => [
  ['GET', `/${path}/filtered-count`, `${name}_list`],
  ['GET', `/${path}/x`, `${name}_view`],
  ['POST', `/${path}`, `${name}_create`],
  ['PUT', `/${path}/x`, `${name}_modify`],
  ['DELETE', `/${path}/x`, `${name}_delete, ${name}_bulk_delete`],
  ['POST', `/${path}/x/restore`, `${name}_restore, ${name}_bulk_restore`],
  ['POST', `/${path}/generate-visual-id`, `${name}_generate_visual_id`],
  ['GET', `/${path}/x/relationships`, 'relationship_list'],
  ['GET', `/${path}/x/relationships/y`, 'relationship_view'],
  ['POST', `/${path}/x/relationships`, 'relationship_create'],
  ['PUT', `/${path}/x/relationships/y`, 'relationship_modify'],
  ['DELETE', `/${path}/x/relationships/y`, 'relationship_delete'],
  ['GET', `/${path}/x/relationships/exposures`, `${name}_list_relationship_exposures`],
  ['GET', `/${path}/x/relationships/contacts`, `${name}_list_relationship_contacts`],
]);

const RECORDS = [
  ['PUT', '/cases/bulk', 'case_bulk_modify'],
  ['PUT', '/contacts/bulk', 'contact_bulk_modify'],
  ['PUT', '/contacts-of-contacts/bulk', 'contact_of_contact_bulk_modify'],
  ['POST', '/cases/x/contacts', 'case_create_bulk_contact'],
  ['POST', '/events/x/contacts', 'event_create_bulk_contact'],
  ['POST', '/contacts/x/contacts-of-contacts', 'contact_create_bulk_contact_of_contact'],
  ['POST', '/cases/duplicates/find', 'case_list'],
  ['POST', '/contacts/x/convert-to-case', 'contact_convert_to_case'],
  ['POST', '/cases/x/convert-to-contact', 'case_convert_to_contact'],
  ['GET', '/cases/x/lab-results', 'case_list_lab_result'],
  ['GET', '/contacts/x/lab-results/y', 'contact_view_lab_result'],
  ['POST', '/cases/x/lab-results', 'case_create_lab_result'],
  ['PUT', '/cases/x/lab-results/y', 'case_modify_lab_result'],
  ['DELETE', '/cases/x/lab-results/y', 'case_delete_lab_result'],
  ['GET', '/lab-results/aggregate', 'lab_result_list'],
  ['PUT', '/lab-results/x', 'lab_result_modify'],
  ['GET', '/follow-ups', 'follow_up_list'],
  ['POST', '/contacts/x/follow-ups', 'follow_up_create'],
  ['PUT', '/contacts/x/follow-ups/y', 'follow_up_modify'],
  ['DELETE', '/contacts/x/follow-ups/y', 'follow_up_delete'],
  ['GET', '/clusters', 'cluster_list'],
  ['POST', '/clusters', 'cluster_create'],
  ['GET', '/relationships', 'relationship_list'],
];

const OTHERS = [
  ['POST', '/outbreaks', 'outbreak_create'],
  ['PUT', '/outbreaks/OB', 'outbreak_modify'],
  ['DELETE', '/outbreaks/OB', 'outbreak_delete'],
  ['POST', '/reference-data', 'reference_data_create_category_item'],
  ['PUT', '/reference-data/x', 'reference_data_modify_category_item'],
  ['DELETE', '/reference-data/x', 'reference_data_delete_category_item'],
  ['GET', '/users', 'user_list'],
  ['GET', '/users/for-filters', 'user_list_for_filters'],
];

const ROUTES = [
  ...[...PEOPLE, ...RECORDS].map(([method, path, needed]) => [
    method,
    `/outbreaks/OB${path}`,
    needed,
  ]),
  ...OTHERS,
] as [string, string, string][];

it.each(ROUTES)('%s %s needs %s', async (method, path, needed) => {
  const send = () => godata.call(method, path, method === 'GET' ? undefined : {});
  const reply = await send();
  expect(reply.status).toBe(403);
  expect(reply.body.error).toMatchObject({
    code: 'MISSING_REQUIRED_PERMISSION',
    details: { permissions: needed },
  });
  for (const permission of needed.split(', ')) {
    permit([permission]);
    expect((await send()).code).not.toBe('MISSING_REQUIRED_PERMISSION');
  }
});

describe('people of all kinds', () => {
  const ids = PERSON_KINDS.map(({ type }) => type);
  const get = async (path: string, more = {}) => {
    const filter = JSON.stringify({ where: { id: { inq: ids } }, order: ['id ASC'], ...more });
    return (await godata.call('GET', `${path}?filter=${encodeURIComponent(filter)}`)).body;
  };

  beforeAll(() => {
    // Each has its type as id.
    for (const type of ids) godata.store.people.create('OB', type, { id: type, firstName: 'A' });
  });

  it('exclude the kinds that the account may not list, without a message', async () => {
    permit(['case_list', 'contact_of_contact_all']);
    const people = await get('/outbreaks/OB/people');
    expect(people.map(({ id }) => id)).toEqual([CASE.type, CONTACT_OF_CONTACT.type]);
    expect((await get('/outbreaks/OB/people/filtered-count')).count).toBe(2);
  });

  it('show only their ids if fields omit the type', async () => {
    permit(['case_list']);
    expect(await get('/outbreaks/OB/people', { fields: ['id', 'firstName'] })).toEqual([
      { id: CASE.type },
    ]);
    expect(await get('/outbreaks/OB/people', { fields: ['firstName', 'type'] })).toEqual([
      { firstName: 'A', type: CASE.type },
    ]);
  });
});

describe('an outbreak that is not the active one', () => {
  beforeEach(() => {
    godata.store.users.update(DEFAULT_USER.id, { permissions: undefined });
  });

  it.each([
    ['POST', '/cases'],
    ['PUT', '/contacts/bulk'],
    ['POST', '/cases/x/contacts'],
    ['POST', '/cases/x/relationships'],
    ['DELETE', '/cases/x/relationships/y'],
    ['POST', '/relationships/bulk'],
    ['POST', '/cases/x/lab-results'],
    ['PUT', '/lab-results/x'],
    ['POST', '/contacts/x/follow-ups'],
    ['POST', '/contacts/x/convert-to-case'],
    ['POST', '/cases/generate-visual-id'],
    ['POST', '/cases/duplicates/find'],
    ['POST', '/cases/filter'],
    ['POST', '/clusters'],
  ])('refuses %s %s', async (method, path) => {
    const reply = await godata.call(method, `/outbreaks/ELSEWHERE${path}`, {});
    expect([reply.status, reply.code]).toEqual([403, 'ACCESS_DENIED']);
  });

  it.each(['/cases', '/relationships', '/lab-results/aggregate', '/follow-ups', '/clusters'])(
    'lets every account read %s',
    async path => {
      expect((await godata.call('GET', `/outbreaks/ELSEWHERE${path}`)).status).toBe(200);
    },
  );
});

describe('what the real server has and the sandbox lacks', () => {
  it.each([
    ['GET', '/outbreaks/OB/cases/export'],
    ['GET', '/outbreaks/OB/cases/per-classification/count'],
    ['GET', '/outbreaks/OB/follow-ups/export'],
    ['PUT', '/outbreaks/OB/lab-results/bulk'],
    ['POST', '/outbreaks/OB/generate-followups'],
    ['DELETE', '/outbreaks/OB/relationships/bulk'],
    ['GET', '/outbreaks/OB/contacts/x/relationships/available-people'],
    ['GET', '/teams'],
    ['POST', '/users'],
  ])('is refused with an explicit error: %s %s', async (method, path) => {
    const reply = await godata.call(method, path, method === 'GET' ? undefined : {});
    expect([reply.status, reply.code]).toEqual([400, 'SANDBOX_NOT_IMPLEMENTED']);
  });
});
