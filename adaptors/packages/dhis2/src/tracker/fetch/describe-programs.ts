import type { DescribedOptionSet } from '#common/handover/described-option-set.js';
import type { Described, DescribedProgram } from '#common/handover/described-program.js';
import type { Dhis2Client } from '../../client/client.js';
import { isUnreadable, type Readable } from '../is-unreadable.js';
import { OPTION_SET_FIELDS, readByIds } from '../read-by-ids.js';
import {
  attributesOf,
  describeProgram,
  type ProgramAnswer,
  readPrograms,
  readRelationshipTypes,
} from './read-programs.js';

interface OptionSet {
  id: string;
  name?: string;
  options?: { code?: string }[];
}

/** What the account may not read in the programs that it reads, and what the programs have. */
export interface ProgramsRead {
  /** Ids of attributes, data elements, program stages and relationship types that it may not read. */
  unreadable: string[];
  relationshipTypes: Described[];
  programs: DescribedProgram[];
  /** The option sets of all fields, by id. */
  optionSets: Record<string, DescribedOptionSet>;
}

/** Options of one set that travel to the next step: one of diagnoses has some ten thousand. */
const MAX_OPTIONS = 5000;

/**
 * Reads what some programs have, and what of it the account may not read, in three requests. DHIS2
 * omits that without an error: from the releases after 2.43.1 the values of such attributes and
 * data elements (dhis2 LIVE, "Master (2.44 ...) and branch 2.43"), in every version the events of
 * such stages and the relationships of such types. What is omitted must not be taken for empty.
 *
 * @param ids of programs
 */
export async function describePrograms(
  client: Dhis2Client,
  ids: readonly string[],
): Promise<ProgramsRead> {
  const programs = await readPrograms(client, ids);
  const closed = programs.flatMap(partsOf).filter(isUnreadable).map(idOf);
  const types = await readRelationshipTypes(client);
  const described = programs.map(describeProgram);
  return {
    unreadable: [...new Set([...closed, ...types.filter(isUnreadable).map(idOf)])].sort(),
    relationshipTypes: types.map(({ access: _, ...type }) => type),
    programs: described,
    optionSets: await describeOptionSets(client, described),
  };
}

/** Describes the option sets of all fields of programs, in one request; very large ones are omitted. */
export async function describeOptionSets(
  client: Dhis2Client,
  programs: readonly DescribedProgram[],
): Promise<ProgramsRead['optionSets']> {
  const fields = programs.flatMap(({ attributes, stages }) => [
    ...attributes,
    ...stages.flatMap(({ elements }) => elements),
  ]);
  const sets = await readByIds<OptionSet>(
    client,
    'optionSets',
    fields.map(({ optionSet }) => optionSet),
    OPTION_SET_FIELDS,
  );
  return Object.fromEntries(
    sets
      .filter(({ options = [] }) => options.length <= MAX_OPTIONS)
      .map(({ id, name = id, options = [] }) => [
        id,
        { name, codes: options.flatMap(({ code }) => code ?? []) },
      ]),
  );
}

function partsOf(program: ProgramAnswer): Readable[] {
  return [
    ...attributesOf(program),
    ...(program.programStages ?? []).flatMap(({ programStageDataElements = [], ...stage }) => [
      stage,
      ...programStageDataElements.flatMap(({ dataElement }) => dataElement ?? []),
    ]),
  ];
}

function idOf({ id }: Readable): string {
  return id;
}
