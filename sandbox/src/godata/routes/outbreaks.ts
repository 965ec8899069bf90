import { sendJson } from '../../server/index.js';
import { mayAccess, requireOutbreak, requireUser } from '../auth/authorise.js';
import type { GoDataApp, GoDataContext, GoDataRequest } from '../context.js';
import { modelNotFound } from '../errors.js';
import { toProjection } from '../filter/fields.js';
import type { OrderPart } from '../filter/order.js';
import {
  type Filter,
  readBodyFilter,
  readQueryFilter,
  readQueryWhere,
} from '../filter/parse-filter.js';
import { select } from '../filter/select.js';
import { asLoaded } from '../models.js';
import { readBody, readObject } from '../read-body.js';
import { createOutbreak, deleteOutbreak, updateOutbreak } from '../rules/outbreak-rules.js';
import type { GoDataRecord } from '../types.js';

const DEFAULT_ORDER: readonly OrderPart[] = [['name', 1]];

/** Outbreaks (godata FACTS §2.1). Every account may list those that it may enter. */
export function addOutbreakRoutes(app: GoDataApp, context: GoDataContext): void {
  const { store } = context;
  const list = (c: GoDataRequest, filter: Filter): GoDataRecord[] => {
    const user = requireUser(c);
    const all = select(
      store.outbreaks.rows,
      { ...filter, limit: undefined, skip: 0 },
      DEFAULT_ORDER,
    );
    // Other outbreaks are silently omitted (r231).
    const own = all.filter(outbreak => mayAccess(user, outbreak.id));
    return own.slice(filter.skip, filter.limit && filter.skip + filter.limit);
  };
  const answer = (c: GoDataRequest, filter: Filter) =>
    sendJson(c, list(c, filter).map(toProjection(filter.fields)));
  const change = async (c: GoDataRequest) => {
    const user = requireUser(c, 'outbreak_modify');
    const outbreak = requireOutbreak(c, context, user);
    return c.json(asLoaded(updateOutbreak(context, outbreak, await readObject(c), user)));
  };

  app.get('/api/outbreaks', c => answer(c, readQueryFilter(new URL(c.req.url))));
  app.post('/api/outbreaks/filter', async c => answer(c, readBodyFilter(await readObject(c))));
  app.get('/api/outbreaks/count', c =>
    c.json({ count: list(c, readQueryWhere(new URL(c.req.url))).length }),
  );
  app.post('/api/outbreaks', async c => {
    const user = requireUser(c, 'outbreak_create');
    const body = await readBody(c);
    if (Array.isArray(body)) {
      // Only a list keeps the ids that it contains (r288).
      return c.json(body.map(one => createOutbreak(context, one, user)));
    }
    const { id: _id, ...values } = body;
    return c.json(createOutbreak(context, values, user));
  });
  app.get('/api/outbreaks/:id', c => {
    const outbreak = requireOutbreak(c, context, requireUser(c, 'outbreak_view'));
    const { fields } = readQueryFilter(new URL(c.req.url));
    return c.json(toProjection(fields)(asLoaded(outbreak)));
  });
  app.put('/api/outbreaks/:id', change);
  app.patch('/api/outbreaks/:id', change);
  app.delete('/api/outbreaks/:id', c => {
    const user = requireUser(c, 'outbreak_delete');
    deleteOutbreak(context, requireOutbreak(c, context, user).id, user);
    return c.json({ count: 1 });
  });
  app.post('/api/outbreaks/:id/restore', c => {
    const user = requireUser(c, 'outbreak_restore');
    const id = c.req.param('id');
    if (!store.outbreaks.rows.get(id)) throw modelNotFound('outbreak', id);
    store.outbreaks.restore(id, user.id);
    // r259
    return c.json({});
  });
}
