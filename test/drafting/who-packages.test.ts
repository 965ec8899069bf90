import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BothServers } from '../support/both-servers.js';
import { runCommand, temporaryJson } from '../support/command.js';
import type { CommandResult } from '../support/command-client.js';
import { loadShippedMapping } from '../support/shipped-mapping.js';
import { readMapping } from './support/read-mapping.js';
import { type Score, score } from './support/score.js';
import { startWhoServers } from './support/who-servers.js';

let servers: BothServers;
let folder: string;
let credentials: string;
let made: CommandResult;
let result: Score;

beforeAll(async () => {
  const { mapping } = await loadShippedMapping();
  servers = await startWhoServers(mapping);
  credentials = temporaryJson('credentials.json', servers.credentials);
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'godata-dhis2-draft-')), 'covid');
  made = await runCommand([
    ...['init', folder, '--credentials', credentials, '--outbreak', 'COVID-19'],
    ...['--case-program', 'COVID19_CBS', '--contact-program', 'COVID19_CONTACTS'],
    ...['--data-set', 'OUTBREAK_WEEKLY'],
  ]);
  expect(made.status, made.stderr).toBe(0);
  result = score(readMapping(path.join(folder, 'jobs/people/map-people.js')), mapping);
});
afterAll(async () => {
  await servers.close();
  rmSync(path.dirname(folder), { recursive: true, force: true });
});

const run = (...args: string[]) =>
  runCommand([...args, '--project', folder, '--credentials', credentials]);

describe("a draft for WHO's packages", () => {
  it('has at least 70 % of the rows that people wrote, and under 2 % that are wrong', () => {
    const { facts, right, wrong, missing, wrongCodes } = result;
    const share = (count: number) => `${count} (${Math.round((1000 * count) / facts) / 10} %)`;
    process.stdout.write(
      `Draft for WHO's packages, of ${facts} rows: right ${share(right.length)}, wrong ${share(wrong.length)}, not proposed ${share(missing.length)}\n  wrong: ${wrong.join('; ') || 'none'}\n  not proposed: ${missing.join(', ')}\n`,
    );
    expect(right.length / facts).toBeGreaterThanOrEqual(0.7);
    expect(wrong.length / facts).toBeLessThan(0.02);
    expect(wrongCodes).toEqual([]);
  });

  it('passes the check and a dry run of every workflow of people and counts at once', async () => {
    const check = await runCommand(['check', '--project', folder]);
    expect(check.stdout).toContain('no problems');
    for (const workflow of [
      'tracked-entities-to-cases',
      'cases-to-tracked-entities',
      'cases-to-data-values',
      'options-to-reference-data',
    ]) {
      const { status, stderr } = await run('run', workflow, '--dry-run');
      expect([0, 3], `${workflow}: ${stderr}`).toContain(status);
    }
  });
});
