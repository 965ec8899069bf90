import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRecord, recordsOf } from '#test/support/records.js';
import { PROJECT } from '#test/support/workflow.js';
import { createProject, writeProjectFile } from '../../support/project.js';

const BIN = path.join(PROJECT, 'adaptors/runtime/bin/godata-dhis2.js');
/** `script` of util-linux gives a program a terminal. */
const HAS_TERMINAL = spawnSync('script', ['--version']).stdout?.includes('util-linux') ?? false;

const plan = (total: number) =>
  JSON.stringify({ columns: ['record'], rows: Array(total).fill(['case a']), total });

const jobOf = (total: number) => `
  fn(state => { console.log(state.dryRun ? 'it plans' : 'it writes'); return state; });
  report('write', { requests: 7, updated: ${total} }, ${plan(total)});
`;

/** Types an answer when the question is there, and closes the terminal when that is wanted. */
function atTerminal(
  args: string,
  cwd: string,
  answer: string,
  env: object = {},
  isToClose: (output: string) => boolean = () => false,
) {
  const { CI: _ci, ...others } = process.env;
  const command = `'${process.execPath}' '${BIN}' ${args}`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd,
    env: { ...others, TERM: 'dumb', ...env },
  });
  return new Promise<{ status: number | null; output: string }>((resolve, reject) => {
    let output = '';
    let isAnswered = false;
    child.stdout.on('data', text => {
      output += text;
      if (isToClose(output)) child.kill();
      if (isAnswered || !output.includes('[y/N]')) return;
      isAnswered = true;
      child.stdin.write(answer);
    });
    child.once('error', reject);
    child.once('close', status => resolve({ status, output }));
  });
}

const reportOf = (project: string) => JSON.parse(readRecord(project, 'report.json'));

describe.runIf(HAS_TERMINAL)('godata-dhis2 run at a terminal', () => {
  it('shows the plan with its number of requests, asks, and writes after a yes', async () => {
    const project = createProject({ steps: { write: { job: jobOf(2) } } });
    const { status, output } = await atTerminal('run small', project, 'y\r');
    expect(output).toContain(
      'Write these 2 changes? The plan took 7 requests; writing reads again. [y/N]',
    );
    expect(output.indexOf('Would make 2 changes')).toBeLessThan(output.indexOf('[y/N]'));
    expect(output.indexOf('it plans')).toBeLessThan(output.indexOf('[y/N]'));
    expect(output.indexOf('it writes')).toBeGreaterThan(output.indexOf('[y/N]'));
    expect(output).toContain('Made 2 changes');
    expect(status).toBe(0);
    expect(recordsOf(project)).toHaveLength(1);
    expect(reportOf(project)).toMatchObject({ status: 'completed', dryRun: false });
  });

  it.each([
    ['a no', 'n\r'],
    ['an empty line', '\r'],
    ['Ctrl-D', '\u0004'],
  ])('writes nothing after %s', async (_, answer) => {
    const project = createProject({ steps: { write: { job: jobOf(2) } } });
    const { status, output } = await atTerminal('run small', project, answer);
    expect(output).not.toContain('it writes');
    expect(output).toMatch(/Nothing was written/);
    expect(status).not.toBe(0);
    // `undo` must not take it for a run that may have written.
    expect(reportOf(project)).toMatchObject({ dryRun: true });
  });

  it('is no dry run any more once somebody has said yes, also for whoever kills it', async () => {
    const wait = 'fn(s => s.dryRun ? s : new Promise(() => setInterval(() => {}, 1000)));';
    const project = createProject({ steps: { write: { job: `${jobOf(2)}${wait}` } } });
    let report: unknown;
    await atTerminal('run small', project, 'y\r', {}, output => {
      if (!output.includes('it writes')) return false;
      report = reportOf(project);
      return true;
    });
    expect(report).toMatchObject({ status: 'unfinished', dryRun: false });
  });

  it('does not ask if there is nothing to write, with --yes, in CI, or with --json', async () => {
    const project = createProject({ steps: { write: { job: jobOf(0) } } });
    const nothing = await atTerminal('run small', project, '');
    expect(nothing.output).toContain('it writes');
    writeProjectFile(project, 'jobs/write.js', jobOf(2));
    const others = await Promise.all([
      atTerminal('run small --yes', project, ''),
      atTerminal('run small', project, '', { CI: '1' }),
      atTerminal('run small --json', project, ''),
      atTerminal('run small | cat', project, ''),
      atTerminal('run small < /dev/null', project, ''),
    ]);
    for (const { output } of [nothing, ...others]) expect(output).not.toContain('[y/N]');
    for (const { output } of others) {
      expect(output).toContain('it writes');
      expect(output).not.toContain('it plans');
    }
  });
});
