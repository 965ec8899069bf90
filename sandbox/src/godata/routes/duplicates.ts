import { sendJson } from '../../server/index.js';
import type { GoDataApp, GoDataContext } from '../context.js';
import { CASE, CONTACT, CONTACT_OF_CONTACT } from '../models.js';
import { readObject } from '../read-body.js';
import { duplicateKeys } from '../rules/computed.js';
import { rawPerson } from '../rules/relatives.js';
import type { JsonObject, Person } from '../types.js';
import { beginWrite } from './people.js';

/**
 * People who may be the same person as one that is about to be created: those of the same kind who
 * share two names or a document. It is only a hint (godata FACTS §2.2, r194).
 */
export function addDuplicateRoutes(app: GoDataApp, context: GoDataContext): void {
  for (const kind of [CASE, CONTACT, CONTACT_OF_CONTACT]) {
    app.post(`/api/outbreaks/:id/${kind.path}/duplicates/find`, async c => {
      const { outbreak } = beginWrite(c, context, kind, `${kind.permission}_list`);
      const body = await readObject(c);
      const keys = new Set(keysOf(duplicateKeys(body, false)));
      const isDuplicate = (person: Person) =>
        person.id !== body.id && keysOf(person.duplicateKeys).some(key => keys.has(key));
      const people = context.store.people.list(outbreak.id, kind.type);
      return sendJson(c, { duplicates: people.filter(isDuplicate).map(rawPerson) });
    });
  }
}

/** Keys as texts, each with its group. */
function keysOf(groups: unknown): string[] {
  return Object.entries((groups ?? {}) as JsonObject).flatMap(([group, keys]) =>
    (keys as readonly string[]).map(key => `${group} ${key}`),
  );
}
