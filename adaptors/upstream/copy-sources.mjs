import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const adaptors = path.join(import.meta.dirname, '..');

/** A module specifier in an import, an export or a declaration of types. */
const SPECIFIER = /(\bfrom |\bimport |\bimport\()(['"])([^'"\n]+)\2/g;

/**
 * Copies the sources of an adaptor, and of common what they need, so that they stand alone: names
 * such as `#common/...` become relative paths.
 *
 * @param {string} name of the adaptor
 * @param {string} target folder that becomes its `src`
 * @returns {string[]} the packages that they import
 */
export function copySources(name, target) {
  const roots = {
    [`#${name}/`]: { from: path.join(adaptors, 'packages', name, 'src'), to: '' },
    '#common/': { from: path.join(adaptors, 'common/src'), to: 'common' },
  };
  const placeOf = file => {
    const { from, to } = Object.values(roots).find(one =>
      file.startsWith(`${one.from}${path.sep}`),
    );
    return path.join(target, to, path.relative(from, file));
  };
  const packages = new Set();
  const waiting = [path.join(roots[`#${name}/`].from, 'Adaptor.ts'), ...declarations(roots)];
  const seen = new Set(waiting);
  for (const file of waiting) {
    const place = placeOf(file);
    const text = readFileSync(file, 'utf8').replace(
      SPECIFIER,
      (whole, before, quote, specifier) => {
        const source = resolve(roots, file, specifier);
        if (!source) {
          if (!isTypesOnly(file)) packages.add(packageOf(specifier));
          return whole;
        }
        if (!seen.has(source)) waiting.push(source);
        seen.add(source);
        const relative = path.relative(path.dirname(place), placeOf(source));
        const posix = relative.split(path.sep).join('/').replace(/\.ts$/, '.js');
        return `${before}${quote}${posix.startsWith('.') ? posix : `./${posix}`}${quote}`;
      },
    );
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
  return [...packages].sort();
}

/** Declarations of modules without types, which nothing imports. */
function declarations(roots) {
  return Object.values(roots).flatMap(({ from }) =>
    readdirSync(from, { recursive: true, encoding: 'utf8' })
      .filter(isTypesOnly)
      .map(file => path.join(from, file)),
  );
}

/** @param {string} file */
function isTypesOnly(file) {
  return file.endsWith('.d.ts');
}

/** The source file of an import; undefined for a package. */
function resolve(roots, file, specifier) {
  const alias = Object.keys(roots).find(one => specifier.startsWith(one));
  const isRelative = /^\.{1,2}\//.test(specifier);
  if (!alias && !isRelative) return undefined;
  const base = alias ? roots[alias].from : path.dirname(file);
  const source = path.join(base, alias ? specifier.slice(alias.length) : specifier);
  const found = source.replace(/\.js$/, '.ts');
  if (!existsSync(found)) throw new Error(`${file} imports ${specifier}, which does not exist.`);
  return found;
}

/** @param {string} specifier */
function packageOf(specifier) {
  const [scope, name] = specifier.split('/');
  return scope?.startsWith('@') ? `${scope}/${name}` : String(scope);
}
