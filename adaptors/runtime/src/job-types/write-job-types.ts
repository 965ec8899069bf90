/*
 * Declarations for the jobs of a project. The names that a job can use without declaring them
 * depend on its adaptor, and TypeScript knows such names for a whole program, not for a file. So
 * each adaptor has a program of its own, with the jobs that project.yaml gives it. Everything is
 * generated from project.yaml, and nothing is committed.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { COMMON } from '../bundle/adaptor-code.js';
import { findPackageRoot } from '../files/package-root.js';
import { writeAtomically } from '../files/write-atomically.js';
import { readProject } from '../project/read-project.js';
import { type Adaptor, loadAdaptor, resolveAdaptor } from '../project/resolve-adaptor.js';
import { shortNameOf } from '../project/scope.js';
import type { ProjectSpec } from '../project/spec.js';

const FOLDER = path.join('dist', 'job-types');
const NOTE = '// Written from project.yaml by npm run build.';

const toPosix = (name: string) => name.split(path.sep).join('/');
/** Imports and tsconfig files name files relative to their own folder. */
const toSpecifier = (from: string, to: string) => {
  const relative = toPosix(path.relative(from, to));
  return relative.startsWith('.') ? relative : `./${relative}`;
};

/** Job files of each adaptor, as absolute paths. */
function readJobs({ workflows }: ProjectSpec, project: string): Map<string, Set<string>> {
  const jobs = new Map<string, Set<string>>();
  for (const { adaptor, body } of Object.values(workflows ?? {}).flatMap(workflow =>
    Object.values(workflow.jobs ?? {}),
  )) {
    if (!adaptor || typeof body !== 'object') continue;
    jobs.set(adaptor, (jobs.get(adaptor) ?? new Set()).add(path.resolve(project, body.path)));
  }
  return jobs;
}

/** The declarations of an adaptor, if they are built. */
function findTypes({ folder }: Adaptor): string | undefined {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = manifest.types && path.join(folder, manifest.types);
  return file && existsSync(file) ? file : undefined;
}

/** Declares an adaptor's exports as global names. */
async function writeGlobals(adaptor: Adaptor, common: Adaptor, folder: string): Promise<string> {
  const types = findTypes(adaptor);
  if (!types) return adaptor.exports.map(name => `declare const ${name}: JobValue;`).join('\n');
  const [own, shared] = await Promise.all([loadAdaptor(adaptor.entry), loadAdaptor(common.entry)]);
  const module = toSpecifier(folder, types).replace(/\.d\.ts$/, '.js');
  const anyArguments = toSpecifier(
    folder,
    path.join(findPackageRoot(), 'adaptors/runtime/job-types/any-arguments.js'),
  );
  const declare = (name: string) => {
    const type = `Adaptor['${name}']`;
    return `  const ${name}: ${own[name] === shared[name] ? `AnyArguments<${type}>` : type};`;
  };
  return [
    `import type { AnyArguments } from '${anyArguments}';`,
    `type Adaptor = typeof import('${module}');`,
    'declare global {',
    ...adaptor.exports.map(declare),
    '}',
  ].join('\n');
}

function toConfig(folder: string, jobs: Iterable<string>) {
  const types = path.join(findPackageRoot(), 'adaptors', 'runtime', 'job-types');
  return {
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2023'],
      types: [],
      module: 'ESNext',
      moduleResolution: 'bundler',
      // Every job is a module, so that two jobs may have constants with the same name.
      moduleDetection: 'force',
      paths: { 'undici/*': [toSpecifier(folder, path.join(types, 'empty-module.d.ts'))] },
      allowJs: true,
      strict: true,
      noImplicitAny: false,
      skipLibCheck: true,
      noEmit: true,
    },
    files: [path.join(types, 'platform.d.ts'), path.join(folder, 'globals.d.ts'), ...jobs].map(
      file => toSpecifier(folder, file),
    ),
  };
}

/**
 * Writes declarations and a tsconfig.json for the jobs of each adaptor into dist/job-types, and a
 * jobs/tsconfig.json through which editors find them. A job is checked if it begins with `//
 * @ts-check`.
 *
 * @param project folder of project.yaml
 * @returns paths of the tsconfig.json files, one for each adaptor
 * @throws IntegrationError kind `configuration`: those of `readProject` and `resolveAdaptor`
 */
export async function writeJobTypes(project: string): Promise<string[]> {
  const { spec, folder: root } = readProject(project);
  const common = await resolveAdaptor(root, COMMON);
  rmSync(path.join(root, FOLDER), { recursive: true, force: true });
  const configs: string[] = [];
  for (const [specifier, jobs] of readJobs(spec, root)) {
    const adaptor = await resolveAdaptor(root, specifier);
    const name = shortNameOf(adaptor.name);
    const folder = path.join(root, FOLDER, name);
    mkdirSync(folder, { recursive: true });
    const globals = await writeGlobals(adaptor, common, folder);
    writeAtomically(path.join(folder, 'globals.d.ts'), `${NOTE}\n${globals}\n`);
    const config = path.join(folder, 'tsconfig.json');
    writeAtomically(config, `${NOTE}\n${JSON.stringify(toConfig(folder, jobs), null, 2)}\n`);
    configs.push(config);
  }
  const solution = path.join(root, 'jobs', 'tsconfig.json');
  const references = configs.map(file => ({ path: toSpecifier(path.dirname(solution), file) }));
  writeAtomically(solution, `${NOTE}\n${JSON.stringify({ files: [], references }, null, 2)}\n`);
  return configs;
}
