// Builds everything that runs: the two adaptors (ESM, CJS, types and docs), the runtime, the drafting, the round trip and the sandbox; and
// the declarations that editors use for the jobs.
// With --no-types only what runs, which takes a second.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import {
  banner,
  copyWithoutSearch,
  httpOnly,
  loadLate,
  withoutSideEffects,
} from './adaptors/bundle-dependencies.mjs';
import { namePackages } from './adaptors/scope.mjs';
import { writePackageFiles } from './adaptors/write-package-files.mjs';

const root = import.meta.dirname;
const { npm_command, npm_lifecycle_event } = process.env;
// The first `npx godata-dhis2` in this folder puts a link to it into npm's cache and prepares it like any
// package: half a minute without a word, though all is built.
if (npm_command === 'exec' && npm_lifecycle_event === 'prepare' && isBuilt()) process.exit();

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const shared = {
  bundle: true,
  target: 'node20',
  logLevel: 'warning',
  sourcemap: 'linked',
  absWorkingDir: root,
  write: false,
};

/** Whether there is something to start. */
function isBuilt() {
  return existsSync(path.join(root, 'adaptors/runtime/dist/main.js'));
}

/**
 * Writes what was built into a dist folder, and removes what earlier builds left there. Others may
 * be loading from it: each file changes at once and only if it differs, and new ones come first, as
 * the others refer to them.
 * @param {string} folder
 * @param {import('esbuild').BuildResult<{ write: false }>[]} results all that go into the folder
 */
function publish(folder, results) {
  const files = results.flatMap(({ outputFiles }) => outputFiles);
  for (const { path: file } of files) mkdirSync(path.dirname(file), { recursive: true });
  const isNew = new Map(files.map(({ path }) => [path, !existsSync(path)]));
  for (const file of files.sort((a, b) => isNew.get(b.path) - isNew.get(a.path))) {
    if (!isNew.get(file.path) && readFileSync(file.path).equals(file.contents)) continue;
    const temporary = `${file.path}.${process.pid}.tmp`;
    writeFileSync(temporary, file.contents);
    renameSync(temporary, file.path);
  }
  const built = new Set(files.map(file => file.path));
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !built.has(file) && !entry.name.endsWith('.tmp'))
      rmSync(file, { force: true });
  }
}

/**
 * An adaptor carries its dependencies inside it, except language-common, which is the platform's
 * own: `platform: 'neutral'` refuses Node's modules, which a job cannot reach.
 * @param {string} name folder below adaptors/packages
 */
async function buildAdaptor(name) {
  const folder = `adaptors/packages/${name}`;
  const options = {
    ...shared,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import'],
    external: ['@openfn/language-common'],
    entryPoints: [`${folder}/src/index.ts`],
  };
  const results = await Promise.all([
    build({ ...options, format: 'esm', metafile: true, outfile: `${folder}/dist/index.js` }),
    build({ ...options, format: 'cjs', outfile: `${folder}/dist/index.cjs` }),
  ]);
  publish(path.join(root, folder, 'dist'), results);
  writePackageFiles(path.join(root, folder), results[0].metafile);
}

/**
 * The adaptors once more for the runtime of this package, with one language-common inside, which
 * otherwise takes half a second to load from its hundreds of files.
 * @param {string[]} names
 */
async function buildForRuntime(names) {
  const folder = path.join(root, 'adaptors/runtime/dist/@openfn');
  const sources = {
    'language-common': 'node_modules/@openfn/language-common',
    ...Object.fromEntries(names.map(name => [`language-${name}`, `adaptors/packages/${name}`])),
  };
  const entry = name =>
    name === 'language-common' ? '@openfn/language-common' : `${sources[name]}/src/index.ts`;
  const result = await build({
    ...shared,
    banner,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    conditions: ['import'],
    entryPoints: Object.keys(sources).map(name => ({ in: entry(name), out: `${name}/index` })),
    outdir: folder,
    splitting: true,
    plugins: [httpOnly],
    // The engine knows an adaptor's error by the path `@openfn/language-…` of its module.
    chunkNames: 'language-common/[name]-[hash]',
  });
  const manifests = Object.entries(sources).map(([name, source]) => {
    const { version } = JSON.parse(readFileSync(path.join(root, source, 'package.json'), 'utf8'));
    return {
      path: path.join(folder, name, 'package.json'),
      contents: Buffer.from(
        JSON.stringify({ name: `@openfn/${name}`, version, type: 'module', main: 'index.js' }),
      ),
    };
  });
  return { outputFiles: [...result.outputFiles, ...manifests] };
}

/**
 * A program with its dependencies inside or beside it. Those beside it are named, since `packages:
 * 'external'` would keep our own `#common/...` outside too.
 * @param {string} folder
 * @param {string[]} entries
 * @param {string[]} external
 */
function buildProgram(folder, entries, external) {
  return build({
    ...shared,
    banner,
    platform: 'node',
    format: 'esm',
    external,
    entryPoints: entries.map(entry => `${folder}/src/${entry}.ts`),
    outdir: `${folder}/dist`,
    splitting: true,
    plugins: [copyWithoutSearch, loadLate, withoutSideEffects],
  });
}

/** The runtime, with all that it loads when it starts: one file loads faster than hundreds. */
async function buildRuntime(names) {
  const folder = path.join(root, 'adaptors/runtime/dist');
  const program = await buildProgram(
    'adaptors/runtime',
    ['main', 'index'],
    ['esbuild', 'typescript'],
  );
  const wasm = path.join(root, 'node_modules/source-map/lib/mappings.wasm');
  // source-map reads it from its own folder.
  const mappings = { path: path.join(folder, 'mappings.wasm'), contents: readFileSync(wasm) };
  publish(folder, [program, { outputFiles: [mappings] }, await buildForRuntime(names)]);
}

/** A program that finds its dependencies beside it. */
async function buildBeside(folder, entries) {
  const result = await buildProgram(folder, entries, Object.keys(manifest.dependencies));
  publish(path.join(root, folder, 'dist'), [result]);
}

/** The page of a run: one script and one style sheet, which the runtime puts into each page; and the script of `view`. */
async function buildPage() {
  const folder = 'adaptors/runtime/page';
  const result = await build({
    ...shared,
    platform: 'browser',
    charset: 'utf8',
    format: 'iife',
    target: 'es2021',
    minify: true,
    sourcemap: false,
    legalComments: 'none',
    entryPoints: Object.entries({ main: 'main.ts', page: 'page.css', view: 'view/main.ts' }).map(
      ([out, file]) => ({ in: `${folder}/src/${file}`, out }),
    ),
    outdir: `${folder}/dist`,
  });
  publish(path.join(root, folder, 'dist'), [result]);
}

const adaptors = ['godata', 'dhis2'];
namePackages(root);
await Promise.all([
  ...adaptors.map(buildAdaptor),
  buildRuntime(adaptors),
  buildPage(),
  buildBeside('drafting', ['index']),
  buildBeside('round-trip', ['index']),
  buildBeside('sandbox', ['main', 'demo', 'index']),
]);
if (!process.argv.includes('--no-types')) {
  const { writeTypes } = await import('./adaptors/write-types.mjs');
  const { writeDocs } = await import('./adaptors/write-docs.mjs');
  await writeTypes(adaptors);
  for (const name of adaptors) writeDocs(path.join(root, 'adaptors/packages', name));
  // What editors show of these types in a job.
  const { writeJobTypes } = await import('./adaptors/runtime/dist/index.js');
  await writeJobTypes(root).catch(error =>
    console.warn(`No declarations for the jobs: ${error.message} (godata-dhis2 check tells more)`),
  );
}
