import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findPackageRoot } from '../files/package-root.js';

/** The scope of OpenFn's own adaptors, which every host has. */
export const OPENFN = '@openfn';

/**
 * The scope of the names of the adaptors in adaptors/packages: `scope` in adaptors/package.json of
 * the project, or else of this package.
 *
 * @param project folder of project.yaml
 */
export function scopeOf(project: string): string {
  for (const folder of [project, findPackageRoot()]) {
    const file = path.join(folder, 'adaptors/package.json');
    if (!existsSync(file)) continue;
    const { scope } = JSON.parse(readFileSync(file, 'utf8')) as { scope?: unknown };
    if (typeof scope === 'string') return scope;
  }
  return OPENFN;
}

/** The name of an adaptor without scope and `language-`, as its folder has it: `godata`. */
export function shortNameOf(name: string): string {
  return name.replace(/^@[^/]+\/language-/, '');
}
