import { sendJson } from '../../server/index.js';
import { requireOutbreak, requireUser } from '../auth/authorise.js';
import type { GoDataApp, GoDataContext, GoDataRequest } from '../context.js';
import { toProjection } from '../filter/fields.js';
import { included, RELATIONSHIP_RELATIONS } from '../filter/include.js';
import { type Filter, readQueryFilter, readQueryWhere } from '../filter/parse-filter.js';
import { count, select } from '../filter/select.js';
import { PERSON_KINDS, type PersonKind } from '../models.js';
import { readObject } from '../read-body.js';
import {
  createRelationship,
  deleteRelationship,
  findRelationship,
  updateRelationship,
} from '../rules/relationship-rules.js';
import { relatives } from '../rules/relatives.js';
import { beginWrite } from './people.js';

/** Both people of a relationship are answered if it is requested by itself (r120). */
const WITH_USERS = ['createdByUser', 'updatedByUser'].map(relation => ({ relation, include: [] }));

/** The relationships of a person (godata FACTS §2.3). */
export function addRelationshipRoutes(app: GoDataApp, context: GoDataContext): void {
  for (const kind of PERSON_KINDS) {
    // Fixed words in these paths are matched before the ids in the next ones.
    addReadingRoutes(app, context, kind);
    for (const side of ['exposures', 'contacts'] as const) addRelatives(app, context, kind, side);
    addRoutesOfOne(app, context, kind);
  }
}

function addReadingRoutes(app: GoDataApp, context: GoDataContext, kind: PersonKind): void {
  const path = `/api/outbreaks/:id/${kind.path}/:nk/relationships`;
  const rowsOf = (c: GoDataRequest) => {
    requireOutbreak(c, context, requireUser(c, 'relationship_list'));
    return context.store.relationships.rowsOfPerson(idsOf(c).nk);
  };
  const total = (c: GoDataRequest, filter: Filter) => c.json({ count: count(rowsOf(c), filter) });

  app.get(path, c => {
    const rows = rowsOf(c);
    const filter = readQueryFilter(new URL(c.req.url), RELATIONSHIP_RELATIONS);
    const found = select(rows, filter, [['id', 1]]);
    const project = toProjection(filter.fields);
    return sendJson(
      c,
      found.map(one => ({ ...project(one), ...included(context, one, filter.include) })),
    );
  });
  app.get(`${path}/count`, c => total(c, readQueryWhere(new URL(c.req.url))));
  app.get(`${path}/filtered-count`, c => total(c, readQueryFilter(new URL(c.req.url))));
}

function addRoutesOfOne(app: GoDataApp, context: GoDataContext, kind: PersonKind): void {
  const path = `/api/outbreaks/:id/${kind.path}/:nk/relationships`;

  app.post(path, async c => {
    const write = beginWrite(c, context, kind, 'relationship_create');
    return c.json(createRelationship(write, idsOf(c).nk, await readObject(c)));
  });
  app.get(`${path}/:fk`, c => {
    requireOutbreak(c, context, requireUser(c, 'relationship_view'));
    const { nk, fk } = idsOf(c);
    const relationship = findRelationship(context, kind.model, nk, fk);
    return c.json({ ...relationship, ...included(context, relationship, WITH_USERS) });
  });
  app.put(`${path}/:fk`, async c => {
    const write = beginWrite(c, context, kind, 'relationship_modify');
    const { nk, fk } = idsOf(c);
    return c.json(updateRelationship(write, nk, fk, await readObject(c)));
  });
  app.delete(`${path}/:fk`, c => {
    const write = beginWrite(c, context, kind, 'relationship_delete');
    const { nk, fk } = idsOf(c);
    deleteRelationship(write, nk, fk);
    return c.json({ count: 1 });
  });
}

/** The people whom a person was exposed to, or exposed, each with the relationship (r120, r121). */
function addRelatives(
  app: GoDataApp,
  context: GoDataContext,
  kind: PersonKind,
  side: 'exposures' | 'contacts',
): void {
  const path = `/api/outbreaks/:id/${kind.path}/:nk/relationships/${side}`;
  const find = (c: GoDataRequest) => {
    const permission = `${kind.permission}_list_relationship_${side}`;
    requireOutbreak(c, context, requireUser(c, permission));
    return relatives(context, idsOf(c).nk, side, readQueryFilter(new URL(c.req.url)));
  };
  app.get(path, c =>
    sendJson(
      c,
      find(c).map(({ relationship, ...person }) => {
        const users = included(context, relationship, WITH_USERS);
        return { ...person, relationship: { ...relationship, ...users } };
      }),
    ),
  );
  app.get(`${path}/filtered-count`, c => c.json({ count: find(c).length }));
}

function idsOf(c: GoDataRequest): { nk: string; fk: string } {
  return { nk: c.req.param('nk') ?? '', fk: c.req.param('fk') ?? '' };
}
