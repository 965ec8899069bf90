import type { GoDataSeed } from '../godata/index.js';
import {
  addLabels,
  createRecords,
  mergeReferenceData,
  type OutbreakTemplate,
  readLabels,
  readReferenceData,
  readTemplate,
  useOwnCodes,
} from '../godata-template/index.js';
import { type JsonFile, type JsonSource, readSource } from '../input/json-source.js';

/** What Go.Data's API gives about an outbreak of the user's own. */
export interface GoDataFiles {
  godataTemplate?: JsonSource;
  godataReferenceData?: JsonSource;
  godataLabels?: JsonSource[];
}

const read = (source: JsonSource, what: string, route: string): JsonFile =>
  readSource(source, what, `Give the answer of GET ${route} as it is.`);

/**
 * Reads a template.
 *
 * @throws UsageError if it is something else
 */
export function readOwnTemplate(source: JsonSource | undefined): OutbreakTemplate | undefined {
  if (source === undefined) return undefined;
  return readTemplate(read(source, 'outbreak template', '/api/outbreaks/{id}'));
}

/** What the people of a Go.Data are invented for. */
export interface OwnData {
  template: OutbreakTemplate | undefined;
  /** `yyyy-MM-dd` */
  today: string;
  seed: number;
}

/**
 * A Go.Data with reference data, labels, lab results and follow-ups of the user's own. Codes of
 * invented people that the reference data does not have become others of their category.
 *
 * @throws UsageError if a file is something else
 */
export function addOwnData(
  goData: GoDataSeed,
  { godataReferenceData, godataLabels = [] }: GoDataFiles,
  { template, today, seed }: OwnData,
): GoDataSeed {
  const labels = godataLabels.map(source =>
    readLabels(read(source, 'labels', '/api/languages/{id}/language-tokens')),
  );
  const people = goData.people ?? [];
  const records = template ? createRecords(template, people, today, seed) : {};
  const labelled = addLabels({ ...goData, ...records }, labels);
  if (godataReferenceData === undefined) return labelled;
  const own = readReferenceData(read(godataReferenceData, 'reference data', '/api/reference-data'));
  const referenceData = mergeReferenceData(goData.referenceData ?? [], own);
  const fitted = <T>(list: readonly T[] | undefined) =>
    useOwnCodes(list ?? [], referenceData, seed);
  return {
    ...labelled,
    referenceData,
    people: fitted(people),
    labResults: fitted(labelled.labResults),
    followUps: fitted(labelled.followUps),
  };
}
