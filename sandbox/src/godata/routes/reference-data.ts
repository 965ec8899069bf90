import { sendJson } from '../../server/index.js';
import { requireUser } from '../auth/authorise.js';
import type { GoDataApp, GoDataContext } from '../context.js';
import { modelNotFound } from '../errors.js';
import { toProjection } from '../filter/fields.js';
import { readQueryFilter } from '../filter/parse-filter.js';
import { select } from '../filter/select.js';

/** Reading reference data (godata FACTS §2.7, r197, r203). */
export function addReferenceDataRoutes(app: GoDataApp, { store }: GoDataContext): void {
  app.get('/api/reference-data', c => {
    requireUser(c, 'reference_data_list_category_item');
    const filter = readQueryFilter(new URL(c.req.url));
    const items = select(store.referenceData.rows, filter, [['id', 1]]);
    return sendJson(c, items.map(toProjection(filter.fields)));
  });
  app.get('/api/reference-data/:id', c => {
    requireUser(c, 'reference_data_view_category_item');
    const item = store.referenceData.get(c.req.param('id'));
    if (!item) throw modelNotFound('referenceData', c.req.param('id'));
    return c.json(item);
  });
}
