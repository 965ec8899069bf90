import { sendJson } from '../../server/index.js';
import { requireOutbreak, requireUser } from '../auth/authorise.js';
import type { GoDataApp, GoDataContext, GoDataRequest } from '../context.js';
import { instanceNotFound, internalError } from '../errors.js';
import { toProjection } from '../filter/fields.js';
import { readQueryFilter } from '../filter/parse-filter.js';
import { projectRaw, selectRaw } from '../filter/raw-list.js';
import { count, select } from '../filter/select.js';
import { CASE, CONTACT, CONTACT_OF_CONTACT, type PersonKind } from '../models.js';
import { readBody, readObject } from '../read-body.js';
import {
  asFollowUp,
  asListedFollowUp,
  createFollowUp,
  updateFollowUp,
} from '../rules/follow-up-rules.js';
import { rawPerson } from '../rules/relatives.js';
import type { PersonRecord } from '../types.js';
import { methodNotFound } from './not-found.js';
import { beginWrite, findPerson } from './people.js';

/** In no particular order: the server does not sort follow-ups. */
const DEFAULT_ORDER = [['createdAt', 1]] as const;

/** Follow-ups of a person, and of an outbreak (godata FACTS §2.4). */
export function addFollowUpRoutes(app: GoDataApp, context: GoDataContext): void {
  addRoutesOfPerson(app, context, CONTACT);
  for (const kind of [CASE, CONTACT_OF_CONTACT]) {
    app.use(`/api/outbreaks/:id/${kind.path}/:nk/follow-ups/*`, (c, next) => {
      if (!context.dialect.followsUpAll) throw methodNotFound(c);
      return next();
    });
    addRoutesOfPerson(app, context, kind);
    // Follow-ups of a contact can only be listed together with those of the whole outbreak.
    addList(app, context, kind);
  }
  addRoutesOfOutbreak(app, context);
}

function addRoutesOfPerson(app: GoDataApp, context: GoDataContext, kind: PersonKind): void {
  const path = `/api/outbreaks/:id/${kind.path}/:nk/follow-ups`;
  const { followUps } = context.store;
  const find = (c: GoDataRequest) => findFollowUp(context, c.req.param('fk'), c.req.param('nk'));

  app.post(path, async c => {
    const write = beginWrite(c, context, kind, 'follow_up_create');
    const person = findPerson(context, kind, write.outbreak.id, c.req.param('nk') ?? '');
    const body = await readBody(c);
    // A list never reaches the place where the server adds the outbreak (r287).
    if (Array.isArray(body)) throw internalError();
    return c.json(asFollowUp(createFollowUp(write, person, body)));
  });
  app.get(`${path}/:fk`, c => {
    requireOutbreak(c, context, requireUser(c, 'follow_up_view'));
    return c.json(asFollowUp(find(c)));
  });
  app.put(`${path}/:fk`, async c => {
    const write = beginWrite(c, context, kind, 'follow_up_modify');
    return c.json(asFollowUp(updateFollowUp(write, find(c), await readObject(c))));
  });
  app.delete(`${path}/:fk`, c => {
    const { user } = beginWrite(c, context, kind, 'follow_up_delete');
    followUps.delete(find(c).id, user.id);
    return c.body(null, 204);
  });
}

function addList(app: GoDataApp, context: GoDataContext, kind: PersonKind): void {
  app.get(`/api/outbreaks/:id/${kind.path}/:nk/follow-ups`, c => {
    const { id } = requireOutbreak(c, context, requireUser(c, 'follow_up_list'));
    const person = findPerson(context, kind, id, c.req.param('nk'));
    const filter = readQueryFilter(new URL(c.req.url));
    const rows = context.store.followUps.rowsOfPerson(person.id);
    const found = select(rows, filter, DEFAULT_ORDER);
    return sendJson(c, found.map(asFollowUp).map(toProjection(filter.fields)));
  });
}

function addRoutesOfOutbreak(app: GoDataApp, context: GoDataContext): void {
  const path = '/api/outbreaks/:id/follow-ups';
  const { followUps, people } = context.store;

  // r144: each with its person, in the field `contact`.
  app.get(path, c => {
    const { id } = requireOutbreak(c, context, requireUser(c, 'follow_up_list'));
    const filter = readQueryFilter(new URL(c.req.url));
    const found = selectRaw(followUps.rowsOf(id), filter);
    return sendJson(
      c,
      found.map(one => {
        const person = people.get(one.personId);
        const contact = person && rawPerson(person);
        return projectRaw(filter.fields, 'contact', asListedFollowUp(one), contact);
      }),
    );
  });
  // The same list, counted [code: outbreakFollowUp.js, filteredCountFollowUps].
  app.get(`${path}/filtered-count`, c => {
    const { id } = requireOutbreak(c, context, requireUser(c, 'follow_up_list'));
    return c.json({ count: count(followUps.rowsOf(id), readQueryFilter(new URL(c.req.url))) });
  });
  app.get(`${path}/:fk`, c => {
    requireOutbreak(c, context, requireUser(c, 'follow_up_view'));
    return c.json(asFollowUp(findFollowUp(context, c.req.param('fk'))));
  });
}

/** @throws ApiError 404 for an unknown record, or one of another person */
function findFollowUp({ store }: GoDataContext, id = '', personId?: string): PersonRecord {
  const followUp = store.followUps.get(id);
  const isOwn = personId === undefined || followUp?.personId === personId;
  if (!followUp || !isOwn) throw instanceNotFound('followUp', id);
  return followUp;
}
