import { type Dhis2Seed, demoMetadata, type OrgUnit } from '../dhis2/index.js';
import { type ReadExport, readExport } from '../dhis2-export/index.js';
import { type JsonSource, readSource } from '../input/json-source.js';
import { generatePeople } from '../people-of-programs/index.js';

const FIX =
  'Give what DHIS2 exports: /api/metadata.json, /api/programs/{id}/metadata.json or /api/dataSets/{id}/metadata.json.';

/**
 * Reads exported metadata.
 *
 * @param orgUnits the org units of the sandbox, for files that have none
 * @throws UsageError if a file is no export, or has what the sandbox does not model
 */
export function readMetadataFiles(
  sources: readonly JsonSource[],
  orgUnits: readonly OrgUnit[],
): ReadExport {
  return readExport(
    sources.map(source => readSource(source, 'metadata', FIX)),
    orgUnits,
  );
}

/** Adds invented people to the programs of a server. */
export function addPeople(
  seed: Dhis2Seed,
  options: { today: string; seed: number; people: number },
): Dhis2Seed {
  return { ...seed, ...generatePeople(seed, options) };
}

/** The built-in data set for the cases of a list: every org unit reports. */
export function caseMetadata(orgUnits: OrgUnit[]): Dhis2Seed {
  const dhis2 = demoMetadata(orgUnits);
  const everywhere = orgUnits.map(({ id }) => ({ id }));
  return {
    ...dhis2,
    dataSets: dhis2.dataSets.map(dataSet => ({ ...dataSet, organisationUnits: everywhere })),
  };
}
