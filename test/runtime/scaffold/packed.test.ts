import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT } from '../../support/workflow.js';
import { runCommandLine } from '../support/command.js';

let folder: string;

/** Puts the packed package into a folder as npm would, with the dependencies that are here. */
function install(target: string): void {
  const { name, version, dependencies } = JSON.parse(
    readFileSync(path.join(PROJECT, 'package.json'), 'utf8'),
  );
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', target], {
    cwd: PROJECT,
    stdio: 'ignore',
  });
  const root = path.join(target, 'node_modules', name);
  mkdirSync(root, { recursive: true });
  const tarball = path.join(target, `${name}-${version}.tgz`);
  execFileSync('tar', ['-xzf', tarball, '-C', root, '--strip-components=1']);
  for (const dependency of Object.keys(dependencies)) {
    const link = path.join(target, 'node_modules', dependency);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(PROJECT, 'node_modules', dependency), link);
  }
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-packed-'));
  install(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: string[], cwd: string) =>
  runCommandLine(args, {
    cwd,
    bin: path.join(folder, 'node_modules/godata-dhis2/adaptors/runtime/bin/godata-dhis2.js'),
  });

describe('the packed package', () => {
  it('makes a project whose jobs find their adaptors', async () => {
    expect(await run(['init', 'measles'], folder)).toMatchObject({ status: 0, stderr: '' });
    const { status, stdout } = await run(['check'], path.join(folder, 'measles'));
    expect(stdout).toContain('no problems');
    expect(status).toBe(0);
  });

  it('is no project itself: outside of one, it says how to make one', async () => {
    const { status, stderr } = await run(['run', 'org-units-to-locations'], folder);
    expect(status).toBe(2);
    expect(stderr).toContain('project.yaml');
    expect(stderr).toContain('godata-dhis2 init');
  });

  it('has the sandbox, the drafting and the templates', async () => {
    const drafting = path.join(folder, 'node_modules/godata-dhis2/drafting/dist/index.js');
    expect(Object.keys(await import(drafting)).sort()).toEqual(['draftProject', 'offerRows']);
    expect((await run(['sandbox', '--help'], folder)).stdout).toContain('--dhis2-metadata');
    const project = path.join(folder, 'own');
    await run(['init', 'own'], folder);
    expect(await run(['new-workflow', 'contacts-to-events'], project)).toMatchObject({ status: 0 });
    expect(readdirSync(path.join(project, 'jobs/contacts-to-events'))).toContain('map.js');
  });
});
