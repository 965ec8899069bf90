import type { IdentityDocument, Stored } from '../types/index.js';
import { findByProperty } from './find-by-property.js';
import { fitsMask } from './masks.js';
import type { RecordReader } from './record-reader.js';
import { onlyOne } from './upsert.js';

/** A person as far as its identities go. */
export interface Identified extends Stored {
  visualId?: string | null;
  documents?: IdentityDocument[] | null;
}

type Reader<T extends Stored> = Pick<RecordReader<T>, 'list' | 'all'>;

const EXTERNAL_ID = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_EXTERNAL_ID';

/** What became of looking for a person by the visual id that another system gives it. */
export interface VisualIdMatch<T> {
  person: T | undefined;
  /** Whether somebody else has this very visual id. */
  isTaken: boolean;
}

/** Finds the person with a visual id, as it was sent or as the server keeps it (FACTS §5.2, r129). */
export async function findByVisualId<T extends Identified>(
  people: Reader<T>,
  visualId: string,
): Promise<T | undefined> {
  return onlyOne('visualId', await findByProperty(people, 'visualId', asKept(visualId)));
}

/**
 * Finds a person where the server numbers visual ids itself and throws away what is sent: by the
 * document that {@link withExternalId} has kept it in, and then by visual id. Somebody with this
 * visual id, and another one kept in a document, is somebody else whose number happens to be the
 * same. Documents of other forms are ids of other systems, which everybody may have.
 */
export async function findByExternalId<T extends Identified>(
  people: Reader<T>,
  visualId: string,
  mask: string,
): Promise<VisualIdMatch<T>> {
  const holders = await findByProperty(people, 'documents.number', [visualId], ['documents']);
  const known = holders.filter(person => externalIdsOf(person).includes(visualId));
  if (known.length > 0) return { person: onlyOne('visualId', known), isTaken: false };
  const alike = await findByProperty(people, 'visualId', asKept(visualId), ['documents']);
  const person = onlyOne(
    'visualId',
    alike.filter(other => !externalIdsOf(other).some(id => fitsMask(mask, id))),
  );
  return { person, isTaken: alike.length > 0 };
}

/** Documents with the external id among them. */
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

/** The server puts a backslash before the characters of regular expressions. */
function asKept(visualId: string): string[] {
  return [...new Set([visualId, visualId.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')])];
}
