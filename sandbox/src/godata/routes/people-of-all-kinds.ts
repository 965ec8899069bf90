import { sendJson } from '../../server/index.js';
import { requireOutbreak, requireUser } from '../auth/authorise.js';
import { hasPermission } from '../auth/permissions.js';
import type { GoDataApp, GoDataContext, GoDataRequest } from '../context.js';
import { countAnswer } from '../filter/count-answer.js';
import { type Projection, toProjection } from '../filter/fields.js';
import { PEOPLE_ORDER } from '../filter/include.js';
import { readQueryFilter } from '../filter/parse-filter.js';
import { count, select } from '../filter/select.js';
import { PERSON_KINDS } from '../models.js';
import { Collection } from '../store/collection.js';
import type { Person } from '../types.js';

/**
 * `/people`: all four kinds together, the only place where `type` is visible (FACTS §2.2, r161).
 * Kinds that the account may not list are silently omitted [code: controllers/outbreakPeople.js,
 * the filter of disallowed types].
 */
export function addPeopleOfAllKindsRoutes(app: GoDataApp, context: GoDataContext): void {
  const everybody = (c: GoDataRequest): Collection<Person> => {
    const user = requireUser(c, ...PERSON_KINDS.map(kind => `${kind.permission}_list`));
    const { id } = requireOutbreak(c, context, user);
    const together = new Collection<Person>();
    for (const { type, permission } of PERSON_KINDS) {
      if (!hasPermission(user, `${permission}_list`)) continue;
      for (const person of context.store.people.rows(id, type).after()) together.put(person);
    }
    return together;
  };

  app.get('/api/outbreaks/:id/people', c => {
    const people = everybody(c);
    const filter = readQueryFilter(new URL(c.req.url));
    const found = select(people, filter, PEOPLE_ORDER);
    return sendJson(c, found.map(withinKnownType(toProjection(filter.fields))));
  });
  app.get('/api/outbreaks/:id/people/filtered-count', c => {
    const people = everybody(c);
    const filter = readQueryFilter(new URL(c.req.url));
    return c.json(countAnswer(count(people, filter), filter));
  });
}

/**
 * The server checks the remaining fields of a person for the permission to show it. If `fields`
 * omits the type, only the id is shown [code: outbreak.js, limitPersonInformation].
 */
function withinKnownType(project: Projection): Projection {
  const bare = toProjection(['id', 'type']);
  return person => {
    const shown = project(person);
    return shown.type === undefined ? bare(shown) : shown;
  };
}
