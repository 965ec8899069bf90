import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommandLine } from '../runtime/support/command.js';
import { IS_DEEP } from '../support/runs.js';
import { PROJECT } from '../support/workflow.js';

const SCRIPT = path.join(PROJECT, 'adaptors/scope.mjs');
const PARTS = ['package.json', 'dist', 'configuration-schema.json'];

let project: string;
beforeAll(() => {
  project = mkdtempSync(path.join(tmpdir(), 'scope-'));
  for (const part of ['project.yaml', 'jobs', 'templates', 'adaptors/package.json']) {
    cpSync(path.join(PROJECT, part), path.join(project, part), { recursive: true });
  }
  for (const part of PARTS.flatMap(one => [`dhis2/${one}`, `godata/${one}`])) {
    const place = path.join('adaptors/packages', part);
    cpSync(path.join(PROJECT, place), path.join(project, place), { recursive: true });
  }
  symlinkSync(path.join(PROJECT, 'node_modules'), path.join(project, 'node_modules'), 'junction');
  execFileSync(process.execPath, [SCRIPT, '@ministry', project]);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const read = (...file: string[]) => readFileSync(path.join(project, ...file), 'utf8');
const godataDhis2 = (...args: string[]) => runCommandLine(args, { cwd: project });

describe('adaptors of another scope', () => {
  it('are named by it wherever a file names one', () => {
    for (const name of ['dhis2', 'godata']) {
      const manifest = JSON.parse(read('adaptors/packages', name, 'package.json'));
      expect(manifest.name).toBe(`@ministry/language-${name}`);
    }
    const files = readdirSync(path.join(project, 'templates'), { recursive: true })
      .map(file => path.join('templates', String(file)))
      .filter(file => file.endsWith('.yaml'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of ['project.yaml', ...files]) {
      expect(read(file)).toContain('@ministry/language-');
      expect(read(file)).not.toMatch(/@openfn\/language-(godata|dhis2)/);
    }
  });

  it('are exported by their names', async () => {
    const { status, stdout, stderr } = await godataDhis2('export', 'workspace');
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('workspace');
    const workflow = read('workspace/workflows/cases-to-data-values/cases-to-data-values.yaml');
    expect(workflow).toContain('@ministry/language-godata@4.0.0');
    const repo = JSON.parse(read('workspace/repo/package.json'));
    expect(Object.keys(repo.dependencies)).toContain('@ministry/language-dhis2_9.0.0');
  });

  it.runIf(IS_DEEP)('go into bundles', async () => {
    const only = ['--only', 'options-to-reference-data'];
    const { status, stderr } = await godataDhis2('bundle', 'bundle', ...only);
    expect(status, stderr).toBe(0);
    expect(read('bundle/project.yaml')).not.toContain('@ministry');
    const jobs = readdirSync(path.join(project, 'bundle/jobs'), { recursive: true })
      .map(file => path.join('bundle/jobs', String(file)))
      .filter(file => file.endsWith('.js'))
      .map(file => read(file));
    expect(jobs.some(text => text.includes('the part of @ministry/language-dhis2 9.0.0'))).toBe(
      true,
    );
  });

  it('pass the check, run, and keep the code of an error', async () => {
    const small = (adaptor: string, job: string) => {
      writeFileSync(path.join(project, 'jobs/one.js'), job);
      const lines = [
        'name: small',
        'credentials: {}',
        'workflows:',
        '  small:',
        '    name: small',
        `    jobs: { one: { name: one, adaptor: '${adaptor}', body: { path: jobs/one.js } } }`,
        '    triggers: { webhook: { type: webhook, enabled: true } }',
        '    edges: { webhook->one: { source_trigger: webhook, target_job: one, condition_type: always, enabled: true } }',
      ];
      writeFileSync(path.join(project, 'project.yaml'), `${lines.join('\n')}\n`);
    };
    small('@ministry/language-godata@4.0.0', 'fn(state => ({ ...state, a: 1 }));');
    const checked = await godataDhis2('check');
    expect(checked.status, checked.stdout + checked.stderr).toBe(0);
    const ran = await godataDhis2('run', 'small', '--output', 'out.json');
    expect(ran.status, ran.stderr).toBe(0);
    expect(JSON.parse(read('out.json')).a).toBe(1);
    small('@ministry/language-dhis2@9.0.0', "create('tracker', {});");
    const failed = await godataDhis2('run', 'small');
    expect(failed.stderr).toContain('BAD_OPTION');
    small('@elsewhere/language-dhis2@9.0.0', 'fn(state => state);');
    const refused = await godataDhis2('check');
    expect(refused.status).toBe(2);
    expect(refused.stdout + refused.stderr).toContain(
      'It must be @openfn/language-... or @ministry/language-...',
    );
  });

  it('need a scope that npm accepts', () => {
    for (const scope of ['ministry', '@Ministry', '@a/b', '']) {
      expect(() =>
        execFileSync(process.execPath, [SCRIPT, scope, project], { stdio: 'pipe' }),
      ).toThrow(/write it as @ministry/);
    }
  });
});
