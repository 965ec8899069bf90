import { sendJson } from '#sandbox/server/index.js';
import { canRead } from '../../accounts/access.js';
import { Query } from '../../http/query.js';
import { Refusal } from '../../http/web-message.js';
import type { Api, ApiContext, ServerContext } from '../../server-context.js';
import { COLLECTIONS, type CollectionName } from '../collections.js';
import { CLASS_NAMES } from '../model.js';
import type { MetadataObject } from '../object-types.js';
import { type FieldTree, parseFields } from './fields.js';
import { parseFilter } from './filter.js';
import { cutGistPage } from './gist-page.js';
import { orderObjects, parseOrder } from './order.js';
import { createNarrow, ORG_UNIT_PARAMS, RELATIVE_PARAMS, relativesOf } from './org-unit-params.js';
import { cutPage, readPageRequest } from './paging.js';
import { createProjection } from './project.js';
import { type Json, type Reader, resolveRef } from './read-property.js';

/** Only 2.44 has `gist`; older servers ignore unknown parameters (dhis2 LIVE 239). */
const LIST_PARAMS = [
  ...['fields', 'filter', 'rootJunction', 'order', 'paging', 'page', 'pageSize', 'gist'],
];

/** Lists and single objects of every metadata collection (dhis2 FACTS §3 and §5). */
export function addMetadataRoutes(api: Api, { store, dialect }: ServerContext): void {
  for (const name of COLLECTIONS) {
    api.get(`/${name}`, c => {
      const isOrgUnits = name === 'organisationUnits';
      const known = isOrgUnits ? [...LIST_PARAMS, ...ORG_UNIT_PARAMS] : LIST_PARAMS;
      const query = new Query(c.req.queries(), known, `GET /api/${name}`);
      const reader = { store, user: c.get('user') };
      const terms = parseOrder(dialect, name, query.list('order'));
      // Sorted once; access and filters are checked afterwards, and keep the order.
      const ordered = store.metadata.ordered(name, JSON.stringify(terms), all =>
        orderObjects(reader, name, all, terms),
      );
      const narrow = isOrgUnits ? createNarrow(reader, query) : undefined;
      const objects = visibleObjects(reader, ordered);
      const list = narrow ? objects.filter(narrow) : objects;
      return answerList(c, reader, name, list, query, dialect.listsGist);
    });

    api.get(`/${name}/:id`, c => {
      const isOrgUnits = name === 'organisationUnits';
      const known = isOrgUnits ? [...LIST_PARAMS, ...RELATIVE_PARAMS] : ['fields'];
      const query = new Query(c.req.queries(), known, `GET /api/${name}/{id}`);
      const reader = { store, user: c.get('user') };
      const id = c.req.param('id');
      const object = resolveRef(reader, name, { id });
      if (!object) throw notFound(name, id);
      const relatives = isOrgUnits ? relativesOf(reader, id, query) : undefined;
      if (!relatives)
        return sendJson(c, createProjection(name, fieldsOf(query, '*'))(reader, object));
      const terms = parseOrder(dialect, name, query.list('order'));
      const objects = visibleObjects(reader, orderObjects(reader, name, relatives, terms));
      return answerList(c, reader, name, objects, query);
    });
  }
}

/**
 * Answers with a page of objects that are already sorted.
 *
 * @param isGist whether a page is cut as 2.44 does; a filter by a metadata attribute is not
 * (2.44-master: no difference in 053), nor an empty page (057)
 */
function answerList(
  c: ApiContext,
  reader: Reader,
  name: CollectionName,
  objects: readonly Json[],
  query: Query,
  isGist = false,
): Promise<Response> {
  const texts = query.all('filter');
  const filters = texts.map(text => parseFilter(reader, name, text));
  const isAny = query.text('rootJunction')?.toUpperCase() === 'OR';
  const passes = (object: Json) =>
    isAny ? filters.some(one => one(object)) : filters.every(one => one(object));
  const found = filters.length === 0 ? objects : objects.filter(passes);
  const fields = fieldsOf(query, 'id,displayName');
  const project = createProjection(name, fields);
  const write = (page: readonly Json[]) => page.map(object => project(reader, object));
  const request = readPageRequest(query);
  if (!request) return sendJson(c, { [name]: write(found) });
  const url = new URL(c.req.url);
  const byAttribute = texts.some(text =>
    reader.store.metadata.get('attributes', text.slice(0, 11)),
  );
  if (isGist && query.flag('gist', true) && !byAttribute && request.pageSize > 0) {
    const { pager, page } = cutGistPage(reader, name, found, request, fields, url);
    return sendJson(c, { pager, gist: true, [name]: write(page) });
  }
  const { pager, page } = cutPage(found, request, url);
  return sendJson(c, { pager, [name]: write(page) });
}

function visibleObjects({ user }: Reader, objects: readonly MetadataObject[]): Json[] {
  return objects.filter(object => canRead(user, object)) as readonly unknown[] as Json[];
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
