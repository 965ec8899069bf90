import { requireOutbreak, requireUser } from '../auth/authorise.js';
import { castRecord } from '../casts/cast.js';
import type { GoDataApp, GoDataContext, GoDataRequest } from '../context.js';
import { instanceNotFound, validationError } from '../errors.js';
import { toProjection } from '../filter/fields.js';
import { readQueryFilter } from '../filter/parse-filter.js';
import { select } from '../filter/select.js';
import { withoutReadOnly } from '../models.js';
import { readObject } from '../read-body.js';
import { missingFields } from '../rules/validate.js';
import type { OutbreakRecord } from '../types.js';

/** Clusters do not name their outbreak (r160). */
const HIDDEN = ['outbreakId'];

/** Clusters, which relationships name (godata FACTS §2.4, r160, r281). */
export function addClusterRoutes(app: GoDataApp, context: GoDataContext): void {
  const path = '/api/outbreaks/:id/clusters';
  const { clusters } = context.store;
  const answer = toProjection(undefined, HIDDEN);
  const begin = (c: GoDataRequest, permission: string) => {
    const user = requireUser(c, permission);
    return { user, outbreak: requireOutbreak(c, context, user) };
  };
  const find = (outbreakId: string, id: string): OutbreakRecord => {
    const cluster = clusters.get(id);
    if (cluster?.outbreakId !== outbreakId) throw instanceNotFound('cluster', id);
    return cluster;
  };

  app.get(path, c => {
    const { outbreak } = begin(c, 'cluster_list');
    const filter = readQueryFilter(new URL(c.req.url));
    const found = select(clusters.rowsOf(outbreak.id), filter, [['createdAt', 1]]);
    return c.json(found.map(toProjection(filter.fields, HIDDEN)));
  });
  app.post(path, async c => {
    const { user, outbreak } = begin(c, 'cluster_create');
    const { id: _id, ...values } = castRecord('cluster', withoutReadOnly(await readObject(c)));
    const missing = missingFields(values, ['name']);
    if (missing.length > 0) throw validationError('cluster', missing);
    return c.json(answer(clusters.create({ ...values, outbreakId: outbreak.id }, user.id)));
  });
  app.get(`${path}/:fk`, c => {
    const { outbreak } = begin(c, 'cluster_view');
    return c.json(answer(find(outbreak.id, c.req.param('fk'))));
  });
  app.put(`${path}/:fk`, async c => {
    const { user, outbreak } = begin(c, 'cluster_modify');
    const cluster = find(outbreak.id, c.req.param('fk'));
    const { id: _id, ...changes } = castRecord('cluster', withoutReadOnly(await readObject(c)));
    return c.json(answer(clusters.update(cluster.id, changes, user.id)));
  });
  app.delete(`${path}/:fk`, c => {
    const { user, outbreak } = begin(c, 'cluster_delete');
    clusters.delete(find(outbreak.id, c.req.param('fk')).id, user.id);
    return c.body(null, 204);
  });
}
