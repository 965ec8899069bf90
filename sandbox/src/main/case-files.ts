import type { OrgUnit } from '../dhis2/index.js';
import { caseListToSeed, type GoDataRecord, type Person } from '../godata/index.js';
import { type InputFile, readJsonFile } from '../input/files.js';
import { UsageError } from '../input/usage-error.js';
import { OUTBREAK_NAME, type OutbreakForm, toOutbreak } from '../outbreak/index.js';
import type { NewContent } from './content.js';
import { caseMetadata } from './dhis2-content.js';
import { inventOrgUnits } from './invent-org-units.js';
import { matchOrgUnits, readOrgUnitFile } from './org-unit-file.js';

/** Paths of lists that fill a sandbox. */
export interface CaseFiles {
  cases: string;
  contacts?: string;
  orgUnits?: string;
}

/** Both servers, and the org units that the locations of the cases are. */
export interface CaseContent extends NewContent {
  orgUnits: OrgUnit[];
}

/**
 * Fills both servers with lists as the real servers answer them. The outbreak with the most cases
 * gets the name that the jobs use, or is the given one; others are named by their ids. The built-in
 * data set is assigned to every org unit, so that each case counts where it was reported.
 *
 * @param known org units of other files, for cases whose org units are not given
 * @param form an outbreak of the user's own
 * @throws UsageError if a file is not such a list
 */
export function caseFilesToContent(
  files: CaseFiles,
  known?: OrgUnit[],
  form?: OutbreakForm,
): CaseContent {
  const cases = readPeople(files.cases, 'case list', 'cases');
  const contacts = files.contacts ? readPeople(files.contacts, 'contact list', 'contacts') : [];
  const seed = caseListToSeed(cases, contacts);
  const locationIds = seed.locations.map(({ id }) => id);
  const given = files.orgUnits ? readOrgUnitFile(files.orgUnits) : known;
  const { locations, orgUnits, unknown } = given
    ? matchOrgUnits(locationIds, given)
    : inventOrgUnits(locationIds);
  const outbreaks = nameOutbreaks(
    seed.outbreaks.map(({ id }) => id),
    cases,
    form,
  );
  const isOrgUnit = new Set(orgUnits.map(({ id }) => id));
  return {
    orgUnits,
    dhis2: caseMetadata(orgUnits),
    warnings: unknown.length > 0 ? [formatUnknown(unknown, locationIds, files)] : [],
    goData: {
      ...seed,
      users: seed.users.map(user => ({ ...user, activeOutbreakId: outbreaks[0]?.id })),
      outbreaks,
      // The locations that the workflow org-units-to-locations creates do not exist yet. A location
      // with an id that is not an org unit's was created by users, and is kept.
      locations: locations.filter(({ id }) => !isOrgUnit.has(id)),
    },
  };
}

/** The message has the ids: they are what must be corrected. */
function formatUnknown(
  unknown: readonly string[],
  locationIds: readonly string[],
  { cases, orgUnits }: CaseFiles,
): string {
  const shown = unknown.slice(0, 3).join(', ');
  return `${unknown.length} of the ${locationIds.length} locations of ${cases} are not an org unit of ${orgUnits ?? 'the metadata'}, by id or by code, and will be left out: ${shown}${unknown.length > 3 ? '...' : '.'}`;
}

function readPeople(file: string, what: string, kind: string): Person[] {
  const input: InputFile = {
    path: file,
    what,
    fix: `Give the answer of GET /api/outbreaks/{id}/${kind} as it is: a JSON array of ${kind}, each with id and outbreakId.`,
  };
  const list = readJsonFile(input);
  if (!Array.isArray(list)) {
    throw new UsageError(`The ${what} ${file} is not a JSON array.`, input.fix);
  }
  for (const [index, item] of list.entries()) {
    for (const key of ['id', 'outbreakId'] as const) {
      if (typeof item?.[key] === 'string' && item[key] !== '') continue;
      throw new UsageError(`Item ${index + 1} of the ${what} ${file} has no ${key}.`, input.fix);
    }
  }
  if (kind === 'cases' && list.length === 0) {
    throw new UsageError(`The ${what} ${file} is empty.`, input.fix);
  }
  return list;
}

/** The outbreaks, the one with the most cases first. */
function nameOutbreaks(
  ids: readonly string[],
  cases: readonly Person[],
  form: OutbreakForm | undefined,
): GoDataRecord[] {
  const sizeOf = (id: string) => cases.filter(({ outbreakId }) => outbreakId === id).length;
  return [...ids]
    .sort((a, b) => sizeOf(b) - sizeOf(a))
    .map((id, index) =>
      toOutbreak({
        id,
        name: index === 0 ? OUTBREAK_NAME : id,
        startDate: firstReport(cases.filter(({ outbreakId }) => outbreakId === id)),
        // The records keep their outbreak's id.
        ...(index === 0 ? { ...form?.fields, id } : {}),
      }),
    );
}

/** The start of an outbreak that has none. */
const LONG_AGO = '2000-01-01T00:00:00.000Z';

function firstReport(cases: readonly Person[]): string {
  const days = cases.map(({ dateOfReporting }) => dateOfReporting);
  return days.filter(day => typeof day === 'string').sort()[0] ?? LONG_AGO;
}
