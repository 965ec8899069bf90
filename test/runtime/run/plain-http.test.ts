import { expect, it } from 'vitest';
import { runCommandLine } from '../support/command.js';
import { createProject, writeProjectFile } from '../support/project.js';

const BATCH =
  "put('cursor', state => (state.cursor ?? 0) + 1);\nput('more', state => state.cursor < 3);\nput('workflow', 'small');";

it.each([
  ['http://godata.example.org/api', true],
  ['HTTP://192.0.2.7:8080/api', true],
  ['http://127.0.0.1:8080/api', false],
  ['http://localhost/api', false],
  ['http://[::1]:3000/api', false],
  ['https://godata.example.org/api', false],
])(
  'an address is warned of once a run, if its data travels readable: %s',
  async (apiUrl, isWarned) => {
    const project = createProject({ steps: { one: { job: BATCH, credential: 'tiny' } } });
    const file = writeProjectFile(project, 'credentials.json', {
      tiny: { apiUrl, password: 'hush' },
      unused: { apiUrl: 'http://unused.example.org' },
    });
    const args = ['run', 'small', '--credentials', file, '--drain'];
    const { status, stderr } = await runCommandLine(args, { cwd: project });
    expect(status).toBe(0);
    expect(stderr).toContain('run 3');
    expect(stderr.split('is plain http').length - 1).toBe(isWarned ? 1 : 0);
    expect(stderr).not.toMatch(/hush|example\.org|192/);
  },
);
