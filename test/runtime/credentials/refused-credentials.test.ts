import { afterEach, expect, it } from 'vitest';
import { runCommand, temporaryJson } from '../../support/command.js';
import { PROJECT, type Servers, startServers } from '../../support/workflow.js';

let servers: Servers;
afterEach(() => servers.close());

it.each([
  ['dhis2', { pat: 'd2p_hush\nX-Evil: 1' }, /pat must be one word, without spaces and line breaks/],
  ['dhis2', { pat: 'd2p hush' }, /pat must be one word/],
  [
    'dhis2',
    { hostUrl: 'https://hush:hush@127.0.0.1:1' },
    /hostUrl must be http or https, without user name/,
  ],
  [
    'godata',
    { apiUrl: 'https://hush@127.0.0.1:1/api' },
    /apiUrl must be http or https, without user name/,
  ],
  ['godata', { apiUrl: 'https://127.0.0.1:1/api?token=hush' }, /apiUrl must be http or https/],
] as const)(
  'a credential of %s is refused before anything is read: %j',
  async (system, change, message) => {
    servers = await startServers({});
    const credentials = {
      ...servers.credentials,
      [system]: { ...servers.credentials[system], ...change },
    };
    const file = temporaryJson('credentials.json', credentials);
    const args = ['run', 'cases-to-data-values', '--project', PROJECT, '--credentials', file];
    const { status, stdout, stderr } = await runCommand(args);
    expect(stderr).toMatch(message);
    expect(stderr.split('\n').filter(line => line.startsWith('Error: '))).toHaveLength(1);
    expect(stdout + stderr).not.toContain('hush');
    expect(status).toBe(2);
    expect(servers.goData.requests.count() + servers.dhis2.requests.count()).toBe(0);
  },
);

it('an address may have its scheme in capitals', async () => {
  servers = await startServers({});
  const { dhis2, godata } = servers.credentials;
  const credentials = {
    dhis2,
    godata: { ...godata, apiUrl: godata.apiUrl.replace('http', 'HTTP') },
  };
  const file = temporaryJson('credentials.json', credentials);
  const args = ['run', 'cases-to-data-values', '--project', PROJECT, '--credentials', file];
  const { stderr } = await runCommand([...args, '--dry-run']);
  expect(stderr).not.toContain('CREDENTIALS_INVALID');
  expect(servers.goData.requests.count()).toBeGreaterThan(0);
});
