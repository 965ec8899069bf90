import type { IdentityDocument, Stored } from '../types/index.js';
import { findByProperty } from './find-by-property.js';
import { matchesMask } from './masks.js';
import type { RecordReader } from './record-reader.js';
import { onlyOne } from './upsert.js';

/** The ids of a person. */
export interface Identified extends Stored {
  visualId?: string | null;
  documents?: IdentityDocument[] | null;
}

type Reader<T extends Stored> = Pick<RecordReader<T>, 'list' | 'all'>;

const EXTERNAL_ID = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_EXTERNAL_ID';

/** The result of a search for a person by a visual id of another system. */
export interface VisualIdMatch<T> {
  person: T | undefined;
  /** Whether another person has this visual id. */
  isTaken: boolean;
}

/**
 * Finds the person with a visual id, as it was sent or as the server stores it (FACTS §5.2, r129).
 */
export async function findByVisualId<T extends Identified>(
  people: Reader<T>,
  visualId: string,
): Promise<T | undefined> {
  return onlyOne('visualId', await findByProperty(people, 'visualId', storedForms(visualId)));
}

/**
 * Finds a person in an outbreak where the server assigns visual ids and discards the sent ones.
 * Looks first for the document of {@link withExternalId}, then for the visual id. A person who has
 * this visual id but another id in such a document is a different person with the same number.
 * Documents that do not match the mask are ids of other systems, which anybody may have.
 */
export async function findByExternalId<T extends Identified>(
  people: Reader<T>,
  visualId: string,
  mask: string,
): Promise<VisualIdMatch<T>> {
  const holders = await findByProperty(people, 'documents.number', [visualId], ['documents']);
  const known = holders.filter(person => externalIdsOf(person).includes(visualId));
  if (known.length > 0) return { person: onlyOne('visualId', known), isTaken: false };
  const alike = await findByProperty(people, 'visualId', storedForms(visualId), ['documents']);
  const person = onlyOne(
    'visualId',
    alike.filter(other => !externalIdsOf(other).some(id => matchesMask(mask, id))),
  );
  return { person, isTaken: alike.length > 0 };
}

/** Adds the external id to a list of documents. */
export function withExternalId(
  documents: IdentityDocument[] | null | undefined,
  number: string,
): IdentityDocument[] {
  const others = (documents ?? []).filter(
    document => !(document.type === EXTERNAL_ID && document.number === number),
  );
  return [...others, { type: EXTERNAL_ID, number }];
}

function externalIdsOf({ documents }: Identified): string[] {
  return (documents ?? [])
    .filter(({ type }) => type === EXTERNAL_ID)
    .map(({ number }) => String(number));
}

/**
 * The visual id as it was sent, and as the server stores it: with a backslash before the special
 * characters of regular expressions.
 */
function storedForms(visualId: string): string[] {
  return [...new Set([visualId, visualId.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')])];
}
