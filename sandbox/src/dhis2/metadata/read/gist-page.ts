import { MODELS, type ModelName } from '../model.js';
import type { FieldTree } from './fields.js';
import type { PageRequest, Pager } from './paging.js';
import { type Json, type Reader, readerOf, resolveRef } from './read-property.js';

/** The most objects in a page. */
const LONGEST_PAGE = 1000;

/**
 * A page as 2.44 cuts it since it reads metadata lists as "gist" lists. It omits objects that lack
 * a reference of which the request names fields, but the pager counts them. A page has at most
 * 1,000 objects (dhis2 LIVE, "Master (2.44...)"; recordings 2.44-master 042 to 052).
 */
export function cutGistPage(
  reader: Reader,
  model: ModelName,
  objects: readonly Json[],
  request: PageRequest,
  fields: FieldTree,
  url: URL,
): { pager: Pager; page: readonly Json[] } {
  const { page } = request;
  const pageSize = Math.min(LONGEST_PAGE, request.pageSize);
  const total = objects.length;
  const pageCount = Math.ceil(total / pageSize);
  const shown = objects.filter(object => hasReferences(reader, model, object, fields));
  const linkTo = (number: number) => {
    const link = new URL(url);
    link.searchParams.delete('page');
    return `${decodeURIComponent(link.href)}${link.search ? '&' : '?'}page=${number}`;
  };
  return {
    pager: {
      page,
      pageSize,
      total,
      pageCount,
      ...(page > 1 ? { prevPage: linkTo(page - 1) } : {}),
      ...(page < pageCount ? { nextPage: linkTo(page + 1) } : {}),
    },
    page: shown.slice((page - 1) * pageSize, page * pageSize),
  };
}

/**
 * Whether an object has every reference of which the request names fields, and so on for the
 * referenced objects.
 */
function hasReferences(reader: Reader, model: ModelName, object: Json, fields: FieldTree): boolean {
  return [...fields].every(([name, nested]) => {
    const property = MODELS[model][name];
    if (!nested || property === undefined || property === 'value') return true;
    if (property.kind !== 'ref') return true;
    const ref = readerOf(model, name)(reader, object) as Json | undefined;
    const target = ref && resolveRef(reader, property.model, ref);
    return target !== undefined && hasReferences(reader, property.model, target, nested);
  });
}
