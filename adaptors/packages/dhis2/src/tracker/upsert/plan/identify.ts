import { MAX_GENERATION, uidsOf } from '#common/identity/uid.js';
import { isMarkedDeleted } from '../marks.js';
import { candidatesOf, type Existing, entitySource, type Sought } from '../read/read-existing.js';
import { isThere } from '../read/stored.js';

/** Which tracked entity a person is. */
export type Identity =
  | {
      /** Id of the one that is there. */
      found: string;
      /** Nothing in Go.Data tells of it, nor was it made of the person: it has to be noted. */
      isLoose: boolean;
    }
  /** None: this is the UID for a new one. */
  | { fresh: string }
  | { ambiguous: string[] }
  /** Somebody has deleted it in DHIS2. */
  | { deleted: string }
  /** Deleted and made anew too often. */
  | { usedUp: true };

/** What telling people apart needs to know. */
export interface IdentifyContext {
  existing: Existing;
  server: string;
  recreate: boolean;
  /** UIDs that DHIS2 has said to be deleted. */
  usedUp: ReadonlySet<string>;
}

/**
 * Which tracked entity a person is: whatever the link attribute, the ids that Go.Data keeps, unique
 * values and the UID made of the person find. All of them must find the same, or nobody knows whose
 * data would be written where.
 */
export function identify(person: Sought, context: IdentifyContext): Identity {
  const { existing, server } = context;
  const { shadows, byLink, byKey } = existing;
  const known = candidatesOf(person, server);
  const byValue = [...(byLink.get(person.id) ?? []), ...(byKey.get(person.id) ?? [])];
  const living = [...new Set([...known, ...byValue])].filter(id => isThere(shadows.get(id)));
  if (living.length > 1) return { ambiguous: living };
  const [found] = living;
  if (found !== undefined) return { found, isLoose: !known.includes(found) };
  const gone = known.filter(id => shadows.has(id) || context.usedUp.has(id));
  const blocked = gone.find(id => !isOurs(id, person, context));
  if (blocked !== undefined && !context.recreate) return { deleted: blocked };
  const fresh = uidsOf(entitySource(server, person.id)).find(id => !gone.includes(id));
  return fresh === undefined ? { usedUp: true } : { fresh };
}

/** Whether it was this operation that deleted a tracked entity. */
function isOurs(id: string, person: Sought, { existing }: IdentifyContext): boolean {
  const enrollments = existing.shadows.get(id)?.enrollments ?? [];
  return enrollments.some(({ notes }) => isMarkedDeleted(notes, person.id));
}

/** What to do about a person who was deleted and made anew too often. */
export const TOO_OFTEN = `DHIS2 has deleted it ${MAX_GENERATION} times: enter it there by hand, and give its id to the person in Go.Data as a document of type EXTERNAL_ID.`;
