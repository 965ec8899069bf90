import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Dhis2Seed } from '#sandbox/dhis2/index.js';
import type { BothServers } from '../support/both-servers.js';
import { runCommand, temporaryJson } from '../support/command.js';
import { loadShippedMapping } from '../support/shipped-mapping.js';
import { startWhoServers } from './support/who-servers.js';

let servers: BothServers;
afterEach(() => servers.close());

async function start(change?: (seed: Dhis2Seed) => void): Promise<void> {
  const { mapping } = await loadShippedMapping();
  servers = await startWhoServers(mapping, change);
}

async function init() {
  const parent = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-denied-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = path.join(parent, 'covid');
  const result = await runCommand([
    ...['init', folder, '--outbreak', 'COVID-19', '--data-set', 'none'],
    ...['--case-program', 'COVID19_CBS', '--contact-program', 'COVID19_CONTACTS'],
    ...['--credentials', temporaryJson('credentials.json', servers.credentials)],
  ]);
  expect(existsSync(folder)).toBe(false);
  return result;
}

describe('init with an account that may not read metadata', () => {
  it('names the attributes and data elements that it may not read', async () => {
    await start(seed => {
      const hidden = ['sB1IHYu2xQT', 'ovY6E8BSdto'];
      for (const field of [...seed.trackedEntityAttributes!, ...seed.dataElements]) {
        if (hidden.includes(field.id)) field.readAccess = ['other'];
      }
    });
    const { status, stderr } = await init();
    expect(stderr).toContain('The account may not read 2 parts of the program uYjxkTbwRNf:');
    expect(stderr).toContain('sB1IHYu2xQT');
    expect(stderr).toContain('ovY6E8BSdto');
    expect(stderr).toContain('(NO_METADATA)');
    expect(status).toBe(2);
  });

  it('names the permission that the account of Go.Data lacks', async () => {
    await start();
    const [user] = servers.goData.store.users.list();
    servers.goData.store.users.update(user!.id, { permissions: ['outbreak_list'] });
    const { status, stderr } = await init();
    expect(stderr).toContain('The Go.Data account may not read the outbreak:');
    expect(stderr).toContain('outbreak_view');
    expect(stderr).toContain('(NO_METADATA)');
    expect(status).toBe(2);
  });
});
