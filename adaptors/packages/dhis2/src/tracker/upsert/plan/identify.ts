import { findUid, isUid, MAX_GENERATION } from '#common/identity/uid.js';
import { isMarkedDeleted } from '../marks.js';
import { type Existing, entitySource, inheritedBy, type Sought } from '../read/read-existing.js';
import { isThere } from '../read/stored.js';

/** Which tracked entity a person is. */
export type Identity =
  | {
      /** Id of the existing tracked entity. */
      found: string;
      /**
       * Nothing in Go.Data names it, and its UID was not computed from the person: the link must be
       * stored.
       */
      isLoose: boolean;
    }
  /** There is none: this is the UID for a new one. */
  | { fresh: string }
  | { ambiguous: string[] }
  /** Somebody deleted it in DHIS2. */
  | { deleted: string }
  /** It was deleted and created again too often. */
  | { usedUp: true };

/** What identifying needs. */
export interface IdentifyContext {
  existing: Existing;
  server: string;
  recreate: boolean;
  /** UIDs that DHIS2 reports as deleted. */
  usedUp: ReadonlySet<string>;
}

/**
 * Which tracked entity a person is: the one that the link attribute, the ids that Go.Data stores,
 * unique values and the UID computed from the person find. All of them must find the same one;
 * otherwise it is unknown to whom the data would be written. If they find none, a record that was
 * merged of duplicates is the first tracked entity of these that is left.
 *
 * A person who came from DHIS2 has the id of a tracked entity. If DHIS2 does not show it, it may be
 * out of the account's reach, for example since it moved to another district. With its id DHIS2
 * refuses to store the person a second time.
 */
export function identify(person: Sought, context: IdentifyContext): Identity {
  const { existing, server } = context;
  const { shadows, byLink, byKey } = existing;
  const known = existing.candidatesOf(person);
  const byValue = [...(byLink.get(person.id) ?? []), ...(byKey.get(person.id) ?? [])];
  const living = [...new Set([...known, ...byValue])].filter(id => isThere(shadows.get(id)));
  if (living.length > 1) return { ambiguous: living };
  const [found] = living;
  if (found !== undefined) return { found, isLoose: !known.includes(found) };
  const heir = inheritedBy(person, server).find(id => isLeft(id, person, context));
  if (heir !== undefined) return { found: heir, isLoose: true };
  const gone = known.filter(id => shadows.has(id) || context.usedUp.has(id));
  const blocked = gone.find(id => !isOurs(id, person.id, context));
  if (blocked !== undefined && !context.recreate) return { deleted: blocked };
  const isFree = (id: string) => !gone.includes(id);
  if (isUid(person.id) && isFree(person.id)) return { fresh: person.id };
  const fresh = findUid(entitySource(server, person.id), isFree);
  return fresh === undefined ? { usedUp: true } : { fresh };
}

/** Whether this operation deleted a tracked entity. */
function isOurs(id: string, person: string, { existing }: IdentifyContext): boolean {
  const enrollments = existing.shadows.get(id)?.enrollments ?? [];
  return enrollments.some(({ notes }) => isMarkedDeleted(notes, person));
}

/** Whether a duplicate's tracked entity is there, and was not cancelled with the duplicate. */
function isLeft(id: string, { merged = [] }: Sought, context: IdentifyContext): boolean {
  return isThere(context.existing.shadows.get(id)) && !merged.some(one => isOurs(id, one, context));
}

/** What to do about a person who was deleted and created again too often. */
export const TOO_OFTEN = `It was deleted in DHIS2 ${MAX_GENERATION} times. Enter it there by hand, and add its id to the person in Go.Data as a document of type EXTERNAL_ID.`;
