import { sendJson } from '../../server/index.js';
import { requireOutbreak, requireUser } from '../auth/authorise.js';
import { hasPermission } from '../auth/permissions.js';
import type { GoDataApp, GoDataContext, GoDataRequest } from '../context.js';
import { ApiError, instanceNotFound, internalError } from '../errors.js';
import { toProjection } from '../filter/fields.js';
import { expandLocations } from '../filter/location-filter.js';
import type { OrderPart } from '../filter/order.js';
import {
  type Filter,
  readBodyFilter,
  readQueryFilter,
  readQueryWhere,
} from '../filter/parse-filter.js';
import { count, select } from '../filter/select.js';
import { PERSON_KINDS, type PersonKind } from '../models.js';
import { readBody, readObject } from '../read-body.js';
import {
  createPerson,
  deletePerson,
  type PersonWrite,
  updatePerson,
} from '../rules/person-rules.js';
import type { JsonObject, Person, User } from '../types.js';

/** Sorting that is not unique: paging without an order of one's own is unstable (FACTS §3). */
const DEFAULT_ORDER: readonly OrderPart[] = [
  ['name', 1],
  ['lastName', 1],
  ['firstName', 1],
];

/** `flags.applyHasMoreLimit` stops counting here (godata FACTS §3). */
const HAS_MORE_LIMIT = 10_000;

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
    const people = select(rowsOf(context, id, kind), located(context, filter), DEFAULT_ORDER);
    return sendJson(c, people.map(projectionFor(user, kind, filter)));
  };
  const total = (c: GoDataRequest, filter: Filter) => {
    const { id } = requireOutbreak(c, context, requireUser(c, `${kind.permission}_list`));
    return c.json(countAnswer(count(rowsOf(context, id, kind), located(context, filter)), filter));
  };

  app.get(path, c => list(c, readQueryFilter(new URL(c.req.url))));
  app.post(`${path}/filter`, async c => {
    // The rule of the active outbreak outranks the body (r244).
    requireOutbreak(c, context, requireUser(c));
    return list(c, readBodyFilter(await readObject(c)));
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
  const begin = (c: GoDataRequest, action: string): PersonWrite => {
    const user = requireUser(c, `${kind.permission}_${action}`);
    return { context, kind, user, outbreak: requireOutbreak(c, context, user) };
  };

  app.post(path, async c => {
    const write = begin(c, 'create');
    const body = await readBody(c);
    if (!Array.isArray(body)) return c.json(withoutType(createPerson(write, body)));
    return sendJson(c, createAll(write, body).map(withoutType));
  });
  app.put(`${path}/:fk`, async c => {
    const write = begin(c, 'modify');
    const person = findPerson(context, kind, write.outbreak.id, c.req.param('fk'));
    return c.json(withoutType(updatePerson(write, person, await readObject(c))));
  });
  app.delete(`${path}/:fk`, c => {
    const write = begin(c, 'delete');
    deletePerson(write, findPerson(context, kind, write.outbreak.id, c.req.param('fk')));
    return c.body(null, 204);
  });
  app.post(`${path}/:fk/restore`, c => {
    const { user, outbreak } = begin(c, 'restore');
    const person = findPerson(context, kind, outbreak.id, c.req.param('fk'), true);
    return c.json(withoutType(context.store.people.restore(person.id, user.id)));
  });
}

/** A list is not one write: what is good stays, whatever the rest does (r237, r238). */
function createAll(write: PersonWrite, bodies: readonly JsonObject[]): JsonObject[] {
  const created: JsonObject[] = [];
  for (const body of bodies) {
    try {
      created.push(createPerson(write, body));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
  if (created.length < bodies.length) throw internalError();
  return created;
}

function findPerson(
  { store }: GoDataContext,
  kind: PersonKind,
  outbreakId: string,
  id: string,
  deletedToo = false,
): Person {
  const person = store.people.rows(outbreakId, kind.type).get(id);
  // r101, r149, r152
  if (!person || (person.deleted === true && !deletedToo)) throw instanceNotFound(kind.model, id);
  return person;
}

/** Without the permission to list, a list tells who is there and nothing else (FACTS §5.11). */
function projectionFor(user: User, kind: PersonKind, filter: Filter) {
  if (!hasPermission(user, `${kind.permission}_list`)) return toProjection(['id', 'type']);
  return toProjection(filter.fields, HIDDEN);
}

function rowsOf({ store }: GoDataContext, outbreakId: string, kind: PersonKind) {
  return store.people.rows(outbreakId, kind.type);
}

function located({ store }: GoDataContext, filter: Filter): Filter {
  return { ...filter, where: expandLocations(filter.where, store.locations) };
}

/** r056, r186 */
function countAnswer(number: number, { applyHasMoreLimit }: Filter): JsonObject {
  if (!applyHasMoreLimit) return { count: number };
  return { count: Math.min(number, HAS_MORE_LIMIT), hasMore: number > HAS_MORE_LIMIT };
}

const withoutType = toProjection(undefined, HIDDEN);
