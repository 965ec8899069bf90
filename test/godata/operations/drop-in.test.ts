import { describe, expect, it, onTestFinished } from 'vitest';
import * as adaptor from '#godata/index.js';
import { type Routes, startFakeApi } from '../../support/fake-api.js';

const { axios } = adaptor;

async function start(routes: Routes) {
  const api = await startFakeApi(routes);
  onTestFinished(() => api.close());
  return api;
}

it('has all of its exports in a default export as well', () => {
  const { default: all, ...named } = adaptor;
  expect({ ...all }).toEqual(named);
});

describe('axios', () => {
  it('reads, with parameters, headers and basic authentication', async () => {
    const api = await start({ 'GET /api/cases': { body: [{ id: 'a' }], headers: { 'X-B': 'c' } } });
    const params = { filter: '{"limit":1}', flag: true, ids: [1, 2], none: undefined };
    const auth = { username: 'admin', password: 'district' };
    const answer = await axios.get(`${api.url}/api/cases`, {
      params,
      auth,
      headers: { 'X-A': 'b' },
    });
    expect(answer).toMatchObject({ data: [{ id: 'a' }], status: 200, headers: { 'x-b': 'c' } });
    expect(api.calls[0]).toMatchObject({
      query: { filter: ['{"limit":1}'], flag: ['true'], 'ids[]': ['1', '2'] },
      headers: { 'x-a': 'b', authorization: 'Basic YWRtaW46ZGlzdHJpY3Q=' },
    });
  });

  it('sends bodies by each of its forms', async () => {
    const api = await start({
      'POST /api/x': { body: {} },
      'PUT /api/x': { body: {} },
      'PATCH /api/x': { body: {} },
      'DELETE /api/x': { status: 204 },
    });
    const url = `${api.url}/api/x`;
    await axios({ method: 'POST', baseURL: `${api.url}/api/`, url: '/x', data: { a: 1 } });
    await axios.post(url, [1]);
    await axios.put(url, 'a=1');
    await axios.patch(url, '<a/>', { headers: { 'Content-Type': 'application/xml' } });
    await axios(url, { method: 'delete' });
    expect(api.calls.map(({ method, body }) => [method, body])).toEqual([
      ['POST', { a: 1 }],
      ['POST', [1]],
      ['PUT', 'a=1'],
      ['PATCH', '<a/>'],
      ['DELETE', ''],
    ]);
    expect(api.calls.map(({ headers }) => headers['content-type'])).toEqual([
      'application/json',
      'application/json',
      'application/x-www-form-urlencoded',
      'application/xml',
      undefined,
    ]);
  });

  it('returns a text where the answer is no JSON, and bytes on request', async () => {
    const api = await start({ 'GET /file': { body: 'a,b' } });
    const url = `${api.url}/file`;
    expect((await axios.get(url)).data).toBe('a,b');
    const { data } = await axios.get(url, { responseType: 'arraybuffer' });
    expect(data).toEqual(Buffer.from('a,b'));
  });

  it('rejects an answer that is an error, without showing it in a log or a state', async () => {
    const api = await start({ 'GET /x': { status: 404, body: { error: 'Secretname' } } });
    const error = await axios.get(`${api.url}/x`).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: 'Request failed with status code 404',
      code: 'REFUSED',
      details: { method: 'GET', status: 404 },
    });
    expect((error as { response: { data: unknown } }).response.data).toEqual({
      error: 'Secretname',
    });
    expect(axios.isAxiosError(error)).toBe(true);
    expect(JSON.stringify({ ...(error as object) })).not.toContain('Secretname');
    const accepted = await axios.get(`${api.url}/x`, { validateStatus: null });
    expect(accepted.status).toBe(404);
  });

  it('says that nothing answers', async () => {
    const api = await startFakeApi({});
    await api.close();
    await expect(axios.get(api.url)).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
  });

  it.each([
    [
      'the token that the published adaptor keeps in the credential',
      { params: { access_token: undefined } },
    ],
    ['the same in the address', { url: 'https://godata.example.org/api/x?access_token=undefined' }],
  ])('refuses a request without %s, and names the operation to use', async (_, config) => {
    const request = axios({ url: 'https://godata.example.org/api/x', ...config });
    await expect(request).rejects.toMatchObject({
      code: 'NO_ACCESS_TOKEN',
      fix: expect.stringContaining("request('GET', '/outbreaks'"),
    });
  });

  it('refuses what it does not do, before anything is sent', async () => {
    const api = await start({});
    const refused = [
      { method: 'HEAD' },
      { responseType: 'stream' },
      { maxRedirects: 5 },
      { params: { filter: { where: {} } } },
      { url: '/api/x' },
    ];
    for (const config of refused) {
      await expect(axios({ url: api.url, ...config } as object)).rejects.toMatchObject({
        code: 'BAD_OPTION',
      });
    }
    expect(() => (axios as unknown as { create: unknown }).create).toThrow(/axios\.create/);
    expect(api.calls).toEqual([]);
  });
});
