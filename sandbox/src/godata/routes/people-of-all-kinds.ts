import { sendJson } from '../../server/index.js';
import { requireOutbreak, requireUser } from '../auth/authorise.js';
import type { GoDataApp, GoDataContext } from '../context.js';
import { toProjection } from '../filter/fields.js';
import { PEOPLE_ORDER } from '../filter/include.js';
import { readQueryFilter } from '../filter/parse-filter.js';
import { count, select } from '../filter/select.js';
import { PERSON_KINDS } from '../models.js';
import { Collection } from '../store/collection.js';
import type { Person } from '../types.js';

/** `/people`: all four kinds together, the only place where `type` is seen (FACTS §2.2, r161). */
export function addPeopleOfAllKindsRoutes(app: GoDataApp, context: GoDataContext): void {
  const everybody = (outbreakId: string): Collection<Person> => {
    const together = new Collection<Person>();
    for (const { type } of PERSON_KINDS) {
      for (const person of context.store.people.rows(outbreakId, type).after())
        together.put(person);
    }
    return together;
  };

  app.get('/api/outbreaks/:id/people', c => {
    const { id } = requireOutbreak(
      c,
      context,
      requireUser(c, ...PERSON_KINDS.map(kind => `${kind.permission}_list`)),
    );
    const filter = readQueryFilter(new URL(c.req.url));
    const people = select(everybody(id), filter, PEOPLE_ORDER);
    return sendJson(c, people.map(toProjection(filter.fields)));
  });
  app.get('/api/outbreaks/:id/people/filtered-count', c => {
    const { id } = requireOutbreak(
      c,
      context,
      requireUser(c, ...PERSON_KINDS.map(kind => `${kind.permission}_list`)),
    );
    return c.json({ count: count(everybody(id), readQueryFilter(new URL(c.req.url))) });
  });
}
