// Runs the tests of OpenFn's published adaptors against the adaptors here, outside of this project:
//
//   node test/upstream/run.js PATH_TO_CLONE
//
// PATH_TO_CLONE is a clone of github.com/OpenFn/adaptors. Its tests are copied into a temporary folder, where
// mocha and chai are installed in the versions that the clone names. Each test file imports what it tests from
// `../src/`; there, modules of the same names pass on what the built adaptor exports.
//
// Ends with 1 if a test fails that `known.js` does not list, or if one passes that it lists.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DIFFERENT, NOT_RUN } from './known.js';

const root = path.join(import.meta.dirname, '../..');
const clone = process.argv[2];

/** The modules that the tests of each adaptor import from `src/`, and what each passes on. */
const MODULES = {
  dhis2: { Adaptor: '', index: '', http: 'http', tracker: 'tracker', util: 'util' },
  godata: { Adaptor: '', index: '' },
};

/** @param {...string} args */
function git(...args) {
  return execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8', maxBuffer: 2 ** 26 });
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(git('show', `HEAD:${file}`));
}

/**
 * @param {string} entry of the built adaptor
 * @param {string} namespace of its exports; empty for all of them
 * @returns {Promise<string>} a module with the same exports
 */
async function passOn(entry, namespace) {
  const url = pathToFileURL(entry).href;
  if (!namespace) return `export * from '${url}';\nexport { default } from '${url}';\n`;
  const names = Object.keys((await import(url))[namespace]);
  const lines = names.map((name, index) => `const x${index} = namespace['${name}'];`);
  const exported = names.map((name, index) => `x${index} as ${name}`).join(', ');
  return `import { ${namespace} as namespace } from '${url}';\n${lines.join('\n')}\nexport { ${exported} };\n`;
}

/**
 * @param {string} folder
 * @param {string} name of the adaptor
 */
async function prepare(folder, name) {
  const source = `packages/${name}`;
  const { devDependencies } = readJson(`${source}/package.json`);
  const { mocha } = readJson('package.json').devDependencies;
  const wanted = { mocha, chai: devDependencies.chai, nock: devDependencies.nock };
  const dependencies = Object.fromEntries(Object.entries(wanted).filter(([, version]) => version));
  for (const file of git('ls-tree', '-r', '--name-only', 'HEAD', `${source}/test`)
    .trim()
    .split('\n')) {
    const target = path.join(folder, path.relative(source, file));
    mkdirSync(path.dirname(target), { recursive: true });
    // What they skip must not fail here either.
    writeFileSync(
      target,
      git('show', `HEAD:${file}`).replaceAll(/\b(describe|it)\.skip\(/g, '$1('),
    );
  }
  mkdirSync(path.join(folder, 'src'));
  const entry = path.join(root, 'adaptors/packages', name, 'dist/index.js');
  for (const [module, namespace] of Object.entries(MODULES[name])) {
    writeFileSync(path.join(folder, `src/${module}.js`), await passOn(entry, namespace));
  }
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ type: 'module', private: true, dependencies }),
  );
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const scope = path.join(folder, 'node_modules/@openfn');
  mkdirSync(scope, { recursive: true });
  symlinkSync(
    path.join(root, 'node_modules/@openfn/language-common'),
    path.join(scope, 'language-common'),
    'junction',
  );
}

/**
 * @param {string} name of the adaptor
 * @returns {Promise<{ passes: string[], failures: { title: string, why: string }[], pending: string[] }>}
 */
async function measure(name) {
  const folder = mkdtempSync(path.join(os.tmpdir(), `upstream-${name}-`));
  try {
    await prepare(folder, name);
    const ignored = Object.keys(NOT_RUN[name]).flatMap(file => ['--ignore', `test/${file}`]);
    const result = path.join(folder, 'result.json');
    const mocha = path.join(folder, 'node_modules/mocha/bin/mocha.js');
    const options = ['--recursive', '--timeout', '10000', '--exit', '--reporter', 'json'];
    const run = spawnSync(
      process.execPath,
      [mocha, ...options, '--reporter-option', `output=${result}`, ...ignored, 'test'],
      { cwd: folder, encoding: 'utf8' },
    );
    try {
      const { passes, failures, pending } = JSON.parse(readFileSync(result, 'utf8'));
      const titles = list => list.map(({ fullTitle }) => fullTitle.trim());
      return {
        passes: titles(passes),
        failures: failures.map(({ fullTitle, err }) => ({
          title: fullTitle.trim(),
          why: String(err.message).split('\n')[0],
        })),
        pending: titles(pending),
      };
    } catch {
      throw new Error(`The tests of ${name} did not run:\n${run.stderr}${run.stdout}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main() {
  if (!clone) {
    console.error(
      'Usage: node test/upstream/run.js PATH_TO_CLONE   (of github.com/OpenFn/adaptors)',
    );
    return 2;
  }
  console.log(`OpenFn/adaptors at ${git('log', '-1', '--format=%h of %as', 'HEAD').trim()}`);
  let unexpected = 0;
  for (const name of Object.keys(MODULES)) {
    const { passes, failures, pending } = await measure(name);
    const known = DIFFERENT[name];
    console.log(
      `${name}: ${passes.length + failures.length} tests, ${passes.length} pass, ${failures.length} do not; ${pending.length} are skipped there.`,
    );
    for (const { title, why } of failures) {
      if (!known[title]) unexpected += 1;
      console.log(
        known[title] ? `  differs   ${title}: ${known[title]}` : `  FAILS     ${title}: ${why}`,
      );
    }
    for (const title of passes.filter(title => known[title])) {
      unexpected += 1;
      console.log(`  PASSES    ${title}: remove it from test/upstream/known.js`);
    }
    for (const [file, reason] of Object.entries(NOT_RUN[name])) {
      console.log(`  not run   test/${file}: ${reason}`);
    }
  }
  return unexpected > 0 ? 1 : 0;
}

process.exitCode = await main();
