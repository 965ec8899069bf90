import type { MappedPerson } from '#common/handover/mapped-people-batch.js';
import { readAgainIfEmpty } from '#common/http/index.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { IdentityDocument } from '#godata/client/types/index.js';
import { chunksThatFit } from '../../id-chunks.js';
import { readOutbreakList } from '../../read-outbreak-list.js';

/** A person of any kind on the server, deleted or not. */
export interface ExistingPerson {
  id: string;
  type: string;
  deleted?: boolean;
  visualId?: string | null;
  documents?: IdentityDocument[] | null;
  [field: string]: unknown;
}

/** Finds the records of people. */
export interface ExistingPeople {
  /**
   * The records that may be this person: found by link, else by document, else by id. A deleted one
   * counts last: a merge of duplicates in Go.Data deletes them and makes a new record, which has
   * their documents (controllers/outbreak.js, mergePeople).
   */
  find(person: Pick<MappedPerson, 'id' | 'link'>): ExistingPerson[];
}

/** Type of the documents that hold ids of other systems. */
export const EXTERNAL_ID = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_EXTERNAL_ID';
const TYPE = 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_';

/** Whether a record is of a kind. Events are not people and have no documents. */
export function isOfType(person: ExistingPerson, type: 'CASE' | 'CONTACT'): boolean {
  return person.type === `${TYPE}${type}`;
}

/**
 * Reads the people of a batch in an outbreak, of all kinds: one request for about 300 people. Reads
 * deleted people too, because their ids cannot be used again (godata FACTS §5.3).
 *
 * @param people the people to find, and those at the other ends of their relationships
 */
export async function readExistingPeople(
  client: GoDataClient,
  outbreakId: string,
  people: readonly Pick<MappedPerson, 'id' | 'link'>[],
): Promise<ExistingPeople> {
  const byId = new Map<string, ExistingPerson>();
  const byDocument = new Map<string, ExistingPerson[]>();
  // Each id is in the address two or three times.
  const idsOf = ({ id, link }: (typeof people)[number]) => [id, id, ...(link ? [link] : [])];
  for (const chunk of chunksThatFit(people, idsOf)) {
    const keys = chunk.map(({ id }) => id);
    const ids = [...new Set([...keys, ...chunk.flatMap(({ link }) => link ?? [])])];
    const filter = {
      where: { or: [{ id: { inq: ids } }, { 'documents.number': { inq: keys } }] },
      deleted: true,
    };
    const isExpected = chunk.some(({ link }) => link !== undefined);
    const found = await readAgainIfEmpty(isExpected, () =>
      readOutbreakList<ExistingPerson>(client, outbreakId, 'people', filter),
    );
    for (const person of found) {
      if (person.type === `${TYPE}EVENT`) continue;
      byId.set(person.id, person);
      for (const { type, number } of person.documents ?? []) {
        if (type !== EXTERNAL_ID || !number) continue;
        byDocument.set(number, [...(byDocument.get(number) ?? []), person]);
      }
    }
  }
  return {
    find({ id, link }) {
      const linked = link === undefined ? undefined : byId.get(link);
      if (linked && !linked.deleted) return [linked];
      const notDeleted = (byDocument.get(id) ?? []).filter(({ deleted }) => !deleted);
      if (notDeleted.length > 0) return notDeleted;
      const last = linked ?? byId.get(id);
      return last ? [last] : [];
    },
  };
}
