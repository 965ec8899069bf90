import { canRead } from '../../accounts/access.js';
import { Query } from '../../http/query.js';
import type { Api, ServerContext } from '../../server-context.js';

/** Org units that have a geometry, as GeoJSON (recording 049). */
export function addGeoJsonRoute(api: Api, { store }: ServerContext): void {
  api.get('/organisationUnits.geojson', c => {
    const query = new Query(c.req.queries(), ['level'], 'GET /api/organisationUnits.geojson');
    const levels = query.list('level').map(Number);
    const { orgUnits } = store.metadata;
    const units = store.metadata
      .list('organisationUnits')
      .filter(unit => unit.geometry && canRead(c.get('user'), unit))
      .filter(({ id }) => levels.length === 0 || levels.includes(orgUnits.level(id)));
    const features = units.map(({ id, code, name, parent, geometry }) => ({
      type: 'Feature',
      id,
      geometry,
      properties: {
        ...(code === undefined ? {} : { code }),
        name,
        level: String(orgUnits.level(id)),
        ...(parent ? { parent: parent.id } : {}),
        parentGraph: orgUnits.ancestors(id).join('/'),
        groups: [],
      },
    }));
    return c.json({ type: 'FeatureCollection', features });
  });
}
