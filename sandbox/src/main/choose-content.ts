import { demoMetadata } from '../dhis2/index.js';
import { generateOutbreak } from '../outbreak/index.js';
import { addTrackerProgram } from '../tracker-program/index.js';
import { caseFilesToContent } from './case-files.js';
import type { NewContent } from './content.js';
import type { SandboxOptions } from './options.js';
import { isSaved, readSavedContent } from './saved-content.js';
import { UsageError } from './usage-error.js';

/** Where the content of the servers came from. */
export type Origin = 'saved' | 'files' | 'generated';

type ContentOptions = Pick<
  SandboxOptions,
  'state' | 'cases' | 'contacts' | 'orgUnits' | 'seed' | 'casesCount'
>;

/**
 * The content of the servers: what was saved, else the given lists, else an invented outbreak that
 * ends today.
 *
 * @param today `yyyy-MM-dd`
 * @throws UsageError if a file is not what it should be
 */
export function chooseContent(
  options: ContentOptions,
  today: string,
): NewContent & { origin: Origin } {
  const { state, cases, contacts, orgUnits, seed, casesCount } = options;
  if (!cases && (contacts || orgUnits)) {
    throw new UsageError(
      `${contacts ? '--contacts' : '--org-units'} needs --cases.`,
      'Give the case list of the same outbreak with --cases FILE.',
    );
  }
  if (state && isSaved(state)) {
    return { origin: 'saved', warnings: [], ...readSavedContent(state) };
  }
  if (cases) return { origin: 'files', ...caseFilesToContent({ cases, contacts, orgUnits }) };
  const outbreak = generateOutbreak({ seed, cases: casesCount, today });
  return {
    origin: 'generated',
    warnings: [],
    // The workflow org-units-to-locations creates them from DHIS2's org units.
    goData: { ...outbreak.goData, locations: [] },
    dhis2: addTrackerProgram(demoMetadata(outbreak.orgUnits), { seed, today }),
  };
}
