import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findPackageRoot } from '../files/package-root.js';
import { packageVersion } from '../files/package-version.js';

interface Lock {
  packages?: Record<string, { resolved?: string }>;
}

/** Where npm got this package from, if it is installed: a file, or the address in a registry. */
function readResolved(root: string): string | undefined {
  const lock = path.join(root, '..', '.package-lock.json');
  if (!existsSync(lock)) return undefined;
  const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as Lock;
  return packages?.[`node_modules/${path.basename(root)}`]?.resolved;
}

/**
 * How a project names this package as its dependency, so that `npm install` finds it again: the
 * packed file that it was installed from, the folder in which it was built, or its version.
 *
 * @param project folder of the project
 */
export function packageSource(project: string): string {
  const root = findPackageRoot();
  const fileFrom = (target: string) =>
    `file:${path.relative(path.resolve(project), target).split(path.sep).join('/')}`;
  if (path.basename(path.dirname(root)) !== 'node_modules') return fileFrom(root);
  const resolved = readResolved(root);
  if (resolved?.startsWith('file:')) {
    return fileFrom(path.resolve(root, '..', '..', resolved.slice('file:'.length)));
  }
  return `^${packageVersion(root)}`;
}
