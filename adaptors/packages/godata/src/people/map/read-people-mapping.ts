import type { FetchedTrackedEntityBatch } from '#common/handover/fetched-tracked-entity-batch.js';
import { noInput } from '#common/operations/step-input.js';
import { checkDescribedOptions } from '#common/people-mapping/check-described-options.js';
import { codedTables } from '#common/people-mapping/coded-tables.js';
import { ownersOf } from '#common/people-mapping/owners-of.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import { badPeopleMapping } from '#common/people-mapping/problems.js';
import { findProblems, readPeopleMapping } from '#common/people-mapping/read-people-mapping.js';
import { namesOnlyIds, namesTypesById } from '#common/people-mapping/resolve-names.js';
import { configurationError, type IntegrationError } from '#common/reporting/errors.js';
import type { Problem } from '#common/reporting/mapping-problems.js';
import type { MapCasesOptions } from './options.js';

/**
 * Checks a mapping whole, against the programs that the step before has read, and replaces names by
 * ids.
 *
 * @throws IntegrationError `BAD_OPTION`, `BAD_MAPPING`, `NO_METADATA` (configuration)
 */
export function readMapping(
  given: PeopleMapping,
  {
    programs,
    relationshipTypes,
    optionSets = {},
    entities = [],
  }: Partial<FetchedTrackedEntityBatch>,
): PeopleMapping {
  if (!programs) {
    const read = readPeopleMapping(given, { programOf: () => undefined });
    if ((namesOnlyIds(read) && namesTypesById(read)) || entities.length === 0) return read;
    throw configurationError(
      'NO_METADATA',
      'The mapping names objects of DHIS2 by code or name, and the step before has not described its programs.',
      {
        fix: 'Use fetchTrackedEntities of this version in the step before, or name everything by id.',
      },
    );
  }
  const { resolved, problems } = findProblems(given, {
    programOf: part => (part === 'case' ? programs.case : programs.contact),
    ...(relationshipTypes ? { relationshipTypes } : {}),
  });
  const found = [
    ...problems,
    ...otherPrograms(given, programs),
    ...checkDescribedOptions(codedTables(resolved), Object.values(programs), optionSets),
  ];
  if (found.length > 0) throw badPeopleMapping(found);
  return resolved;
}

/** A mapping that is meant for another program than the one whose people are read. */
function otherPrograms(
  mapping: PeopleMapping,
  programs: NonNullable<FetchedTrackedEntityBatch['programs']>,
): Problem[] {
  return (['case', 'contact'] as const).flatMap(kind => {
    const program = programs[kind];
    const ref = mapping[kind]?.program;
    if (!program || ref === undefined) return [];
    if ([program.id, program.code, program.name].includes(ref)) return [];
    const message = `${kind}: the mapping is for the program "${ref}", and the step before reads "${program.name}" (${program.id}). Name the same program in both jobs.`;
    return [{ code: 'OTHER_PROGRAM', message }];
  });
}

/** The options that the rows of a mapping imply. */
export function toOptions({
  case: cases,
  contact,
  relationship,
  vaccines,
  server,
  linkAttribute,
  whenDeleted = {},
}: PeopleMapping): MapCasesOptions {
  return {
    owners: {
      case: ownersOf(cases.rows),
      ...(contact ? { contact: ownersOf(contact.rows) } : {}),
    },
    ...(whenDeleted.inDhis2 === undefined ? {} : { whenDeleted: whenDeleted.inDhis2 }),
    ...(relationship?.types ? { relationshipTypes: relationship.types } : {}),
    ...(relationship ? { source: relationship.source } : {}),
    ...(vaccines ? { vaccines: vaccines.ids } : {}),
    ...(server === undefined ? {} : { server }),
    ...(linkAttribute === undefined ? {} : { link: person => person.attribute(linkAttribute) }),
  };
}

/** The error for a state without tracked entities; people of Go.Data need the other adaptor. */
export function noTrackedEntities(data: unknown): IntegrationError {
  if (Array.isArray((data as { people?: unknown } | undefined)?.people)) {
    return configurationError(
      'WRONG_ADAPTOR',
      'The step before has read people of Go.Data, and this step runs with the adaptor of Go.Data.',
      { fix: 'In project.yaml, give the mapping step the adaptor and the credential of DHIS2.' },
    );
  }
  return noInput('NO_TRACKED_ENTITIES', 'tracked entities', 'fetches them');
}
