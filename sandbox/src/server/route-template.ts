import type { Hono } from 'hono';

/** What the server needs of an application, whatever variables its routes share. */
export type ServedApp = Pick<Hono, 'router'> & {
  fetch(request: Request, connection?: object): Response | Promise<Response>;
};

/**
 * The route of a request, for counting: ids in the path are replaced by the names of the route.
 *
 * @returns `GET /api/outbreaks/{id}/cases`, or `GET (no route)` if only middleware matches
 * @example
 * routeTemplate(app, 'GET', '/api/outbreaks/b1/cases'); // 'GET /api/outbreaks/{id}/cases'
 */
export function routeTemplate(
  app: Pick<ServedApp, 'router'>,
  method: string,
  path: string,
): string {
  // Hono answers HEAD with the GET route.
  const [matches] = app.router.match(method === 'HEAD' ? 'GET' : method, path);
  let template: string | undefined;
  for (const [[, route]] of matches) {
    if (!route.path.endsWith('*')) template = route.path;
  }
  if (template === undefined) return `${method} (no route)`;
  return `${method} ${template.replace(/:(\w+)(\{[^/]*\})?\??/g, '{$1}')}`;
}
