import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { aServer, basic, send } from './support/client.js';
import { ID } from './support/seed.js';

const CELL = {
  dataElement: ID.deaths,
  period: '2026W33',
  orgUnit: ID.facility,
  categoryOptionCombo: ID.default,
  attributeOptionCombo: ID.default,
  value: '3',
};
const PAYLOAD = { dataSet: ID.dataSet, dataValues: [CELL] };

it.each(['2.42', '2.43'])(
  'of %s imports as a job, whose progress and result can be read',
  async version => {
    const server = await aServer({ version });
    const started = await server.post('/api/dataValueSets?async=true', PAYLOAD);
    expect(started.status).toBe(200);
    const { response, message } = started.body;
    expect(message).toMatch(/^Initiated DATAVALUE_IMPORT \(\d+\)$/);
    expect(response).toMatchObject({
      responseType: 'JobConfiguration',
      jobStatus: 'NOT_STARTED',
      jobType: 'DATAVALUE_IMPORT',
      relativeNotifierEndpoint: `/api/system/tasks/DATAVALUE_IMPORT/${response.id}`,
    });
    const location = `${server.url}/api/system/tasks/DATAVALUE_IMPORT`;
    expect(started.headers.get('location')).toBe(location);

    const summaryPath = `/api/system/taskSummaries/DATAVALUE_IMPORT/${response.id}`;
    const running = await server.get(response.relativeNotifierEndpoint);
    expect(running.body).toEqual([]);
    const notYet = await server.get(summaryPath);
    expect([notYet.status, notYet.body]).toEqual([200, '']);

    const done = await server.get(response.relativeNotifierEndpoint);
    expect(done.body[0]).toMatchObject({ completed: true, level: 'INFO' });
    expect(done.body[0].message).toMatch(/^Import complete with status SUCCESS, /);
    const { body } = await server.get(summaryPath);
    expect(body).toMatchObject({ responseType: 'ImportSummary', status: 'SUCCESS' });
    expect(server.store.dataValues.list()).toHaveLength(1);
  },
);

it('delays a job by the configured time', async () => {
  const server = await aServer({ jobWaitMs: 300 });
  const { body } = await server.post('/api/dataValueSets?async=true', PAYLOAD);
  const path = body.response.relativeNotifierEndpoint;
  for (let look = 0; look < 3; look += 1) expect((await server.get(path)).body).toEqual([]);
  expect(server.store.dataValues.list()).toEqual([]);
  await expect.poll(async () => (await server.get(path)).body.length).toBeGreaterThan(0);
  expect(server.store.dataValues.list()).toHaveLength(1);
});

it('shows a job to no other user', async () => {
  const server = await aServer();
  const { body } = await server.post('/api/dataValueSets?async=true', PAYLOAD);
  const other = await server.get(body.response.relativeNotifierEndpoint, 'admin');
  expect(other.body).toEqual([]);
});

it('reports that the process of a job failed', async () => {
  const server = await aServer({ version: '2.43' });
  const { body } = await server.post('/api/dataValueSets?async=true', '{');
  const path = body.response.relativeNotifierEndpoint;
  await server.get(path);
  const done = await server.get(path);
  expect(done.body[0]).toMatchObject({ completed: true, level: 'ERROR' });
  expect(done.body[0].message).toMatch(/^Process failed: /);
});

it('recognises a gzip body by its first bytes', async () => {
  const server = await aServer();
  const { status } = await send(`${server.url}/api/dataValueSets`, {
    method: 'POST',
    headers: { ...basic('entry'), 'content-type': 'application/json' },
    body: gzipSync(JSON.stringify(PAYLOAD)),
  });
  expect(status).toBe(200);
  expect(server.store.dataValues.list()).toHaveLength(1);
});

it('does not decompress what Tracker imports', async () => {
  const server = await aServer();
  const { status, body } = await send(`${server.url}/api/tracker?async=false`, {
    method: 'POST',
    headers: { ...basic('entry'), 'content-type': 'application/json' },
    body: gzipSync('{}'),
  });
  expect(status).toBe(400);
  expect(body.message).toContain('Illegal character ((CTRL-CHAR, code 31))');
});

it.each([
  ['application/xml', 501],
  ['text/plain', 415],
])('refuses %s with %i', async (type, expected) => {
  const server = await aServer();
  const headers = { 'content-type': type };
  const answer = await server.request('/api/dataValueSets', { method: 'POST', headers, body: 'x' });
  expect(answer.status).toBe(expected);
});

it('applies faults', async () => {
  const server = await aServer({ faults: [{ kind: 'status', status: 503, at: 1 }] });
  expect((await server.get('/api/me')).status).toBe(503);
  expect((await server.get('/api/me')).status).toBe(200);
});
