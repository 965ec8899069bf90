import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runInShell } from '../support/command.js';
import { createProject } from '../support/project.js';

const job = `listCases('b');`;
// Nothing listens on port 9 of this machine.
const apiUrl = 'http://127.0.0.1:9/api';
const tiny = { apiUrl, email: 'a@example.org', password: 'Sandbox-1234' };

function run(variables: Record<string, string>) {
  const adaptor = '@openfn/language-godata@latest';
  const cwd = createProject({ steps: { one: { job, adaptor, credential: 'tiny' } } });
  const credentials = path.join(cwd, 'credentials.json');
  writeFileSync(credentials, JSON.stringify({ tiny }), { mode: 0o600 });
  return runInShell('run small --credentials credentials.json', cwd, variables);
}

it('an unreachable server and a proxy in the environment: says that runs do not use it', async () => {
  const { status, stderr } = await run({ HTTPS_PROXY: 'http://127.0.0.1:3128' });
  expect(stderr).toContain('CONNECTION_REFUSED');
  expect(stderr).toContain('HTTPS_PROXY is set, but runs connect without a proxy');
  expect(status).toBe(1);
});

it('without such a variable, no word of proxies', async () => {
  const none = { HTTPS_PROXY: '', https_proxy: '', HTTP_PROXY: '', http_proxy: '', ALL_PROXY: '' };
  const { stderr } = await run(none);
  expect(stderr).toContain('CONNECTION_REFUSED');
  expect(stderr).not.toContain('without a proxy');
});
