import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommandLine } from '../support/command.js';
import { createProject } from '../support/project.js';

function projectOf(edit: (yaml: string) => string = yaml => yaml): string {
  const project = createProject({
    steps: { write: { job: "fn(s => { console.log('ran'); return s; });" } },
  });
  const file = path.join(project, 'project.yaml');
  writeFileSync(file, edit(readFileSync(file, 'utf8')));
  return project;
}

describe('an empty value on the command line', () => {
  it.each([
    ['--output', ['run', 'small', '--output', '']],
    ['--state', ['run', 'small', '--state', '']],
    ['--credentials', ['run', 'small', '--credentials', '']],
    ['--project', ['run', 'small', '--project', ' ']],
    ['--project', ['check', '--project', '']],
    ['folder', ['export', '']],
    ['folder', ['bundle', '']],
    ['in', ['convert-org-units', '']],
  ])('%s is refused: %j', async (name, args) => {
    const project = projectOf();
    const { status, stdout, stderr } = await runCommandLine(args, { cwd: project });
    expect(stderr).toMatch(/^error: .*is invalid.*\. It is empty\.\n/);
    expect(stderr).toContain(name);
    expect(stdout).toBe('');
    expect(status).toBe(2);
    expect(existsSync(path.join(project, 'state'))).toBe(false);
  });
});

describe('a state file that does not exist', () => {
  it('starts with an empty state and reports it, as in the first run of a schedule', async () => {
    const project = projectOf();
    const args = ['run', 'small', '--state', 'new/out.json', '--output', 'new/out.json'];
    const first = await runCommandLine(args, { cwd: project });
    expect(first.stderr).toContain(
      'Warning: There is no state file new/out.json. This run begins anew and reads everything.\n',
    );
    expect(first.status).toBe(0);
    const second = await runCommandLine(args, { cwd: project });
    expect(second.stderr).not.toContain('begins anew');
    expect(second.status).toBe(0);
  });
});

describe('a name in project.yaml', () => {
  const long = 'a'.repeat(300);
  it.each([
    ['of the project that is not text', /^name: tiny$/m, 'name: 12', /name must be text\./],
    [
      'of a credential that is not text',
      'name: tiny, owner',
      'name: [1], owner',
      /name must be text\./,
    ],
    ['of a workflow with 300 letters', '  small:', `  ${long}:`, /is too long/],
    ['of a workflow that leads out of the project', '  small:', '  ../../../x:', /holds a slash/],
    ['of a workflow that is only dots', '  small:', '  "..":', /is empty, or only dots/],
    [
      'of a workflow with a line break',
      'name: small',
      'name: "a\\nb"',
      /holds a control character/,
    ],
  ])('%s stops a run with one sentence, and check reports it', async (_, from, to, message) => {
    const project = projectOf(yaml => yaml.replace(from, to));
    const key = /workflows:\n {2}("?)([^\n]+)\1:\n/.exec(
      readFileSync(path.join(project, 'project.yaml'), 'utf8'),
    )![2]!;
    const run = await runCommandLine(['run', key], { cwd: project });
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toMatch(/ran|--verbose/);
    expect(run.status).toBe(2);
    expect(existsSync(path.join(project, 'state'))).toBe(false);
    const check = await runCommandLine(['check'], { cwd: project });
    expect(check.stdout).toMatch(message);
    expect(check.status).toBe(2);
  });
});
