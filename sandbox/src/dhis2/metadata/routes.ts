import { sendJson } from '../../server/index.js';
import { Query } from '../query.js';
import type { Api, ApiContext, ServerContext } from '../server-context.js';
import { COLLECTIONS, type CollectionName } from '../types.js';
import { canRead } from '../users.js';
import { Refusal } from '../web-message.js';
import { type FieldTree, parseFields } from './fields.js';
import { parseFilter } from './filter.js';
import { CLASS_NAMES } from './model.js';
import { orderObjects } from './order.js';
import {
  narrowOrgUnits,
  ORG_UNIT_PARAMS,
  RELATIVE_PARAMS,
  relativesOf,
} from './org-unit-params.js';
import { pageOf } from './paging.js';
import { projectObject } from './project.js';
import type { Json, Reader } from './read-property.js';

const LIST_PARAMS = ['fields', 'filter', 'rootJunction', 'order', 'paging', 'page', 'pageSize'];

/** Lists and single objects of every metadata collection (dhis2 FACTS §3 and §5). */
export function addMetadataRoutes(api: Api, { store }: ServerContext): void {
  for (const name of COLLECTIONS) {
    api.get(`/${name}`, c => {
      const isOrgUnits = name === 'organisationUnits';
      const known = isOrgUnits ? [...LIST_PARAMS, ...ORG_UNIT_PARAMS] : LIST_PARAMS;
      const query = new Query(c.req.queries(), known, `GET /api/${name}`);
      const reader = { store, user: c.get('user') };
      let objects = visibleObjects(reader, name);
      if (isOrgUnits) objects = narrowOrgUnits(reader, objects, query);
      return answerList(c, reader, name, objects, query);
    });

    api.get(`/${name}/:id`, c => {
      const isOrgUnits = name === 'organisationUnits';
      const known = isOrgUnits ? [...LIST_PARAMS, ...RELATIVE_PARAMS] : ['fields'];
      const query = new Query(c.req.queries(), known, `GET /api/${name}/{id}`);
      const reader = { store, user: c.get('user') };
      const id = c.req.param('id');
      const object = visibleObjects(reader, name).find(one => one.id === id);
      if (!object) throw notFound(name, id);
      const relatives = isOrgUnits ? relativesOf(reader, id, query) : undefined;
      if (relatives) return answerList(c, reader, name, relatives, query);
      return sendJson(c, projectObject(reader, name, object, fieldsOf(query, '*')));
    });
  }
}

function answerList(
  c: ApiContext,
  reader: Reader,
  name: CollectionName,
  objects: readonly Json[],
  query: Query,
): Promise<Response> {
  const filters = query.all('filter').map(text => parseFilter(reader, name, text));
  const isAny = query.text('rootJunction')?.toUpperCase() === 'OR';
  const found = objects.filter(object => {
    if (filters.length === 0) return true;
    return isAny ? filters.some(one => one(object)) : filters.every(one => one(object));
  });
  const { pager, page } = pageOf(
    orderObjects(reader, name, found, query.list('order')),
    query,
    new URL(c.req.url),
  );
  const fields = fieldsOf(query, 'id,displayName');
  const list = page.map(object => projectObject(reader, name, object, fields));
  return sendJson(c, { ...(pager ? { pager } : {}), [name]: list });
}

function visibleObjects({ store, user }: Reader, name: CollectionName): Json[] {
  return store.metadata
    .list(name)
    .filter(object => canRead(user, object)) as readonly unknown[] as Json[];
}

function fieldsOf(query: Query, byDefault: string): FieldTree {
  return parseFields(query.all('fields').join(',') || byDefault);
}

function notFound(name: CollectionName, id: string): Refusal {
  return new Refusal(404, {
    message: `${CLASS_NAMES[name]} with id ${id} could not be found.`,
    errorCode: 'E1005',
  });
}
