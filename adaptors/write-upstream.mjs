// Writes what a pull request to OpenFn's repository of adaptors would add or replace: `npm run
// adaptors:upstream` writes dist/upstream. adaptors/upstream/README.md says what to do with it.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { copySources } from './upstream/copy-sources.mjs';

const adaptors = import.meta.dirname;
const root = path.join(adaptors, '..');

/**
 * The last published versions. The changeset raises them when OpenFn publishes, to those of the
 * packages here.
 */
const PUBLISHED = { dhis2: '8.2.1', godata: '3.6.3' };

/** Files that stay as they are. The change log is left out: the changeset adds to the published one. */
const COPIED = [
  'README.md',
  'LICENSE',
  'LICENSE.LESSER',
  'ast.json',
  'configuration-schema.json',
  'assets/square.png',
  'assets/rectangle.png',
  'test',
];

/** As other adaptors that are written in TypeScript. */
const BUILD_CONFIG = `// The entry is TypeScript.
export default path => ({ entry: [\`\${path}/src/index.ts\`] });
`;

const TSCONFIG = {
  compilerOptions: {
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'Bundler',
    lib: ['ES2023'],
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    isolatedModules: true,
  },
  include: ['src'],
};

const MOCHA =
  'mocha --experimental-specifier-resolution=node --no-warnings --loader=ts-node/esm test/**/*.test.ts';

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * The package.json in the form of OpenFn's.
 * @param {string} name
 * @param {string[]} imported packages that the sources import
 */
function toManifest(name, imported) {
  const { label, description, keywords } = readJson(
    path.join(adaptors, 'packages', name, 'package.json'),
  );
  const { devDependencies: versions } = readJson(path.join(root, 'package.json'));
  const bundled = imported.filter(one => !one.startsWith('@openfn/'));
  const pick = names => Object.fromEntries(names.sort().map(one => [one, versions[one]]));
  const types = bundled.map(one => `@types/${one}`).filter(one => one in versions);
  return {
    name: `@openfn/language-${name}`,
    label,
    version: PUBLISHED[name],
    description,
    keywords,
    homepage: 'https://docs.openfn.org',
    repository: { type: 'git', url: 'https://github.com/openfn/adaptors.git' },
    type: 'module',
    sideEffects: false,
    exports: {
      '.': {
        import: './dist/index.js',
        types: './types/index.d.ts',
        require: './dist/index.cjs',
      },
      './package.json': './package.json',
    },
    main: 'dist/index.cjs',
    types: 'types/index.d.ts',
    scripts: {
      build: `pnpm clean && build-adaptor ${name} src dts docs`,
      clean: 'rimraf dist types docs',
      pack: 'pnpm pack --pack-destination ../../dist',
      test: `TS_NODE_TRANSPILE_ONLY=true ${MOCHA}`,
      'test:watch': `TS_NODE_TRANSPILE_ONLY=true ${MOCHA.replace('mocha', 'mocha -w')}`,
    },
    author: 'Open Function Group',
    license: 'LGPLv3',
    files: ['dist/', 'types/', 'ast.json', 'configuration-schema.json'],
    dependencies: { '@openfn/language-common': 'workspace:*', ...pick(bundled) },
    devDependencies: {
      ...pick(types),
      '@types/mocha': '^10.0.10',
      rimraf: '3.0.2',
      'ts-node': '10.9.1',
      typescript: '5.9.2',
    },
  };
}

/**
 * OpenFn's compiler reads the names of an adaptor from the declarations of this file, and does not
 * follow `export *`.
 * @param {string} name
 */
async function toIndex(name) {
  const built = path.join(adaptors, 'packages', name, 'dist/index.js');
  const { default: _, ...named } = await import(pathToFileURL(built).href);
  return [
    "import * as Adaptor from './Adaptor.js';",
    '',
    `export {\n${Object.keys(named)
      .sort()
      .map(one => `  ${one},`)
      .join('\n')}\n} from './Adaptor.js';`,
    "export * from './Adaptor.js';",
    'export default Adaptor;',
    '',
  ].join('\n');
}

/**
 * @param {string} folder
 * @param {string} file
 * @param {unknown} value
 */
function writeJson(folder, file, value) {
  writeFileSync(path.join(folder, file), `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Replaces a folder. The adaptors must be built, with their types.
 * @param {string} output
 */
export async function writeUpstream(output) {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(path.join(output, '.changeset'), { recursive: true });
  for (const name of Object.keys(PUBLISHED)) {
    const source = path.join(adaptors, 'packages', name);
    const target = path.join(output, 'packages', name);
    for (const file of COPIED) {
      cpSync(path.join(source, file), path.join(target, file), { recursive: true });
    }
    const imported = copySources(name, path.join(target, 'src'));
    writeFileSync(path.join(target, 'src/index.ts'), await toIndex(name));
    writeFileSync(path.join(target, 'build.config.js'), BUILD_CONFIG);
    writeJson(target, 'tsconfig.json', TSCONFIG);
    writeJson(target, 'package.json', toManifest(name, imported));
    const text = readFileSync(path.join(adaptors, 'upstream/changesets', `${name}.md`), 'utf8');
    const head = `---\n'@openfn/language-${name}': major\n---\n\n`;
    writeFileSync(path.join(output, '.changeset', `${name}-plans-writes.md`), head + text);
  }
  cpSync(path.join(adaptors, 'upstream/README.md'), path.join(output, 'README.md'));
}

if (process.argv[1] === import.meta.filename) {
  const output = path.resolve(process.argv[2] ?? path.join(root, 'dist/upstream'));
  await writeUpstream(output);
  console.log(`Written: ${output}\nNext:    read its README.md`);
}
