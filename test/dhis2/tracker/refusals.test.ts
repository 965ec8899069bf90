import { afterEach, expect, it } from 'vitest';
import { fetchTrackedEntities } from '#dhis2/Adaptor.js';
import { startTestServer, type TestServer } from '../../support/http-server.js';

let server: TestServer;
afterEach(() => server?.close());

/** Runs against a server that knows one program, and returns one answer to every list. */
async function runAgainst(status: number, body: unknown, version = '2.42.1') {
  server = await startTestServer((request, response) => {
    const { pathname } = new URL(request.url!, server.url);
    const json = (code: number, value: unknown) =>
      response.writeHead(code, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    if (pathname === '/api/system/info') json(200, { version });
    else if (pathname === '/api/programs')
      json(200, { programs: [{ id: 'ProgramAAAA', name: 'A' }] });
    else if (pathname === '/api/programRules') json(200, { programRules: [] });
    else if (pathname === '/api/me') json(200, { organisationUnits: [{ id: 'RootOrgUnit' }] });
    else json(status, body);
  });
  const configuration = { hostUrl: server.url, username: 'a', password: 'b' };
  return fetchTrackedEntities({ program: 'ProgramAAAA' })({ configuration });
}

it.each([
  [409, 'maxteicountreached', 'SEARCH_LIMITED'],
  [400, 'At least 1 attributes should be mentioned in the search criteria.', 'SEARCH_LIMITED'],
  [
    409,
    'Non-searchable attribute(s) can not be used during global search:  [AttributeAA]',
    'SEARCH_LIMITED',
  ],
  [403, 'Organisation unit is not part of the search scope: RootOrgUnit', 'ORG_UNIT_OUT_OF_REACH'],
  [409, 'Organisation unit is not part of the search scope: RootOrgUnit', 'ORG_UNIT_OUT_OF_REACH'],
  [
    409,
    'Current user is not authorized to read data from selected program: ProgramAAAA',
    'MISSING_PERMISSION',
  ],
  [403, 'User has no access to program: ProgramAAAA', 'MISSING_PERMISSION'],
  [403, undefined, 'MISSING_PERMISSION'],
  [
    400,
    'Invalid page size: 2000. It must not exceed the system limit of KeyTrackedEntityMaxLimit 500.',
    'PAGE_SIZE_REFUSED',
  ],
  [409, 'Something else', 'SERVER_ERROR'],
  [404, 'Not found', 'NOT_FOUND'],
])('an answer of status %i that says "%s" is %s', async (status, message, code) => {
  await expect(runAgainst(status, { message })).rejects.toMatchObject({
    code,
    fix: expect.any(String),
    details: { path: '/tracker/trackedEntities', status },
  });
});

it.each([
  ['2.40', { trackedEntities: [], pager: { total: 0 } }],
  ['2.42', { instances: [], total: 0 }],
  ['2.42', { trackedEntities: [{ trackedEntity: 'a' }], pager: { total: 1 } }],
  ['2.42', { trackedEntities: [], pager: {} }],
])(
  'an answer of another form than DHIS2 %s gives is reported, not read as an empty list: %j',
  async (version, body) => {
    await expect(runAgainst(200, body, version)).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
    });
  },
);

it('a page without people that the account may see is not read as the last one', async () => {
  server = await startTestServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, server.url);
    const json = (value: unknown) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    if (pathname === '/api/system/info') json({ version: '2.40' });
    else if (pathname === '/api/programs') json({ programs: [{ id: 'ProgramAAAA', name: 'A' }] });
    else if (pathname === '/api/me') json({ organisationUnits: [{ id: 'RootOrgUnit' }] });
    else if (/Units|Rules|Types$/.test(pathname)) json({ [pathname.slice('/api/'.length)]: [] });
    else {
      const person = {
        trackedEntity: 'PersonAAAAA',
        orgUnit: 'RootOrgUnit',
        createdAt: '2026-08-01T08:00:00.000',
        updatedAt: '2026-08-01T08:00:00.000',
      };
      const isListing = !searchParams.has('trackedEntity');
      const isSeen = !isListing || searchParams.get('page') === '2';
      json({ instances: isSeen ? [person] : [], total: 2001 });
    }
  });
  const configuration = { hostUrl: server.url, username: 'a', password: 'b' };
  const { data } = await fetchTrackedEntities({ program: 'ProgramAAAA' })({ configuration });
  expect(data.entities.map(({ id }) => id)).toEqual(['PersonAAAAA']);
});
