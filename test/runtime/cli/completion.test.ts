import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../../support/workflow.js';
import { runCommandLine } from '../support/command.js';
import { createProject, writeProjectFile } from '../support/project.js';

const BIN = path.join(PROJECT, 'adaptors/runtime/bin/godata-dhis2.js');

/** What bash offers for several command lines; the last word of each is being typed. */
function completeInBash(lines: string[], cwd: string): string[][] {
  const folder = path.join(cwd, 'bin');
  mkdirSync(folder, { recursive: true });
  const file = writeProjectFile(
    folder,
    'godata-dhis2',
    `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`,
  );
  chmodSync(file, 0o755);
  const asks = lines.map(line => {
    const words = line.split(' ').map(word => `'${word}'`);
    return `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _godata_dhis2; printf '%s ' "\${COMPREPLY[@]}"; echo`;
  });
  const script = `source <(godata-dhis2 completion bash); complete -p godata-dhis2 >&2; ${asks.join('; ')}`;
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd, env, encoding: 'utf8' });
  expect(stderr).toBe('complete -o default -F _godata_dhis2 godata-dhis2\n');
  return stdout.split('\n').map(line => line.split(' ').filter(Boolean));
}

describe('godata-dhis2 completion', () => {
  it('bash completes commands, options, workflows and runs', async () => {
    const project = createProject({ steps: { write: { job: "report('write', {});" } } });
    await runCommandLine(['run', 'small'], { cwd: project });
    const [commands, some, options, workflows, byOption, runs, inner, shells, files, nothing] =
      completeInBash(
        [
          'godata-dhis2 ',
          'godata-dhis2 ru',
          'godata-dhis2 run small --dry-run --d',
          'godata-dhis2 run --dry-run s',
          'godata-dhis2 runs show --workflow ',
          'godata-dhis2 undo 2',
          'godata-dhis2 runs ',
          'godata-dhis2 completion ',
          'godata-dhis2 run small --credentials ',
          'godata-dhis2 run --project nowhere ',
        ],
        project,
      );
    expect(commands).toEqual(
      expect.arrayContaining(['run', 'undo', 'runs', 'check', 'completion']),
    );
    expect(some).toEqual(['run', 'runs']);
    expect(options).toEqual(['--drain']);
    expect(workflows).toEqual(['small']);
    expect(byOption).toEqual(['small']);
    expect(runs).toEqual([expect.stringMatching(/^2\d{3}-\d\d-\d\dT/)]);
    expect(inner).toEqual(['list', 'show', 'open']);
    expect(shells).toEqual(['bash', 'zsh', 'fish']);
    expect([files, nothing]).toEqual([[], []]);
  });

  it.each(['zsh', 'fish'])('prints a script for %s, and refuses another shell', async shell => {
    const { stdout, status } = await runCommandLine(['completion', shell]);
    expect(stdout).toContain('completion reply --');
    expect(status).toBe(0);
    expect((await runCommandLine(['completion', 'cmd'])).status).toBe(2);
  });
});
