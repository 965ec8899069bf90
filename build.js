// Builds everything that runs: the two adaptors (ESM, CJS, types and docs), the runtime and the sandbox; and
// the declarations that editors use for the jobs.
// With --no-types only what runs, which takes a second.
import { execFileSync } from 'node:child_process';
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
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = import.meta.dirname;
const shared = {
  bundle: true,
  target: 'node20',
  logLevel: 'warning',
  sourcemap: 'linked',
  absWorkingDir: root,
  write: false,
};

/**
 * Writes what was built into a dist folder, and removes what earlier builds left there. Others may
 * be loading from it: each file changes at once and only if it differs, and new ones come first, as
 * the others refer to them.
 * @param {string} folder
 * @param {import('esbuild').BuildResult<{ write: false }>[]} results all that go into the folder
 */
function publish(folder, results) {
  const files = results.flatMap(({ outputFiles }) => outputFiles);
  mkdirSync(folder, { recursive: true });
  const isNew = new Map(files.map(({ path }) => [path, !existsSync(path)]));
  for (const file of files.sort((a, b) => isNew.get(b.path) - isNew.get(a.path))) {
    if (!isNew.get(file.path) && readFileSync(file.path).equals(file.contents)) continue;
    const temporary = `${file.path}.${process.pid}.tmp`;
    writeFileSync(temporary, file.contents);
    renameSync(temporary, file.path);
  }
  const built = new Set(files.map(file => path.basename(file.path)));
  for (const name of readdirSync(folder)) {
    if (!built.has(name) && !name.endsWith('.tmp'))
      rmSync(path.join(folder, name), { force: true });
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
    build({ ...options, format: 'esm', outfile: `${folder}/dist/index.js` }),
    build({ ...options, format: 'cjs', outfile: `${folder}/dist/index.cjs` }),
  ]);
  publish(path.join(root, folder, 'dist'), results);
}

/**
 * @param {string} folder
 * @param {string[]} entries
 */
async function buildProgram(folder, entries) {
  const result = await build({
    ...shared,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    entryPoints: entries.map(entry => `${folder}/src/${entry}.ts`),
    outdir: `${folder}/dist`,
    splitting: true,
  });
  publish(path.join(root, folder, 'dist'), [result]);
}

/**
 * Writes the declarations. OpenFn's compiler finds operations only by name in `types/index.d.ts` (it
 * does not follow `export *`), so that file names every export; types come along for programs.
 * @param {string} name folder below adaptors/packages
 */
async function writeTypes(name) {
  const folder = path.join(root, 'adaptors/packages', name);
  rmSync(path.join(folder, 'types'), { recursive: true, force: true });
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const options = [
    '-p',
    path.join(root, 'adaptors/tsconfig.types.json'),
    '--outDir',
    path.join(folder, 'types'),
  ];
  execFileSync(process.execPath, [tsc, ...options], { stdio: 'inherit' });
  for (const other of adaptors.filter(adaptor => adaptor !== name)) {
    rmSync(path.join(folder, 'types/packages', other), { recursive: true, force: true });
  }
  const adaptor = await import(pathToFileURL(path.join(folder, 'dist/index.js')).href);
  const names = Object.keys(adaptor).filter(key => key !== 'default');
  writeFileSync(
    path.join(folder, 'types/index.d.ts'),
    `export { ${names.sort().join(', ')} } from './packages/${name}/src/index.js';\n` +
      `export * from './packages/${name}/src/index.js';\n`,
  );
}

const adaptors = ['godata', 'dhis2'];
await Promise.all([
  ...adaptors.map(buildAdaptor),
  buildProgram('adaptors/runtime', ['main', 'index']),
  buildProgram('sandbox', ['main', 'demo', 'index']),
]);
if (!process.argv.includes('--no-types')) {
  const { writeDocs } = await import('./adaptors/write-docs.mjs');
  for (const name of adaptors) {
    await writeTypes(name);
    writeDocs(path.join(root, 'adaptors/packages', name));
  }
  // What editors show of these types in a job.
  const { writeJobTypes } = await import('./adaptors/runtime/dist/index.js');
  await writeJobTypes(root).catch(error =>
    console.warn(`No declarations for the jobs: ${error.message} (godata-dhis2 check tells more)`),
  );
}
