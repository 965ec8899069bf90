import type { DescribedProgram } from '#common/handover/described-program.js';
import type { FetchedPeopleBatch } from '#common/handover/fetched-people-batch.js';
import { noInput } from '#common/operations/step-input.js';
import { checkDescribedOptions } from '#common/people-mapping/check-described-options.js';
import { checkGoData } from '#common/people-mapping/check-godata.js';
import { codedTables } from '#common/people-mapping/coded-tables.js';
import { namedInGoData } from '#common/people-mapping/named-in-godata.js';
import { ownersOf } from '#common/people-mapping/owners-of.js';
import type { PersonPart } from '#common/people-mapping/parts.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import { badPeopleMapping } from '#common/people-mapping/problems.js';
import { findProblems } from '#common/people-mapping/read-people-mapping.js';
import {
  type KnownDhis2,
  namesOnlyIds,
  namesTypesById,
} from '#common/people-mapping/resolve-names.js';
import { goesToDhis2, type Row } from '#common/people-mapping/rows.js';
import { rowsByPath } from '#common/people-mapping/rows-by-path.js';
import { configurationError, type IntegrationError } from '#common/reporting/errors.js';
import type { Finding } from '#common/reporting/report.js';
import type { Dhis2Client } from '../../client/client.js';
import { choosePrograms } from '../fetch/choose-programs.js';
import { describeOptionSets } from '../fetch/describe-programs.js';
import { describeProgram, readPrograms, readRelationshipTypes } from '../fetch/read-programs.js';
import type { MapTrackedEntitiesOptions } from './options.js';

/** A checked mapping, and what its user should know beside problems. */
export interface ReadMapping {
  mapping: PeopleMapping;
  findings: Finding[];
}

/**
 * Checks a mapping, its questions and reference data by what the step before has described, and
 * replaces codes and names by ids. The programs are read only where there are such, or problems: the
 * step that writes holds all ids against them.
 *
 * @throws IntegrationError `BAD_OPTION`, `BAD_MAPPING`, `UNKNOWN_PROGRAM` (configuration)
 */
export async function readMapping(
  given: PeopleMapping,
  { outbreak, described }: Partial<FetchedPeopleBatch>,
  createClient: () => Dhis2Client,
): Promise<ReadMapping> {
  const { resolved, problems } = findProblems(given, { programOf: () => undefined });
  const { problems: ofGoData, findings } =
    outbreak && described
      ? checkGoData(namedInGoData(given), { ...described, name: outbreak.name })
      : { problems: [], findings: [] };
  const isFine = problems.length + ofGoData.length === 0;
  if (isFine && namesOnlyIds(resolved) && namesTypesById(resolved)) {
    return { mapping: resolved, findings };
  }
  const { known, programs, optionSets } = await readKnown(given, createClient());
  const read = findProblems(given, known);
  const all = [
    ...read.problems,
    ...checkDescribedOptions(codedTables(read.resolved), programs, optionSets),
    ...ofGoData,
  ];
  if (all.length > 0) throw badPeopleMapping(all);
  return { mapping: read.resolved, findings };
}

async function readKnown(mapping: PeopleMapping, client: Dhis2Client) {
  const refs = (['case', 'contact', 'contactOfContact'] as const).flatMap(
    (part): (readonly [PersonPart, string])[] => {
      const kind = mapping[part];
      return kind ? [[part, kind.program]] : [];
    },
  );
  const ids = await choosePrograms(
    client,
    refs.map(([, ref]) => ref),
  );
  const described = (await readPrograms(client, ids)).map(describeProgram);
  const byPart = new Map<PersonPart, DescribedProgram | undefined>(
    refs.map(([part], n) => [part, described.find(({ id }) => id === ids[n])]),
  );
  const known: KnownDhis2 = {
    programOf: part => byPart.get(part),
    ...(mapping.relationship ? { relationshipTypes: await readRelationshipTypes(client) } : {}),
  };
  return { known, programs: described, optionSets: await describeOptionSets(client, described) };
}

/** The options that the rows of a mapping imply. */
export function toOptions(mapping: PeopleMapping): MapTrackedEntitiesOptions {
  const { case: cases, contact, contactOfContact } = mapping;
  const { vaccines, server, linkAttribute, findBy, whenDeleted = {} } = mapping;
  return {
    rows: rowsByPath(mapping),
    programs: {
      case: cases.program,
      ...(contact ? { contact: contact.program } : {}),
      ...(contactOfContact ? { contactOfContact: contactOfContact.program } : {}),
    },
    owners: {
      case: ownersOf(cases.rows),
      ...(contact ? { contact: ownersOf(contact.rows) } : {}),
    },
    otherwise: {
      case: otherwiseOf(cases.rows),
      contact: otherwiseOf(contact?.rows),
      contactOfContact: otherwiseOf((contactOfContact ?? contact)?.rows),
    },
    ...(vaccines ? { vaccines: vaccines.ids } : {}),
    ...(server === undefined ? {} : { server }),
    ...(linkAttribute === undefined ? {} : { linkAttribute }),
    ...(findBy ? { findBy } : {}),
    ...(whenDeleted.inGoData === undefined ? {} : { whenDeleted: whenDeleted.inGoData }),
  };
}

/** The fallbacks of the row for the org unit. */
function otherwiseOf(rows: readonly Row[] = []): readonly string[] {
  const places = rows.filter(goesToDhis2).flatMap(row => row.places);
  return places.flatMap(place => (place.kind === 'orgUnit' ? place.otherwise : []));
}

/** The error for a state without people; tracked entities need the other adaptor. */
export function noPeople(data: unknown): IntegrationError {
  if (Array.isArray((data as { entities?: unknown } | undefined)?.entities)) {
    return configurationError(
      'WRONG_ADAPTOR',
      'The step before has read tracked entities, and this step runs with the adaptor of DHIS2.',
      { fix: 'In project.yaml, give the mapping step the adaptor and the credential of Go.Data.' },
    );
  }
  return noInput('NO_PEOPLE', 'people', 'fetches them');
}
