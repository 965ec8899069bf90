import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { configurationError } from '#common/reporting/errors.js';
import { findPackageRoot } from '../files/package-root.js';
import type { Drafting } from './draft.js';

/**
 * Loads the part that reads servers and drafts mappings. It knows both systems, and the runtime
 * neither: so it is a program of its own.
 *
 * @throws IntegrationError `NOT_BUILT`, kind `configuration`
 */
export async function loadDrafting(): Promise<Drafting> {
  const entry = path.join(findPackageRoot(), 'drafting', 'dist', 'index.js');
  if (existsSync(entry)) return import(pathToFileURL(entry).href) as Promise<Drafting>;
  throw configurationError('NOT_BUILT', `The drafting is not built: there is no ${entry}.`, {
    fix: 'Run: npm run build',
  });
}
