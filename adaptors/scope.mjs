// The scope of the adaptors' names: `"scope"` in adaptors/package.json, and nowhere else. The build names the
// packages by it. `npm run adaptors:scope -- @ministry` changes it, with the names in project.yaml and templates.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** As npm accepts it. */
const SCOPE = /^@[a-z\d~-][a-z\d._~-]*$/;

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * Writes a file if its text changes.
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  if (readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}

/** @param {unknown} value */
const toJson = value => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Names each package of adaptors/packages by the scope and its folder.
 * @param {string} root folder of project.yaml
 */
export function namePackages(root) {
  const { scope } = readJson(path.join(root, 'adaptors/package.json'));
  for (const folder of readdirSync(path.join(root, 'adaptors/packages'))) {
    const file = path.join(root, 'adaptors/packages', folder, 'package.json');
    write(file, toJson({ ...readJson(file), name: `${scope}/language-${folder}` }));
  }
}

/**
 * Changes the scope.
 * @param {string} root folder of project.yaml
 * @param {string} scope `@ministry`
 * @throws Error if npm would not accept it
 */
export function setScope(root, scope) {
  if (!SCOPE.test(scope)) throw new Error(`${scope} is not a scope: write it as @ministry.`);
  const own = path.join(root, 'adaptors/package.json');
  const names = readdirSync(path.join(root, 'adaptors/packages')).join('|');
  const before = new RegExp(`${readJson(own).scope}/language-(${names})\\b`, 'g');
  write(own, toJson({ ...readJson(own), scope }));
  namePackages(root);
  for (const file of ['project.yaml', ...templatesIn(root)]) {
    const place = path.join(root, file);
    write(place, readFileSync(place, 'utf8').replace(before, `${scope}/language-$1`));
  }
}

/** @param {string} root */
function templatesIn(root) {
  const folder = path.join(root, 'templates');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.yaml'))
    .map(file => path.join('templates', file));
}

if (process.argv[1] === import.meta.filename) {
  const [scope = '', root = path.join(import.meta.dirname, '..')] = process.argv.slice(2);
  try {
    setScope(root, scope);
    console.log(`The adaptors are ${scope}/language-... now.\nNext: npm run build`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 2;
  }
}
