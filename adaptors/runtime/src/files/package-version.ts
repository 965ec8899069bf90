import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findPackageRoot } from './package-root.js';

/** Version of this package. */
export function packageVersion(root = findPackageRoot()): string {
  const manifest = readFileSync(path.join(root, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
