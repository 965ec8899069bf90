import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommandLine } from '../../support/command.js';
import { createProject } from '../../support/project.js';

const count = (name: string) =>
  `fn(state => ({ ...state, ran: [...(state.ran ?? []), '${name}'] }));`;

function start() {
  const steps = {
    one: { job: count('one') },
    two: { job: count('two') },
    three: { job: count('three') },
  };
  const project = createProject({ steps });
  const run = async (...more: string[]) => {
    const args = ['run', 'small', '--output', 'out.json', ...more];
    const { status, stdout, stderr } = await runCommandLine(args, { cwd: project });
    const out =
      status === 0 ? JSON.parse(readFileSync(path.join(project, 'out.json'), 'utf8')) : {};
    return { status, stdout, stderr, ran: out.ran, state: out };
  };
  return { project, run };
}

describe('run --start and --end', () => {
  it('run these steps and those between', async () => {
    const { run } = start();
    expect((await run('--end', 'two')).ran).toEqual(['one', 'two']);
    expect((await run('--start', 'one', '--end', 'one')).ran).toEqual(['one']);
    expect((await run('--start', 'two', '--state', 'out.json')).ran).toEqual([
      'one',
      'two',
      'three',
    ]);
  });

  it('begin with what the step before left, if a run has kept it', async () => {
    const { project, run } = start();
    const { status, stderr } = await run('--start', 'three');
    expect(stderr).toMatch(
      /No run has kept what step two leaves\. \(NO_CACHED_STEP\)[\s\S]*--cache-steps/,
    );
    expect(status).toBe(2);
    await run('--cache-steps');
    const file = path.join(project, 'state/.local/steps/small/two.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await run('--start', 'three');
    expect(again.ran).toEqual(['one', 'two', 'three']);
    expect(again.stdout).toContain('--start three');
  });

  it('write again after a dry run that was kept: only the command says what a run may do', async () => {
    const { project, run } = start();
    await run('--dry-run', '--allow-large-change', '--cache-steps');
    const kept = readFileSync(path.join(project, 'state/.local/steps/small/two.json'), 'utf8');
    expect(JSON.parse(kept)).toMatchObject({ dryRun: true, allowLargeChange: true });
    expect((await run('--start', 'three', '--dry-run')).state.ran).toHaveLength(3);
    const { stdout } = await runCommandLine(['run', 'small', '--start', 'three', '--json'], {
      cwd: project,
    });
    expect(JSON.parse(stdout).dryRun).toBeFalsy();
    const seen = createProject({
      steps: {
        one: { job: 'fn(state => state);' },
        two: {
          job: "fn(state => { console.log('dry', state.dryRun, state.allowLargeChange); return state; });",
        },
      },
    });
    await runCommandLine(['run', 'small', '--dry-run', '--allow-large-change', '--cache-steps'], {
      cwd: seen,
    });
    const again = await runCommandLine(['run', 'small', '--start', 'two', '--verbose'], {
      cwd: seen,
    });
    expect(again.stderr).toContain('dry undefined undefined');
  });

  it('keep the hash of all jobs, so that the next run reads nobody again', async () => {
    const { project, run } = start();
    const hashOf = async (...more: string[]) => {
      await run('--cache-steps', ...more);
      const { stdout } = await runCommandLine(['run', 'small', ...more, '--json'], {
        cwd: project,
      });
      return JSON.parse(stdout).mappingHash;
    };
    const whole = await hashOf();
    expect(whole).toMatch(/^[0-9a-f]{16}$/);
    expect(await hashOf('--start', 'three')).toBe(whole);
  });

  it.each([
    [['--start', 'tow'], /no step tow\. There are: one, two, three\. Did you mean two/],
    [['--end', 'four'], /no step four/],
    [['--start', 'three', '--end', 'one'], /No path leads from three to one/],
    [['--start', 'two', '--drain'], /cannot be used with --start or --end/],
  ])('are refused with %j', async (more, message) => {
    const { status, stderr } = await start().run(...more, '--state', 'none.json');
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});
