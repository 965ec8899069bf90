import path from 'node:path';
import { toFolderName } from './folder-name.js';
import type { DemoOptions } from './options.js';
import type { DemoFiles } from './texts.js';

/**
 * Where a demonstration keeps its files. Those with the same inputs share the folder, but not the
 * state: a run refuses that of another workflow.
 */
export function toDemoFiles(workflow: string, options: DemoOptions): DemoFiles {
  const folder = path.join(options.state, toFolderName(options));
  return {
    folder,
    credentials: path.join(folder, 'credentials.json'),
    output: path.join(folder, `${workflow}-state.json`),
  };
}

/** The options of the sandbox program for this demonstration. */
export function toSandboxArgs(options: DemoOptions, { folder, credentials }: DemoFiles): string[] {
  const { cases, contacts, orgUnits, seed, casesCount, people } = options;
  const { dhis2Version, godataVersion, dhis2Metadata = [], godataLabels = [] } = options;
  const { godataTemplate, godataReferenceData } = options;
  return [
    ...['--state', folder, '--credentials', credentials],
    ...['--dhis2-version', dhis2Version, '--godata-version', godataVersion],
    ...['--people', String(people)],
    ...dhis2Metadata.flatMap(file => ['--dhis2-metadata', file]),
    ...(godataTemplate ? ['--godata-template', godataTemplate] : []),
    ...(godataReferenceData ? ['--godata-reference-data', godataReferenceData] : []),
    ...godataLabels.flatMap(file => ['--godata-labels', file]),
    ...(cases ? ['--cases', cases] : ['--seed', String(seed), '--cases-count', String(casesCount)]),
    ...(contacts ? ['--contacts', contacts] : []),
    ...(orgUnits ? ['--org-units', orgUnits] : []),
  ];
}
