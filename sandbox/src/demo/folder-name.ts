import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULTS } from '../main/options.js';
import type { DemoOptions } from './options.js';

/**
 * Name of the folder that keeps the servers of these inputs. The same inputs continue where they
 * ended; other inputs, or a changed file, start again. Defaults are not part of the name.
 */
export function toFolderName(options: DemoOptions): string {
  const { cases, contacts, orgUnits, dhis2Metadata = [], godataLabels = [] } = options;
  const own = [
    ...dhis2Metadata,
    options.godataTemplate,
    options.godataReferenceData,
    ...godataLabels,
  ];
  const words = [
    cases ? `${path.parse(cases).name}-${digest([cases, contacts, orgUnits])}` : 'outbreak',
  ];
  if (own.some(file => file !== undefined)) words.push(`own-${digest(own)}`);
  if (options.people !== DEFAULTS.people) words.push(`${options.people}-people`);
  if (options.casesCount !== DEFAULTS.casesCount) words.push(`${options.casesCount}-cases`);
  if (options.seed !== DEFAULTS.seed) words.push(`seed-${options.seed}`);
  if (options.godataVersion !== DEFAULTS.godataVersion)
    words.push(`godata-${options.godataVersion}`);
  if (options.dhis2Version !== DEFAULTS.dhis2Version) words.push(`dhis2-${options.dhis2Version}`);
  return words.join('-');
}

/** A missing file counts as nothing here; the sandbox reports it. */
function digest(files: readonly (string | undefined)[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const isFile = file !== undefined && existsSync(file);
    hash.update(isFile ? createHash('sha256').update(readFileSync(file)).digest() : '-');
  }
  return hash.digest('hex').slice(0, 8);
}
