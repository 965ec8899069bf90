import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES } from '#runtime/index.js';
import { PROJECT } from '../../support/workflow.js';
import { runCommandLine } from '../support/command.js';
import { projectOf } from './project-of.js';

const check = (cwd: string, ...args: string[]) => runCommandLine(['check', ...args], { cwd });

describe('godata-dhis2 check', () => {
  it('finds nothing wrong with this project', async () => {
    expect(await check(PROJECT)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Checked \d+ workflows? with \d+ jobs: no problems\.\n$/),
      stderr: '',
    });
  });

  it('reports all problems with file, line and advice, and ends with status 2', async () => {
    const project = projectOf({
      yaml: ['target_job: two', 'target_job: tow'],
      job: 'fn(fetch);\nfn(process);',
    });
    const { status, stdout } = await check(project);
    expect(stdout).toBe(
      [
        'project.yaml:14:32: error: Edge next: target_job tow is unknown. (unknown-job)',
        'jobs/one.js:1:4: error: The platform has no fetch. (unknown-name)',
        '  What to do: Use an operation of the adaptor, or http.request of language-common.',
        'jobs/one.js:2:4: error: The platform has no process. (unknown-name)',
        '  What to do: A job gets its input in the state, and its secrets in the credential.',
        'Checked 1 workflow with 2 jobs: 3 errors, 0 warnings.',
        '',
      ].join('\n'),
    );
    expect(status).toBe(2);
  });

  it('ends with status 0 when there are warnings only', async () => {
    const { status, stdout } = await check(projectOf({ job: 'const a = 1;' }));
    expect(stdout).toContain('jobs/one.js:1:1: warning: This job has no operations');
    expect(stdout).toContain('0 errors, 1 warning.\n');
    expect(status).toBe(0);
  });

  it('prints one JSON document with --json', async () => {
    const { status, stdout } = await check(projectOf({ job: 'fn(URL);' }), '--json');
    expect(JSON.parse(stdout)).toEqual({
      exitStatus: 2,
      workflows: 1,
      jobs: 2,
      problems: [
        {
          severity: 'error',
          rule: 'unknown-name',
          workflow: 'small',
          file: path.join('jobs', 'one.js'),
          line: 1,
          column: 4,
          message: 'The platform has no URL.',
          fix: expect.stringContaining('encodeURIComponent'),
        },
      ],
    });
    expect(status).toBe(2);
  });

  it('reports that there is no project', async () => {
    const { status, stderr } = await check(PROJECT, '--project', 'jobs');
    expect(stderr).toContain('There is no project file jobs/project.yaml. (PROJECT_NOT_FOUND)');
    expect(status).toBe(2);
  });

  it('documents every rule in its help and in the README', async () => {
    const { stdout } = await runCommandLine(['check', '--help']);
    const readme = readFileSync(path.join(PROJECT, 'adaptors/runtime/README.md'), 'utf8');
    for (const [rule, what] of Object.entries(RULES)) {
      expect(stdout).toMatch(new RegExp(`^ {2}${rule} +\\S`, 'm'));
      const row = new RegExp(`^\\| \`${rule}\` +\\| (.*?) +\\|$`, 'm').exec(readme);
      expect(row?.[1], rule).toBe(what);
    }
  });
});
