import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Project from '@openfn/project';
import run, { type ExecutionPlan, getModulePath, install } from '@openfn/runtime';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileJob } from '#runtime/index.js';
import { PROJECT } from '../../support/workflow.js';
import { runCommandLine } from '../support/command.js';
import { createProject } from '../support/project.js';

const quiet = Object.fromEntries(
  ['log', 'info', 'success', 'always', 'debug', 'warn', 'error', 'break', 'print', 'timer'].map(
    method => [method, () => ''],
  ),
) as never;

function project() {
  return createProject({
    steps: {
      one: { job: "put('a', 1);", credential: 'tiny' },
      two: { job: "put('b', 2);" },
    },
  });
}

async function exported(folder: string) {
  const { status, stdout } = await runCommandLine(['export'], { cwd: folder });
  expect(status).toBe(0);
  return { stdout, workspace: path.join(folder, 'dist/workspace') };
}

describe('what export makes for OpenFn’s CLI', () => {
  it('has the adaptors in a repo, where the CLI finds them and installs nothing', async () => {
    const { workspace } = await exported(project());
    const repo = path.join(workspace, 'repo');
    const specifier = '@openfn/language-tiny@1.0.0';
    const found = await getModulePath(specifier, repo, quiet);
    expect(found).toBe(path.join(repo, 'node_modules/@openfn/language-tiny_1.0.0'));
    expect(existsSync(path.join(found!, 'package.json'))).toBe(true);
    const refuse = () => {
      throw new Error('npm was started.');
    };
    expect(await install([specifier], repo, quiet, refuse as never)).toEqual([specifier]);
  });

  it('runs on the CLI’s engine, from the workspace and the repo alone', async () => {
    const { workspace } = await exported(project());
    const { workflows } = await Project.from('fs', { root: workspace });
    const steps = workflows[0]!.steps.map(({ id, type, next, adaptor, expression }) => {
      if (type) return { id, next };
      const name = String(adaptor).replace(/@[^@]*$/, '');
      const adaptors = [{ name, exports: ['put'] }];
      const { code } = compileJob({
        source: String(expression),
        file: `${id}.js`,
        name: id!,
        adaptors,
      });
      return { id, next, expression: code, linker: { [name]: { version: '1.0.0' } } };
    });
    const plan = { workflow: { steps }, options: { start: workflows[0]!.start } };
    const state = await run(plan as unknown as ExecutionPlan, {} as never, {
      logger: quiet,
      jobLogger: quiet,
      linker: { repo: path.join(workspace, 'repo') },
    });
    expect(state).toMatchObject({ a: 1, b: 2 });
  });

  it('has credentials to fill in, which only their owner can read, and says what to run next', async () => {
    const folder = project();
    const { stdout, workspace } = await exported(folder);
    const file = path.join(workspace, 'credentials.yaml');
    expect(parse(readFileSync(file, 'utf8'))).toEqual({
      tiny: { apiUrl: 'https://tiny.example.org/api', password: '...' },
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(stdout).toContain('fill in dist/workspace/credentials.yaml');
    expect(stdout).toContain(
      'cd dist/workspace && OPENFN_REPO_DIR="$PWD/repo" openfn small -o state.json',
    );
    writeFileSync(file, 'tiny: { mine: true }\n');
    await exported(folder);
    expect(readFileSync(file, 'utf8')).toBe('tiny: { mine: true }\n');
  });

  it('says a command that a shell runs as it is, with the CLI or a stand-in for it', async () => {
    const folder = project();
    const { stdout } = await exported(folder);
    const command = stdout.trim().split('\n').at(-1)!.trim();
    const bin = mkdtempSync(path.join(tmpdir(), 'openfn-'));
    const standIn = [
      '#!/usr/bin/env bash',
      '[ -f openfn.yaml ] && [ -f credentials.yaml ] && [ -f "workflows/$1/$1.yaml" ] || exit 9',
      '[ -d "$OPENFN_REPO_DIR/node_modules/@openfn/language-tiny_1.0.0/" ] || exit 8',
      'echo "$@" > "$3"',
    ].join('\n');
    writeFileSync(path.join(bin, 'openfn'), standIn, { mode: 0o755 });
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
    const { status, stderr } = spawnSync('bash', ['-c', command], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const written = path.join(folder, 'dist/workspace/state.json');
    expect(readFileSync(written, 'utf8')).toBe('small -o state.json\n');
  });

  it('has one key for the memory of two-way runs in both credentials', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'export-cli-'));
    await runCommandLine(['export', folder], { cwd: PROJECT });
    const { godata, dhis2 } = parse(readFileSync(path.join(folder, 'credentials.yaml'), 'utf8'));
    expect(Object.keys(dhis2)).toEqual(['hostUrl', 'username', 'password', 'memoryKey']);
    expect(godata.memoryKey).toBe(dhis2.memoryKey);
    expect(Buffer.from(godata.memoryKey, 'base64')).toHaveLength(32);
  });

  it('leaves the folders above it alone', async () => {
    const folder = project();
    await exported(folder);
    for (const name of ['package.json', 'node_modules', 'package-lock.json'])
      expect(existsSync(path.join(folder, 'dist', name)), name).toBe(false);
  });
});
