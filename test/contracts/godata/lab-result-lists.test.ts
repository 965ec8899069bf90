import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCase, OUTBREAK } from '#test/support/outbreak.js';
import { type Servers, startServers } from '#test/support/workflow.js';
import { type Recording, settled } from './replay.js';

// Lists of lab results, in the order in which they were sent: each sees what the earlier ones left.

const FOLDER = path.join(import.meta.dirname, '2.50.3-lab-results');
const PERSON = 'CASE00668A1';
/** Those that the server gives differ; whether one of ours stays is compared. */
const UNKNOWN_ID = /^[0-9a-f-]{36}$/;
const OTHER_OUTBREAK = /(?<=outbreaks\/|"outbreakId":\s*")[0-9a-f-]{36}/g;

const recordings = readdirSync(FOLDER)
  .sort()
  .map(name => {
    const text = readFileSync(path.join(FOLDER, name), 'utf8').replace(OTHER_OUTBREAK, OUTBREAK);
    return { name, ...(JSON.parse(text) as Omit<Recording, 'name'>) };
  });

/** A list without order: the server creates its elements at the same time. */
function comparable(body: unknown): unknown {
  const known = settled(body, ['createdBy', 'updatedBy']);
  if (!Array.isArray(known)) return known;
  const records = known.map(({ id, ...rest }) => (UNKNOWN_ID.test(id) ? rest : { id, ...rest }));
  return records.sort((a, b) => String(a.notes).localeCompare(String(b.notes)));
}

let servers: Servers;
let token: string;
beforeAll(async () => {
  servers = await startServers({
    people: [aCase({ id: PERSON })],
    user: { activeOutbreakId: OUTBREAK },
  });
  const { apiUrl, email, password } = servers.credentials.godata;
  const login = await fetch(`${apiUrl}/users/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  token = ((await login.json()) as { id: string }).id;
});
afterAll(() => servers.close());

describe('the sandbox answers to lists of lab results like the recorded server', () => {
  it.each(recordings)('$name', async ({ request, response }) => {
    const { apiUrl } = servers.credentials.godata;
    const answer = await fetch(String(apiUrl).replace(/\/api$/, '') + request.path, {
      method: request.method,
      headers: { 'Content-Type': 'application/json', Authorization: token },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    expect(answer.status).toBe(response.status);
    expect(comparable(await answer.json())).toEqual(comparable(response.body));
  });
});
