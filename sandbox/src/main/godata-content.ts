import type { GoDataSeed } from '../godata/index.js';
import {
  addLabels,
  mergeReferenceData,
  readLabels,
  readReferenceData,
  readTemplate,
  toForm,
  useOwnCodes,
} from '../godata-template/index.js';
import { type JsonFile, type JsonSource, readSource } from '../input/json-source.js';
import type { OutbreakForm } from '../outbreak/index.js';

/** What Go.Data's API gives about an outbreak of the user's own. */
export interface GoDataFiles {
  godataTemplate?: JsonSource;
  godataReferenceData?: JsonSource;
  godataLabels?: JsonSource[];
}

const read = (source: JsonSource, what: string, route: string): JsonFile =>
  readSource(source, what, `Give the answer of GET ${route} as it is.`);

/**
 * The outbreak of a template file.
 *
 * @param today `yyyy-MM-dd`
 * @throws UsageError if the file is something else
 */
export function readForm(source: JsonSource | undefined, today: string): OutbreakForm | undefined {
  if (source === undefined) return undefined;
  return toForm(readTemplate(read(source, 'outbreak template', '/api/outbreaks/{id}')), today);
}

/**
 * A Go.Data with reference data and labels of the user's own. Codes of invented people that the
 * reference data does not have become others of their category.
 *
 * @throws UsageError if a file is something else
 */
export function addOwnData(
  seed: GoDataSeed,
  { godataReferenceData, godataLabels = [] }: GoDataFiles,
  random: number,
): GoDataSeed {
  const labels = godataLabels.map(source =>
    readLabels(read(source, 'labels', '/api/languages/{id}/language-tokens')),
  );
  const labelled = addLabels(seed, labels);
  if (godataReferenceData === undefined) return labelled;
  const own = readReferenceData(read(godataReferenceData, 'reference data', '/api/reference-data'));
  const referenceData = mergeReferenceData(seed.referenceData ?? [], own);
  return {
    ...labelled,
    referenceData,
    people: useOwnCodes(seed.people ?? [], referenceData, random),
  };
}
