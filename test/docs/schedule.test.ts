import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cronProblem } from '#runtime/check/cron.js';
import { toVariable } from '#runtime/credentials/read-credentials-text.js';
import { startSandbox } from '#sandbox/index.js';
import { IS_DEEP } from '#test/support/runs.js';
import { PROJECT } from '../support/workflow.js';
import { createCheckout, createFolder } from './support/folders.js';
import { blocksOf, readPage } from './support/pages.js';

const PAGE = 'docs/schedule.md';
const HOME = '/opt/godata-dhis2';
const blocks = (language: string) =>
  blocksOf(PAGE).flatMap(block => (block.language === language ? [block.text] : []));

/** A checkout as the page puts it below /opt, and a PATH with its `npx godata-dhis2`. */
async function createHome() {
  const sandbox = await startSandbox({ people: 4, casesCount: 20 });
  onTestFinished(() => sandbox.close());
  const home = createCheckout(createFolder());
  writeFileSync(path.join(home, 'state/credentials.json'), JSON.stringify(sandbox.credentials));
  const bin = path.join(home, 'bin');
  mkdirSync(bin);
  const program = path.join(PROJECT, 'adaptors/runtime/bin/godata-dhis2.js');
  writeFileSync(
    path.join(bin, 'npx'),
    `#!/bin/sh\nshift\nexec '${process.execPath}' '${program}' "$@"\n`,
  );
  chmodSync(path.join(bin, 'npx'), 0o755);
  return { home, bin, credentials: sandbox.credentials };
}

/** Runs a command line as cron does: with `/bin/sh`, next to no environment, and no terminal. */
async function runAsCron(command: string, home: string, bin: string): Promise<number | null> {
  const env = { PATH: `${bin}:/usr/bin:/bin`, HOME: home };
  const child = spawn('/bin/sh', ['-c', command.replaceAll(HOME, home)], { env, stdio: 'ignore' });
  return new Promise(resolve => child.once('close', resolve));
}

describe('the lines for cron', () => {
  const lines = blocks('cron').flatMap(text =>
    text.split('\n').filter(line => /^[\d*]/.test(line)),
  );
  const entries = lines.map(line => {
    const [, schedule, command] = /^((?:\S+ ){5})(.*)$/.exec(line)!;
    return { schedule: schedule!.trim(), command: command! };
  });

  it('have schedules that fire, and no percent sign', () => {
    expect(entries.length).toBeGreaterThan(1);
    expect(entries.flatMap(({ schedule }) => cronProblem(schedule) ?? [])).toEqual([]);
    expect(entries.filter(({ command }) => command.includes('%'))).toEqual([]);
  });

  it('run as they are written', async () => {
    const { home, bin } = await createHome();
    // People need the locations of their org units.
    const places =
      'npx godata-dhis2 run org-units-to-locations --credentials state/credentials.json';
    if (IS_DEEP) expect(await runAsCron(`cd ${HOME} && ${places}`, home, bin)).toBe(0);
    for (const { command } of IS_DEEP ? entries : entries.slice(0, 1)) {
      expect(await runAsCron(command, home, bin), command).toBe(0);
    }
    expect(readFileSync(path.join(home, 'state/run.log'), 'utf8')).toContain('Report: ');
    const log = readFileSync(path.join(home, 'state/run.jsonl'), 'utf8').trim().split('\n');
    expect(log.map(line => JSON.parse(line).message)).toContain('started');
    expect(existsSync(path.join(home, 'state/two-way.json'))).toBe(IS_DEEP);
  });
});

const HAS_SYSTEMD = spawnSync('systemd-analyze', ['--version']).status === 0;

describe.runIf(HAS_SYSTEMD)('the units for systemd', () => {
  const [service = '', timer = ''] = blocks('ini');

  /** What systemd says against the units; empty if nothing. */
  function verify(text: string): string {
    const folder = createFolder();
    const files = { 'godata-dhis2@.service': text, 'godata-dhis2@.timer': timer };
    for (const [name, unit] of Object.entries(files)) {
      // Only the program must exist on this machine.
      writeFileSync(path.join(folder, name), unit.replace('/usr/bin/npx', process.execPath));
    }
    const { stdout, stderr } = spawnSync(
      'systemd-analyze',
      ['verify', ...Object.keys(files).map(name => path.join(folder, name))],
      { encoding: 'utf8' },
    );
    return `${stdout}${stderr}`.trim();
  }

  it('are accepted by systemd', () => {
    expect(verify(service)).toBe('');
    expect(verify(service.replace('Type=oneshot', 'Type=once'))).not.toBe('');
    const [, calendar] = /OnCalendar=(.*)/.exec(timer)!;
    expect(spawnSync('systemd-analyze', ['calendar', calendar!]).status).toBe(0);
  });

  it('have a command that the program accepts', async () => {
    const [, command] = /ExecStart=\/usr\/bin\/(.*)/.exec(service)!;
    const { home, bin } = await createHome();
    const line = command!.replaceAll('%i', 'org-units-to-locations');
    expect(await runAsCron(`cd ${HOME} && ${line}`, home, bin)).toBe(0);
    expect(existsSync(path.join(home, 'state/org-units-to-locations.json'))).toBe(true);
  });
});

it('the variables of --credentials env are those of the fields of a credential', () => {
  const readJson = (file: string) => JSON.parse(readFileSync(path.join(PROJECT, file), 'utf8'));
  const variables = readPage(PAGE).match(/GODATA_DHIS2__\w+__\w+/g);
  const example: Record<string, object> = readJson('state/credentials.example.json');
  const needed = Object.entries(example).flatMap(([name, fields]) =>
    Object.keys(fields).map(field => toVariable(name, field)),
  );
  expect(variables).toEqual(expect.arrayContaining(needed));
  const known = ['godata', 'dhis2'].flatMap(name => {
    const { properties } = readJson(`adaptors/packages/${name}/configuration-schema.json`);
    return Object.keys(properties).map(field => toVariable(name, field));
  });
  expect(known).toEqual(expect.arrayContaining(variables!));
});
