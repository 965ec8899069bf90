import type { DescribedProgram } from '#common/handover/described-program.js';
import type { Dhis2Client } from '../../client/client.js';
import { isUnreadable, type Readable } from '../is-unreadable.js';
import {
  attributesOf,
  describeProgram,
  type ProgramAnswer,
  readPrograms,
} from './read-programs.js';

/** What the account may not read in the programs that it reads, and what the programs have. */
export interface ProgramsRead {
  /** Ids of attributes, data elements and program stages that it may not read. */
  unreadable: string[];
  /** Ids of relationship types that it may read. Relationships of other types are not shown. */
  relationshipTypes: string[];
  programs: DescribedProgram[];
}

/**
 * Reads what some programs have, and what of it the account may not read, in two requests. DHIS2
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
  const types = await client.list<Readable>('/relationshipTypes', {
    fields: 'id,access[data[read]]',
  });
  const readable = types.filter(type => !isUnreadable(type));
  return {
    unreadable: [...new Set(closed)].sort(),
    relationshipTypes: readable.map(idOf).sort(),
    programs: programs.map(describeProgram),
  };
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
