import { sendJson } from '../../server/index.js';
import { requireOutbreak, requireUser } from '../auth/authorise.js';
import { hasPermission } from '../auth/permissions.js';
import type { GoDataApp, GoDataContext, GoDataRequest } from '../context.js';
import { createEach } from '../create-each.js';
import { instanceNotFound } from '../errors.js';
import { countAnswer } from '../filter/count-answer.js';
import { toProjection } from '../filter/fields.js';
import { included, PEOPLE_ORDER, PERSON_RELATIONS } from '../filter/include.js';
import { expandLocations } from '../filter/location-filter.js';
import {
  type Filter,
  readBodyFilter,
  readQueryFilter,
  readQueryWhere,
} from '../filter/parse-filter.js';
import { withRelated } from '../filter/related.js';
import { count, select } from '../filter/select.js';
import { PERSON_KINDS, type PersonKind } from '../models.js';
import { readBody, readObject } from '../read-body.js';
import { deletePerson, restorePerson } from '../rules/person-deletion.js';
import { createPerson, updatePerson, visualIdFor } from '../rules/person-rules.js';
import type { PersonWrite } from '../rules/person-write.js';
import type { Person, User } from '../types.js';

/** Fields that typed models hide (godata FACTS §2.2). */
const HIDDEN = ['type'];

/** Cases, contacts, contacts of contacts and events: the same routes for each (FACTS §2.2). */
export function addPeopleRoutes(app: GoDataApp, context: GoDataContext): void {
  for (const kind of PERSON_KINDS) {
    addReadingRoutes(app, context, kind);
    addWritingRoutes(app, context, kind);
  }
}

function addReadingRoutes(app: GoDataApp, context: GoDataContext, kind: PersonKind): void {
  const path = `/api/outbreaks/:id/${kind.path}`;
  const list = (c: GoDataRequest, filter: Filter) => {
    const user = requireUser(c);
    const { id } = requireOutbreak(c, context, user);
    const rows = context.store.people.rows(id, kind.type);
    const people = select(rows, resolved(context, kind, id, filter), PEOPLE_ORDER);
    const project = projectionFor(user, kind, filter);
    return sendJson(
      c,
      people.map(one => ({ ...project(one), ...included(context, one, filter.include) })),
    );
  };
  const total = (c: GoDataRequest, filter: Filter) => {
    const { id } = requireOutbreak(c, context, requireUser(c, `${kind.permission}_list`));
    const rows = context.store.people.rows(id, kind.type);
    return c.json(countAnswer(count(rows, resolved(context, kind, id, filter)), filter));
  };

  app.get(path, c => list(c, readQueryFilter(new URL(c.req.url), PERSON_RELATIONS)));
  app.post(`${path}/filter`, async c => {
    // The rule of the active outbreak is checked before the body (r244).
    requireOutbreak(c, context, requireUser(c));
    return list(c, readBodyFilter(await readObject(c), PERSON_RELATIONS));
  });
  app.get(`${path}/filtered-count`, c => total(c, readQueryFilter(new URL(c.req.url))));
  if (kind.countsByPost) {
    app.post(`${path}/filtered-count`, async c => total(c, readBodyFilter(await readObject(c))));
  }
  if (kind.model === 'case') {
    app.get(`${path}/count`, c => total(c, readQueryWhere(new URL(c.req.url))));
  }
  app.get(`${path}/:fk`, c => {
    const { id } = requireOutbreak(c, context, requireUser(c, `${kind.permission}_view`));
    return c.json(withoutType(findPerson(context, kind, id, c.req.param('fk'))));
  });
}

function addWritingRoutes(app: GoDataApp, context: GoDataContext, kind: PersonKind): void {
  const path = `/api/outbreaks/:id/${kind.path}`;
  const begin = (c: GoDataRequest, ...permissions: string[]) =>
    beginWrite(c, context, kind, ...permissions.map(one => `${kind.permission}_${one}`));

  app.post(path, async c => {
    const write = begin(c, 'create');
    const body = await readBody(c);
    if (!Array.isArray(body)) return c.json(withoutType(createPerson(write, body)));
    return sendJson(c, createEach(body, one => createPerson(write, one)).map(withoutType));
  });
  // If the mask leaves the number open, it is the next free one (r195).
  app.post(`${path}/generate-visual-id`, async c => {
    const write = begin(c, 'generate_visual_id');
    const { visualIdMask, personId } = await readObject(c);
    const id = typeof personId === 'string' ? personId : undefined;
    return c.json(visualIdFor(write, String(visualIdMask ?? ''), id));
  });
  app.put(`${path}/:fk`, async c => {
    const write = begin(c, 'modify');
    const person = findPerson(context, kind, write.outbreak.id, c.req.param('fk'));
    return c.json(withoutType(updatePerson(write, person, await readObject(c))));
  });
  app.delete(`${path}/:fk`, c => {
    const { user, outbreak } = begin(c, 'delete', 'bulk_delete');
    deletePerson(context, findPerson(context, kind, outbreak.id, c.req.param('fk')), user);
    return c.body(null, 204);
  });
  app.post(`${path}/:fk/restore`, c => {
    const { user, outbreak } = begin(c, 'restore', 'bulk_restore');
    const person = findPerson(context, kind, outbreak.id, c.req.param('fk'), true);
    return c.json(withoutType(restorePerson(context, kind, person, user)));
  });
}

/**
 * The circumstances of a write to people of a kind, which their routes share.
 *
 * @throws ApiError 401, 403 or 404, as the user or the outbreak has it
 */
export function beginWrite(
  c: GoDataRequest,
  context: GoDataContext,
  kind: PersonKind,
  ...permissions: readonly string[]
): PersonWrite {
  const user = requireUser(c, ...permissions);
  return { context, kind, user, outbreak: requireOutbreak(c, context, user) };
}

/**
 * @throws ApiError 404 for an unknown person of that kind, or, unless requested, for a deleted one
 * (r101, r152)
 */
export function findPerson(
  { store }: GoDataContext,
  kind: PersonKind,
  outbreakId: string,
  id: string,
  deletedToo = false,
): Person {
  const person = store.people.rows(outbreakId, kind.type).get(id);
  if (!person || (person.deleted === true && !deletedToo)) throw instanceNotFound(kind.model, id);
  return person;
}

/** Without the permission to list, a list shows only that people exist (FACTS §5.11). */
function projectionFor(user: User, kind: PersonKind, filter: Filter) {
  if (!hasPermission(user, `${kind.permission}_list`)) return toProjection(['id', 'type']);
  return toProjection(filter.fields, HIDDEN);
}

function resolved(context: GoDataContext, kind: PersonKind, outbreakId: string, filter: Filter) {
  const { where, ...others } = withRelated(context, kind, outbreakId, filter);
  return { ...others, where: expandLocations(where, context.store.locations) };
}

/** A person as its typed model answers it. */
export const withoutType = toProjection(undefined, HIDDEN);
