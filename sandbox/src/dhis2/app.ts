import { type Context, Hono } from 'hono';
import { authenticate, LOGIN_PAGE } from './accounts/authenticate.js';
import { addAccountRoutes } from './accounts/routes.js';
import { addCompletenessRoutes } from './data/completeness/routes.js';
import { addExportRoutes } from './data/export/routes.js';
import { addImportRoutes } from './data/import/routes.js';
import { answerNoResource } from './http/no-resource-page.js';
import { isRealResource } from './http/real-resources.js';
import { answerWebMessage, Refusal, sandboxRefusal } from './http/web-message.js';
import { addGeoJsonRoute } from './metadata/read/geojson-route.js';
import { addMetadataRoutes } from './metadata/read/routes.js';
import { addMetadataImportRoute } from './metadata/write/import-routes.js';
import { addOrgUnitWriteRoutes } from './metadata/write/routes.js';
import type { ApiEnv, ServerContext } from './server-context.js';
import { addSystemRoutes } from './system/routes.js';
import { addGenerateRoutes } from './tracker/generate/routes.js';
import { addTrackerImportRoutes } from './tracker/import/routes.js';
import { addOwnershipRoutes } from './tracker/ownership-routes.js';
import { addTrackerRoutes } from './tracker/read/routes.js';

/**
 * The DHIS2 application, without a port: `app.request('/api/me', …)` answers.
 *
 * @param contextPath where the server is deployed, such as `/dhis`; empty for the root
 */
export function createDhis2App(context: ServerContext, contextPath: string): Hono {
  const app = new Hono();
  const login = `${contextPath}${context.dialect.loginPath}`;
  const api = createApi(context, contextPath, login);
  app.get(login, c => c.html(LOGIN_PAGE));
  // Must be registered first: this route refuses unknown addresses below an API version.
  app.route(`${contextPath}/api/:apiVersion{\\d\\d}`, api);
  app.route(`${contextPath}/api`, api);
  // Every other page of the web application requires a session.
  app.notFound(c => c.redirect(login, 302));
  app.onError(answerError);
  return app;
}

function createApi(context: ServerContext, contextPath: string, login: string): Hono<ApiEnv> {
  const { dialect } = context;
  const api = new Hono<ApiEnv>();
  api.use('*', authenticate(context, login));
  api.use('*', async (c, next) => {
    const version = Number(c.req.param('apiVersion') ?? dialect.apiVersions.to);
    const { from, to } = dialect.apiVersions;
    // There is no API with another number (dhis2 LIVE 251).
    return version < from || version > to ? answerNoResource(c, pathOf(c)) : next();
  });
  addSystemRoutes(api, context, contextPath);
  addGeoJsonRoute(api, context);
  addMetadataRoutes(api, context);
  addOrgUnitWriteRoutes(api, context);
  addMetadataImportRoute(api, context);
  addAccountRoutes(api, context);
  addGenerateRoutes(api, context);
  addImportRoutes(api, context);
  addCompletenessRoutes(api, context);
  addTrackerRoutes(api, context);
  addOwnershipRoutes(api, context);
  addTrackerImportRoutes(api, context);
  addExportRoutes(api, context);
  api.all('*', c => {
    const [, resource = ''] = /^api\/(?:\d\d\/)?([^/]*)/.exec(pathOf(c)) ?? [];
    if (!isRealResource(resource)) return answerNoResource(c, pathOf(c));
    throw sandboxRefusal(501, `${c.req.method} ${c.req.path}`);
  });
  return api;

  function pathOf(c: Context): string {
    return c.req.path.slice(contextPath.length + 1);
  }
}

function answerError(error: Error, c: Context): Response {
  if (error instanceof Refusal) {
    for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
    return answerWebMessage(c, error.httpStatus, error.fields);
  }
  return answerWebMessage(c, 500, { message: error.message, devMessage: error.stack });
}
