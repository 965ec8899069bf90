import { sendJson } from '../../server/index.js';
import { requireUser } from '../auth/authorise.js';
import type { GoDataApp, GoDataContext, GoDataRequest } from '../context.js';
import { createEach } from '../create-each.js';
import { modelNotFound } from '../errors.js';
import { toProjection } from '../filter/fields.js';
import { readQueryFilter, readQueryWhere } from '../filter/parse-filter.js';
import { count, select } from '../filter/select.js';
import { readBody, readObject } from '../read-body.js';
import { REFERENCE_CATEGORIES } from '../rules/reference-categories.js';
import {
  createReferenceItem,
  deleteReferenceItem,
  updateReferenceItem,
} from '../rules/reference-data-rules.js';
import type { GoDataRecord } from '../types.js';

/** Reference data (godata FACTS §2.7, r197-r204). Every account may read it. */
export function addReferenceDataRoutes(app: GoDataApp, context: GoDataContext): void {
  const { referenceData } = context.store;
  const find = (id: string): GoDataRecord => {
    const item = referenceData.get(id);
    if (!item) throw modelNotFound('referenceData', id);
    return item;
  };
  const change = async (c: GoDataRequest) => {
    const user = requireUser(c, 'reference_data_modify_category_item');
    const item = find(c.req.param('id') ?? '');
    return c.json(updateReferenceItem(context, item, await readObject(c), user));
  };

  app.get('/api/reference-data', c => {
    requireUser(c);
    const filter = readQueryFilter(new URL(c.req.url));
    const items = select(referenceData.rows, filter, [['value', 1]]);
    return sendJson(c, items.map(toProjection(filter.fields)));
  });
  app.get('/api/reference-data/count', c => {
    requireUser(c);
    return c.json({ count: count(referenceData.rows, readQueryWhere(new URL(c.req.url))) });
  });
  app.get('/api/reference-data/available-categories', c => {
    requireUser(c);
    const toCategory = (id: string) => ({ id, name: id, description: `${id}_DESCRIPTION` });
    return c.json(REFERENCE_CATEGORIES.map(toCategory));
  });
  app.post('/api/reference-data', async c => {
    const user = requireUser(c, 'reference_data_create_category_item');
    const body = await readBody(c);
    if (!Array.isArray(body)) return c.json(createReferenceItem(context, body, user));
    return c.json(createEach(body, one => createReferenceItem(context, one, user)));
  });
  app.get('/api/reference-data/:id', c => {
    requireUser(c);
    return c.json(find(c.req.param('id')));
  });
  app.put('/api/reference-data/:id', change);
  app.patch('/api/reference-data/:id', change);
  app.delete('/api/reference-data/:id', c => {
    const user = requireUser(c, 'reference_data_delete_category_item');
    return c.json({ count: deleteReferenceItem(context, c.req.param('id'), user) });
  });
}
