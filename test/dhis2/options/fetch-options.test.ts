import { afterEach, describe, expect, it } from 'vitest';
import { fetchOptions } from '#dhis2/Adaptor.js';
import { startTestServer, type TestServer } from '../../support/http-server.js';

let server: TestServer;
afterEach(() => server.close());

/** Reads option sets from a server that lists some and returns some. */
async function fetchFrom(listed: object[], given: object[], optionSets: string[]) {
  server = await startTestServer((request, response) => {
    const isList = !new URL(request.url!, server.url).searchParams.has('filter');
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ optionSets: isList ? listed : given }));
  });
  const configuration = { hostUrl: server.url, username: 'a', password: 'b' };
  return fetchOptions({ optionSets: () => optionSets })({ configuration });
}

const A = { id: 'SetA0000001', code: 'A', name: 'Vaccines, all: [a]' };
const B = { id: 'SetB0000001', name: 'Sex' };

describe('fetchOptions', () => {
  it('returns the sets in the requested order, each once, with their options in order', async () => {
    const { data, report } = await fetchFrom(
      [A, B],
      [
        { ...A, options: [{ id: 'o2', code: '2', name: 'Two', sortOrder: 7 }] },
        {
          ...B,
          options: [
            { id: 'o4', code: 'M', name: 'Male', displayName: 'Male', sortOrder: 1 },
            // A gap in the order of an old option set.
            null,
            { id: 'o3', code: null, name: 'Female', displayName: 'Féminin' },
          ],
        },
      ],
      ['Sex', 'A', 'Vaccines, all: [a]', 'SetB0000001'],
    );
    expect(data.optionSets).toEqual([
      {
        ...B,
        options: [
          { id: 'o4', code: 'M', name: 'Male', sortOrder: 1 },
          { id: 'o3', name: 'Female', displayName: 'Féminin', sortOrder: 3 },
        ],
      },
      { ...A, options: [{ id: 'o2', code: '2', name: 'Two', sortOrder: 7 }] },
    ]);
    expect(report['fetch-options']).toEqual({ read: 3, requests: 2 });
  });

  it('does not treat a set that was deleted during the read as one without options', async () => {
    await expect(fetchFrom([A, B], [A], ['A', 'Sex'])).rejects.toMatchObject({
      code: 'READ_INCOMPLETE',
    });
  });

  it('refuses a name that matches several sets', async () => {
    const twin = { ...B, id: 'SetC0000001' };
    await expect(fetchFrom([A, B, twin], [], ['Sex'])).rejects.toMatchObject({
      code: 'UNKNOWN_OPTION_SET',
      message: expect.stringContaining('"Sex" matches several option sets: use the id of one.'),
    });
  });
});
