// Builds everything that runs: the two adaptors (ESM, CJS, types and docs), the runtime, the drafting and the sandbox; and
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

const root = import.meta.dirname;
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
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
 * A program finds its dependencies beside it. They are named, since `packages: 'external'` would keep
 * our own `#common/...` outside too.
 * @param {string} folder
 * @param {string[]} entries
 */
async function buildProgram(folder, entries) {
  const result = await build({
    ...shared,
    platform: 'node',
    format: 'esm',
    external: Object.keys(manifest.dependencies),
    entryPoints: entries.map(entry => `${folder}/src/${entry}.ts`),
    outdir: `${folder}/dist`,
    splitting: true,
  });
  publish(path.join(root, folder, 'dist'), [result]);
}

const adaptors = ['godata', 'dhis2'];
await Promise.all([
  ...adaptors.map(buildAdaptor),
  buildProgram('adaptors/runtime', ['main', 'index']),
  buildProgram('drafting', ['index']),
  buildProgram('sandbox', ['main', 'demo', 'index']),
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
