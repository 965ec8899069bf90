import type { ApiRequest } from './request-types.js';

type Query = NonNullable<ApiRequest['query']>;

/**
 * Splits a path that a job wrote with its query, `organisationUnits?paging=false`: errors name
 * paths and must not contain queries. A slash at the beginning is optional.
 */
export function splitPath(given: string): { path: string; query: Query } {
  const [path = '', ...search] = given.split('?');
  const query: Record<string, string[]> = {};
  for (const pair of search.join('?').split('&').filter(Boolean)) {
    const [name = '', ...value] = pair.split('=').map(decode);
    query[name] = [...(query[name] ?? []), value.join('=')];
  }
  return { path: `/${path.replace(/^\/+/, '')}`, query };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
}
