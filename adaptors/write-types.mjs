// Writes the adaptors' declarations: what editors and OpenFn's compiler read of them.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const adaptors = import.meta.dirname;
const TSC = path.join(adaptors, '../node_modules/typescript/bin/tsc');
const CONFIGURATION = path.join(adaptors, 'tsconfig.types.json');

/**
 * Replaces `types/` of each package. OpenFn's compiler finds operations only by name in
 * `types/index.d.ts` (it does not follow `export *`), so that file names every export; types come along
 * for programs.
 * @param {string[]} names folders below adaptors/packages; they must be built
 */
export async function writeTypes(names) {
  const emitted = mkdtempSync(path.join(adaptors, '.types-'));
  try {
    execFileSync(process.execPath, [TSC, '-p', CONFIGURATION, '--outDir', emitted], {
      stdio: 'inherit',
    });
    resolveAliases(emitted, names);
    await Promise.all(names.map(name => publish(emitted, name)));
  } finally {
    rmSync(emitted, { recursive: true, force: true });
  }
}

/**
 * @param {string} emitted
 * @param {string} name
 */
async function publish(emitted, name) {
  const folder = path.join(adaptors, 'packages', name);
  const types = path.join(folder, 'types');
  rmSync(types, { recursive: true, force: true });
  for (const part of ['common', `packages/${name}`]) {
    cpSync(path.join(emitted, part), path.join(types, part), { recursive: true });
  }
  const adaptor = await import(pathToFileURL(path.join(folder, 'dist/index.js')).href);
  const exported = Object.keys(adaptor).filter(key => key !== 'default');
  writeFileSync(
    path.join(types, 'index.d.ts'),
    `export { ${exported.sort().join(', ')} } from './packages/${name}/src/index.js';\n` +
      `export * from './packages/${name}/src/index.js';\n` +
      `export { default } from './packages/${name}/src/index.js';\n`,
  );
  refuseForeignImports(folder, types);
  // For a program that requires the CommonJS build, the same declarations must be CommonJS as well.
  const commonJs = path.join(folder, 'types-cjs');
  rmSync(commonJs, { recursive: true, force: true });
  cpSync(types, commonJs, { recursive: true });
  writeFileSync(path.join(commonJs, 'package.json'), '{ "type": "commonjs" }\n');
}

/**
 * A package on its own has no `#common/...`, nor `@godata-dhis2/common/...`, as TypeScript names it in
 * types that it infers: the declarations get relative paths.
 * @param {string} emitted
 * @param {string[]} names
 */
function resolveAliases(emitted, names) {
  const folders = new Map(names.map(name => [name, `packages/${name}/src`]));
  folders.set('common', 'common/src');
  for (const entry of readdirSync(emitted, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = readFileSync(file, 'utf8');
    const resolved = text.replace(
      /(['"])(?:#|@godata-dhis2\/)(\w+)\/(.*?)\1/g,
      (alias, quote, area, rest) => {
        const folder = folders.get(area);
        if (folder === undefined) return alias;
        const target = path.relative(entry.parentPath, path.join(emitted, folder, rest));
        const specifier = target.split(path.sep).join('/');
        return `${quote}${specifier.startsWith('.') ? specifier : `./${specifier}`}${quote}`;
      },
    );
    if (resolved !== text) writeFileSync(file, resolved);
  }
}

/**
 * Stops the build when a declaration imports what somebody who installs the package does not have.
 * @param {string} folder of the package
 * @param {string} types its declarations
 */
function refuseForeignImports(folder, types) {
  const { dependencies = {} } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
    const imports = /(?:^(?:import|export)\b[^;'"]*\bfrom |(?<!\.)\bimport\()['"]([^'"]+)['"]/gm;
    for (const [, specifier = ''] of text.matchAll(imports)) {
      const isOwn =
        specifier.startsWith('.') &&
        existsSync(path.join(entry.parentPath, specifier.replace(/\.js$/, '.d.ts')));
      if (isOwn || specifier in dependencies || specifier.startsWith('node:')) continue;
      throw new Error(`${entry.name} of ${types} imports ${specifier}, which the package lacks.`);
    }
  }
}
