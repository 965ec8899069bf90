import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BothServers } from '../support/both-servers.js';
import { runCommand, temporaryJson } from '../support/command.js';
import { loadShippedMapping } from '../support/shipped-mapping.js';
import { startWhoServers } from './support/who-servers.js';

let servers: BothServers;
let parent: string;
let folder: string;

beforeAll(async () => {
  const { mapping } = await loadShippedMapping();
  servers = await startWhoServers(mapping);
  parent = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-made-'));
  folder = path.join(parent, 'country');
  const credentials = temporaryJson('credentials.json', servers.credentials);
  const { status, stdout } = await runCommand([
    ...['init', folder, '--credentials', credentials, '--outbreak', 'COVID-19'],
    ...['--case-program', 'uYjxkTbwRNf', '--contact-program', 'DM9n1bUw8W8'],
    ...['--data-set', 'OUTBREAK_WEEKLY'],
  ]);
  expect(status, stdout).toBe(0);
  copyFileSync(credentials, path.join(folder, 'state/credentials.json'));
});
afterAll(async () => {
  await servers.close();
  rmSync(parent, { recursive: true, force: true });
});

const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');

describe('a project that init made', () => {
  it('runs the three commands of its README as they are written there', async () => {
    const [, block] = /^```\n(.*?)\n```$/ms.exec(read('README.md'))!;
    const commands = block!.split('\n');
    expect(commands).toHaveLength(3);
    const results = [];
    for (const command of commands) {
      const [npx, program, ...args] = command.split(' ');
      expect([npx, program]).toEqual(['npx', 'godata-dhis2']);
      const { status, stdout, stderr } = await runCommand(args, folder);
      expect(status, `${command}\n${stdout}${stderr}`).toBe(0);
      results.push(stdout);
    }
    expect(results[0]).toContain('no problems');
    expect(results[1]).toMatch(/would be created/);
    expect(results[2]).toMatch(/upsert-locations: .*created/);
  });

  it('says of each row how it was found', () => {
    const lines = read('jobs/people/map-people.js').split('\n');
    const rows = lines.flatMap((line, n) => (/^ {2}row\(/.test(line) ? [n] : []));
    expect(rows.length).toBeGreaterThan(20);
    // Two rows are made of the same places, and stand below one comment.
    const above = (n: number): string =>
      lines[n]!.includes("'contactDateEstimated'")
        ? above(lines.findIndex(line => line.includes("row('contactDate'")))
        : lines[n - 1]!;
    expect(rows.map(above).filter(line => !line.startsWith('  // '))).toEqual([]);
    const answers = lines.filter(line => /^ {4}[\w'-]+: '\w{11}',/.test(line));
    expect(answers.length).toBeGreaterThan(5);
    expect(answers.filter(line => !/', \/\/ .+: .+/.test(line))).toEqual([]);
  });
});
