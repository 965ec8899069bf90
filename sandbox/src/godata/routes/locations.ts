import { sendJson } from '../../server/index.js';
import { requireUser } from '../auth/authorise.js';
import type { GoDataApp, GoDataContext, GoDataRequest } from '../context.js';
import { createEach } from '../create-each.js';
import { modelNotFound, notImplemented } from '../errors.js';
import { toProjection } from '../filter/fields.js';
import type { OrderPart } from '../filter/order.js';
import {
  type Filter,
  readBodyFilter,
  readQueryFilter,
  readQueryWhere,
} from '../filter/parse-filter.js';
import { count, select } from '../filter/select.js';
import { readBody, readObject } from '../read-body.js';
import {
  createLocation,
  deleteLocation,
  locationUses,
  updateLocation,
} from '../rules/location-rules.js';
import { locationTree } from '../rules/location-tree.js';
import type { GoDataRecord } from '../types.js';

const DEFAULT_ORDER: readonly OrderPart[] = [['name', 1]];

/** Locations (godata FACTS §6). Every account may list them. */
export function addLocationRoutes(app: GoDataApp, context: GoDataContext): void {
  const { locations } = context.store;
  const list = (c: GoDataRequest, filter: Filter) => {
    requireUser(c);
    const found = select(locations.rows, filter, DEFAULT_ORDER);
    return sendJson(c, found.map(toProjection(filter.fields)));
  };
  const change = async (c: GoDataRequest) => {
    const user = requireUser(c, 'location_modify');
    const location = findLocation(context, c.req.param('id') ?? '');
    return c.json(updateLocation(context, location, await readObject(c), user));
  };

  app.get('/api/locations', c => list(c, readQueryFilter(new URL(c.req.url))));
  app.post('/api/locations/filter', async c => list(c, readBodyFilter(await readObject(c))));
  app.get('/api/locations/count', c => {
    requireUser(c);
    return c.json({ count: count(locations.rows, readQueryWhere(new URL(c.req.url))) });
  });
  app.get('/api/locations/hierarchical', c => {
    requireUser(c);
    return sendJson(c, locationTree(locations.list(), readQueryFilter(new URL(c.req.url))));
  });
  app.get('/api/locations/hierarchical/export', c => {
    requireUser(c, 'location_export');
    const filter = readQueryFilter(new URL(c.req.url));
    if (Object.keys(filter.where).length > 0) throw notImplemented('"where" in this export');
    // r076: the tree as a file, without the database's own timestamp.
    const tree = locationTree(locations.list(), { ...filter, fields: { dbUpdatedAt: false } });
    c.header('Content-Disposition', 'attachment;filename=locations.json');
    return c.body(JSON.stringify(tree, null, 2), 200, { 'content-type': 'application/json' });
  });
  app.get('/api/locations/:id/usage/count', c => {
    requireUser(c, 'location_usage');
    const { id } = findLocation(context, c.req.param('id'));
    // Counts only uses of the location itself, not of those below it (r088).
    return c.json({ count: locationUses(context, [id]) });
  });
  app.post('/api/locations', async c => {
    const user = requireUser(c, 'location_create');
    const body = await readBody(c);
    if (Array.isArray(body)) {
      return c.json(createEach(body, one => createLocation(context, one, user)));
    }
    // Only a list keeps the ids that it contains (r059, r060).
    const { id: _id, ...values } = body;
    return c.json(createLocation(context, values, user));
  });
  app.get('/api/locations/:id', c => {
    requireUser(c, 'location_view');
    const { fields } = readQueryFilter(new URL(c.req.url));
    return c.json(toProjection(fields)(findLocation(context, c.req.param('id'))));
  });
  app.put('/api/locations/:id', change);
  app.patch('/api/locations/:id', change);
  app.delete('/api/locations/:id', c => {
    const user = requireUser(c, 'location_delete');
    return c.json({ count: deleteLocation(context, c.req.param('id'), user) });
  });
}

function findLocation({ store }: GoDataContext, id: string): GoDataRecord {
  const location = store.locations.get(id);
  if (!location) throw modelNotFound('location', id);
  return location;
}
