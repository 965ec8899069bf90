import { sendJson } from '../../server/index.js';
import { requireOutbreak, requireUser } from '../auth/authorise.js';
import type { GoDataApp, GoDataContext } from '../context.js';
import { toProjection } from '../filter/fields.js';
import { included, RELATIONSHIP_RELATIONS } from '../filter/include.js';
import { readQueryFilter, readQueryWhere } from '../filter/parse-filter.js';
import { count, select } from '../filter/select.js';
import { readObject } from '../read-body.js';
import { linkAll } from '../rules/relationship-bulk.js';

/** Any of these permissions allows creating relationships in bulk. */
const SHARE = [
  'relationship_share',
  'contact_of_contact_convert_to_contact',
  'contact_convert_to_contact_of_contact',
];

/** The relationships of an outbreak (godata FACTS §2.3). */
export function addOutbreakRelationshipRoutes(app: GoDataApp, context: GoDataContext): void {
  const path = '/api/outbreaks/:id/relationships';
  const { relationships } = context.store;

  app.get(path, c => {
    const { id } = requireOutbreak(c, context, requireUser(c, 'relationship_list'));
    const filter = readQueryFilter(new URL(c.req.url), RELATIONSHIP_RELATIONS);
    const found = select(relationships.rowsOf(id), filter, [['id', 1]]);
    const project = toProjection(filter.fields);
    return sendJson(
      c,
      found.map(one => ({ ...project(one), ...included(context, one, filter.include) })),
    );
  });
  app.get(`${path}/count`, c => {
    const { id } = requireOutbreak(c, context, requireUser(c, 'relationship_list'));
    return c.json({ count: count(relationships.rowsOf(id), readQueryWhere(new URL(c.req.url))) });
  });
  app.post(`${path}/bulk`, async c => {
    const user = requireUser(c, ...SHARE);
    const outbreak = requireOutbreak(c, context, user);
    return c.json(linkAll({ context, outbreak, user }, await readObject(c)));
  });
}
