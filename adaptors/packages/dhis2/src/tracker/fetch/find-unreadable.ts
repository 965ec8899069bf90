import type { Dhis2Client } from '../../client/client.js';
import { isUnreadable, type Readable } from '../is-unreadable.js';

interface AttributePart {
  trackedEntityAttribute?: Readable;
}

interface Program {
  trackedEntityType?: { trackedEntityTypeAttributes?: AttributePart[] };
  programTrackedEntityAttributes?: AttributePart[];
  programStages?: Stage[];
}

interface Stage extends Readable {
  programStageDataElements?: { dataElement?: Readable }[];
}

/** What an account may not read in the programs that it reads. */
export interface Unreadable {
  /** Ids of attributes, data elements and program stages. */
  ids: string[];
  /** Ids of relationship types that it may read. Relationships of other types are not shown. */
  relationshipTypes: string[];
}

const FIELD = '[id,access[read]]';
const FIELDS =
  `id,trackedEntityType[trackedEntityTypeAttributes[trackedEntityAttribute${FIELD}]],` +
  `programTrackedEntityAttributes[trackedEntityAttribute${FIELD}],` +
  `programStages[id,access[read,data[read]],programStageDataElements[dataElement${FIELD}]]`;

/**
 * Finds what the account may not read in some programs, in two requests. DHIS2 omits it without an
 * error: from the releases after 2.43.1 the values of such attributes and data elements (dhis2
 * LIVE, "Master (2.44 ...) and branch 2.43"), in every version the events of such stages and the
 * relationships of such types. What is omitted must not be taken for empty.
 *
 * @param programs ids
 */
export async function findUnreadable(
  client: Dhis2Client,
  programs: readonly string[],
): Promise<Unreadable> {
  const answer = await client.get<{ programs?: Program[] }>('/programs', {
    filter: `id:in:[${programs.join(',')}]`,
    fields: FIELDS,
    paging: false,
  });
  const ids = (answer.programs ?? []).flatMap(partsOf).filter(isUnreadable).map(idOf);
  const types = await client.get<{ relationshipTypes?: Readable[] }>('/relationshipTypes', {
    fields: 'id,access[data[read]]',
    paging: false,
  });
  const readable = (types.relationshipTypes ?? []).filter(type => !isUnreadable(type));
  return { ids: [...new Set(ids)].sort(), relationshipTypes: readable.map(idOf).sort() };
}

function partsOf({
  trackedEntityType,
  programTrackedEntityAttributes = [],
  programStages = [],
}: Program): Readable[] {
  const ofType = trackedEntityType?.trackedEntityTypeAttributes ?? [];
  const parts = [
    ...[...ofType, ...programTrackedEntityAttributes].map(part => part.trackedEntityAttribute),
    ...programStages.flatMap(({ programStageDataElements = [], ...stage }) => [
      stage,
      ...programStageDataElements.map(({ dataElement }) => dataElement),
    ]),
  ];
  return parts.filter(part => part !== undefined);
}

function idOf({ id }: Readable): string {
  return id;
}
