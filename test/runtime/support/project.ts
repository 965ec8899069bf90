import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../../..');

/** A step of a small workflow; steps run in sequence unless `edges` differs. */
export interface TestStep {
  job: string;
  adaptor?: string;
  credential?: string;
}

export interface TestProject {
  steps: Record<string, TestStep>;
  /** YAML of the edges, for graphs other than a sequence. */
  edges?: string;
  /** Text of the adaptor, if the tiny one is not enough. */
  adaptor?: string;
  /** What the adaptor's package says of its side effects. */
  sideEffects?: boolean;
}

const SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: {
    apiUrl: { type: 'string', format: 'uri', examples: ['https://tiny.example.org/api'] },
    password: { type: 'string', minLength: 1, writeOnly: true },
    pageSize: { type: 'integer' },
  },
  required: ['apiUrl', 'password'],
};

function toYaml({ steps, edges }: TestProject): string {
  const keys = Object.keys(steps);
  const jobs = keys.map(key => {
    const { adaptor = '@openfn/language-tiny@1.0.0', credential } = steps[key]!;
    const access = credential ? `, credential: admin-${credential}` : '';
    return `      ${key}: { name: ${key}, adaptor: '${adaptor}'${access}, body: { path: jobs/${key}.js } }`;
  });
  const chain = keys
    .slice(1)
    .map(
      (key, index) =>
        `      ${keys[index]}->${key}: { source_job: ${keys[index]}, target_job: ${key}, condition_type: on_job_success, enabled: true }`,
    );
  return [
    'name: tiny',
    'credentials:',
    '  admin-tiny: { name: tiny, owner: admin@example.org }',
    'workflows:',
    '  small:',
    '    name: small',
    '    jobs:',
    ...jobs,
    '    triggers:',
    '      cron: { type: cron, enabled: false }',
    '    edges:',
    `      cron->${keys[0]}: { source_trigger: cron, target_job: ${keys[0]}, condition_type: always, enabled: true }`,
    ...(edges === undefined ? chain : [edges]),
    '',
  ].join('\n');
}

/** A project in a folder of its own, with the tiny adaptor built; removed when the test ends. */
export function createProject(project: TestProject): string {
  const folder = makeProject(project);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The same for several tests, which remove it. */
export function makeProject(project: TestProject): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'runtime-')));
  const adaptor = path.join(folder, 'adaptors/packages/tiny');
  mkdirSync(path.join(adaptor, 'dist'), { recursive: true });
  mkdirSync(path.join(folder, 'jobs'));
  symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  const built = path.join(adaptor, 'dist/index.js');
  if (project.adaptor !== undefined) writeFileSync(built, project.adaptor);
  else cpSync(path.join(import.meta.dirname, 'tiny-adaptor.js'), built);
  const manifest = {
    name: '@openfn/language-tiny',
    version: '1.0.0',
    type: 'module',
    sideEffects: project.sideEffects,
    exports: { '.': { import: './dist/index.js' } },
  };
  writeFileSync(path.join(adaptor, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(adaptor, 'configuration-schema.json'), JSON.stringify(SCHEMA));
  writeFileSync(path.join(folder, 'project.yaml'), toYaml(project));
  for (const [key, { job }] of Object.entries(project.steps)) {
    writeFileSync(path.join(folder, `jobs/${key}.js`), job);
  }
  return folder;
}

/** Writes a file of a project and returns its path. */
export function writeProjectFile(folder: string, name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}
