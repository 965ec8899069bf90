import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readProject } from '#runtime/index.js';
import { temporaryJson } from '../../support/command.js';
import { FIXTURES } from '../../support/fixtures.js';
import { editProject } from '../../support/project.js';
import { runCommandLine } from '../support/command.js';

/** A copy of this project with one more workflow, made from another. */
async function copyWith(from: string, ...more: string[]) {
  const { folder, remove } = editProject({});
  onTestFinished(remove);
  const args = ['new-workflow', 'another', '--from', from, ...more];
  return { folder, ...(await runCommandLine(args, { cwd: folder })) };
}

describe('new-workflow --from', () => {
  it.each(Object.keys(FIXTURES))('%s passes the check and a dry run', async from => {
    const { folder, status, stdout } = await copyWith(from);
    expect(stdout).toContain('  project.yaml   (its entry)');
    expect(status).toBe(0);
    const check = await runCommandLine(['check'], { cwd: folder });
    expect(check.stdout).toContain('no problems');
    const { triggers, jobs } = readProject(folder).spec.workflows!.another!;
    expect(Object.values(triggers!).map(({ enabled }) => enabled)).toEqual([false]);
    for (const { body } of Object.values(jobs!))
      expect((body as { path: string }).path).toMatch(/^jobs\/another\//);
    const { credentials, state, close } = await FIXTURES[from]!();
    try {
      const dry = await runCommandLine(
        [
          ...['run', 'another', '--dry-run', '--state', temporaryJson('state.json', state)],
          ...['--credentials', temporaryJson('credentials.json', credentials)],
        ],
        { cwd: folder },
      );
      expect(dry.stderr).not.toMatch(/Error/);
      expect([0, 3]).toContain(dry.status);
    } finally {
      await close();
    }
  });

  it('gives the new workflow a mapping of its own, where others share one', async () => {
    const { folder } = await copyWith('two-way');
    const read = (name: string) => readFileSync(path.join(folder, 'jobs', name), 'utf8');
    expect(read('another/map-cases.js')).toBe(read('people/map-people.js'));
    expect(read('another/README.md')).toContain('Made from the workflow two-way');
  });

  it('refuses a workflow that does not exist, and writes nothing', async () => {
    const { folder, status, stderr } = await copyWith('cases-to-datavalues');
    expect(stderr).toMatch(/Did you mean cases-to-data-values\? \(UNKNOWN_WORKFLOW\)/);
    expect(status).toBe(2);
    expect(existsSync(path.join(folder, 'jobs/another'))).toBe(false);
  });
});
