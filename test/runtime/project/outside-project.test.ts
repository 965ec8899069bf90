import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runCommandLine } from '../support/command.js';
import { createProject } from '../support/project.js';

/** A job outside any project, which shows that it ran. */
function jobOutside(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'outside-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'job.js');
  writeFileSync(file, "fn(s => { console.log('ran'); return s; });");
  return file;
}

function projectWith(body: (project: string, outside: string) => string): string {
  const project = createProject({ steps: { one: { job: 'fn(s => s);' } } });
  const file = path.join(project, 'project.yaml');
  const place = body(project, jobOutside());
  writeFileSync(file, readFileSync(file, 'utf8').replace('jobs/one.js', place));
  return project;
}

it.each([
  ['a relative path', (project: string, outside: string) => path.relative(project, outside)],
  ['an absolute path', (_: string, outside: string) => outside],
  [
    'a symbolic link',
    (project: string, outside: string) => {
      symlinkSync(outside, path.join(project, 'jobs/link.js'));
      return 'jobs/link.js';
    },
  ],
  [
    'a linked folder',
    (project: string, outside: string) => {
      symlinkSync(path.dirname(outside), path.join(project, 'linked'));
      return 'linked/job.js';
    },
  ],
])(
  'a job outside the project is neither run nor bundled, and check names it: %s',
  async (_, body) => {
    const cwd = projectWith(body);
    const run = await runCommandLine(['run', 'small'], { cwd });
    expect(run.stderr).not.toContain('ran');
    expect(run.stderr).toMatch(/\((WORKFLOW_INVALID|JOB_OUTSIDE_PROJECT)\)/);
    expect(run.status).toBe(2);
    expect(await runCommandLine(['bundle'], { cwd })).toMatchObject({ status: 2 });
    const check = await runCommandLine(['check'], { cwd });
    expect(check.stdout).toContain('(outside-project)');
    expect(check.status).toBe(2);
  },
);

it('an adaptor is named, not found by a path', async () => {
  const cwd = createProject({
    steps: { one: { job: 'fn(s => s);', adaptor: '../../adaptors/packages/tiny' } },
  });
  const { status, stderr } = await runCommandLine(['run', 'small'], { cwd });
  expect(stderr).toContain('../../adaptors/packages/tiny is not the name of an adaptor.');
  expect(status).toBe(2);
});
