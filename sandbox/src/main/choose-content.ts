import { demoMetadata } from '../dhis2/index.js';
import { toForm } from '../godata-template/index.js';
import type { JsonSource } from '../input/json-source.js';
import { UsageError } from '../input/usage-error.js';
import { generateOutbreak, type Outbreak, type OutbreakOptions } from '../outbreak/index.js';
import { addTrackerProgram } from '../tracker-program/index.js';
import { caseFilesToContent } from './case-files.js';
import type { NewContent } from './content.js';
import { addPeople, readMetadataFiles } from './dhis2-content.js';
import { addOwnData, type GoDataFiles, readOwnTemplate } from './godata-content.js';
import { isSaved, readSavedContent } from './saved-content.js';

/** Where the content of the servers came from. */
export type Origin = 'saved' | 'files' | 'generated';

/** What the content is made from: paths of files, and sizes of what is invented. */
export interface ContentOptions extends GoDataFiles {
  /** Folder that keeps the servers. */
  state?: string;
  cases?: string;
  contacts?: string;
  orgUnits?: string;
  /** Metadata that DHIS2 exports, instead of the built-in programs and data set. */
  dhis2Metadata?: JsonSource[];
  casesCount: number;
  people: number;
  seed: number;
}

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
  const { state, cases, contacts, orgUnits } = options;
  if (!cases && (contacts || orgUnits)) {
    throw new UsageError(
      `${contacts ? '--contacts' : '--org-units'} needs --cases.`,
      'Give the case list of the same outbreak with --cases FILE.',
    );
  }
  if (state && isSaved(state)) {
    return { origin: 'saved', warnings: notRead(options, state), ...readSavedContent(state) };
  }
  return cases ? fromCases({ ...options, cases }, today) : invented(options, today);
}

/** What was saved wins, so the user must know which files are not read. */
function notRead(options: ContentOptions, state: string): string[] {
  const names = {
    cases: '--cases',
    contacts: '--contacts',
    orgUnits: '--org-units',
    dhis2Metadata: '--dhis2-metadata',
    godataTemplate: '--godata-template',
    godataReferenceData: '--godata-reference-data',
    godataLabels: '--godata-labels',
  } as const;
  const given = Object.entries(names).filter(([name]) => options[name as keyof typeof names]);
  if (given.length === 0) return [];
  const list = given.map(([, option]) => option).join(', ');
  return [`The servers continue with the data in ${state}; ${list} is not read again.`];
}

function fromCases(
  {
    dhis2Metadata,
    cases,
    contacts,
    orgUnits,
    seed,
    people,
    ...files
  }: ContentOptions & {
    cases: string;
  },
  today: string,
): NewContent & { origin: Origin } {
  const template = readOwnTemplate(files.godataTemplate);
  const form = template && toForm(template, today);
  const known = dhis2Metadata && readMetadataFiles(dhis2Metadata, []).seed.organisationUnits;
  const own = known && known.length > 0 ? known : undefined;
  if (own && orgUnits) {
    throw new UsageError(
      '--org-units and a file of --dhis2-metadata both have org units.',
      'Omit --org-units, or export the metadata without organisationUnits.',
    );
  }
  const content = caseFilesToContent({ cases, contacts, orgUnits }, own, form);
  const { seed: metadata, remarks } = dhis2Metadata
    ? readMetadataFiles(dhis2Metadata, content.orgUnits)
    : { seed: content.dhis2, remarks: [] };
  return {
    origin: 'files',
    warnings: [...content.warnings, ...remarks],
    goData: addOwnData(content.goData, files, { template: undefined, today, seed }),
    dhis2: dhis2Metadata ? addPeople(metadata, { today, seed, people }) : metadata,
  };
}

function invented(
  { dhis2Metadata, seed, people, casesCount, ...files }: ContentOptions,
  today: string,
): NewContent & { origin: Origin } {
  const template = readOwnTemplate(files.godataTemplate);
  const form = template && toForm(template, today);
  const tree = generateOutbreak({ seed, cases: 0, today }).orgUnits;
  const read = dhis2Metadata && readMetadataFiles(dhis2Metadata, tree);
  const orgUnits = read?.seed.organisationUnits ?? tree;
  const outbreak = generate({
    ...{ seed, cases: casesCount, today },
    ...(form ? { form } : {}),
    ...(orgUnits === tree ? {} : { orgUnits }),
  });
  return {
    origin: 'generated',
    warnings: read?.remarks ?? [],
    // The workflow org-units-to-locations creates them from DHIS2's org units.
    goData: {
      ...addOwnData(outbreak.goData, files, {
        ...{ template, today, seed },
      }),
      locations: [],
    },
    dhis2: read
      ? addPeople(read.seed, { today, seed, people })
      : addTrackerProgram(demoMetadata(outbreak.orgUnits), { seed, today, people }),
  };
}

/** @throws UsageError if the outbreak's masks have no room for so many people */
function generate(options: OutbreakOptions): Outbreak {
  try {
    return generateOutbreak(options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(error.message, 'Invent fewer cases with --cases-count.');
  }
}
