import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { authenticate } from './auth/authenticate.js';
import type { GoDataApp, GoDataContext, GoDataEnv, GoDataRequest } from './context.js';
import { ApiError, internalError } from './errors.js';
import { addClusterRoutes } from './routes/clusters.js';
import { addConversionRoutes } from './routes/conversions.js';
import { addDuplicateRoutes } from './routes/duplicates.js';
import { addFollowUpRoutes } from './routes/follow-ups.js';
import { addLabResultRoutes } from './routes/lab-results.js';
import { addLanguageRoutes } from './routes/languages.js';
import { addLocationImportRoute } from './routes/location-import.js';
import { addLocationRoutes } from './routes/locations.js';
import { routeNotFound } from './routes/not-found.js';
import { addNotServedRoutes } from './routes/not-served.js';
import { addOutbreakRelationshipRoutes } from './routes/outbreak-relationships.js';
import { addOutbreakRoutes } from './routes/outbreaks.js';
import { addPeopleRoutes } from './routes/people.js';
import { addPeopleBulkRoutes } from './routes/people-bulk.js';
import { addPeopleOfAllKindsRoutes } from './routes/people-of-all-kinds.js';
import { addReferenceDataRoutes } from './routes/reference-data.js';
import { addRelationshipRoutes } from './routes/relationships.js';
import { addSessionRoutes } from './routes/session.js';
import { addSystemRoutes } from './routes/system.js';
import { addUserRoutes } from './routes/users.js';
import { workOf } from './work-of.js';

/** Go.Data's HTTP API, as an application that is not yet listening. */
export function createGoDataApp(context: GoDataContext): GoDataApp {
  const app = new Hono<GoDataEnv>();
  app.use('*', async (c, next) => {
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
    // Also for an empty answer (r148, r226).
    if (/^application\/json$|^$/.test(c.res.headers.get('content-type') ?? '')) {
      c.header('Content-Type', 'application/json; charset=utf-8');
    }
  });
  app.use('/api/*', async (c, next) => {
    await next();
    // For the logs of both sides; a client may choose the id (godata FACTS §1.5).
    c.header('Transaction-Id', c.req.header('transaction-id') ?? randomUUID());
  });
  const { cost, thread } = context;
  if (cost) {
    app.use('/api/*', async (c, next) => {
      await next();
      await thread.occupy(await workOf(c, cost));
    });
  }
  app.use('/api/*', authenticate(context));
  addNotServedRoutes(app);
  addSystemRoutes(app, context);
  addSessionRoutes(app, context);
  addUserRoutes(app, context);
  addOutbreakRoutes(app, context);
  // `bulk` is a fixed word in these paths; the next paths have an id in its place.
  addPeopleBulkRoutes(app, context);
  addPeopleRoutes(app, context);
  addPeopleOfAllKindsRoutes(app, context);
  addConversionRoutes(app, context);
  addDuplicateRoutes(app, context);
  addRelationshipRoutes(app, context);
  addOutbreakRelationshipRoutes(app, context);
  addLabResultRoutes(app, context);
  addFollowUpRoutes(app, context);
  addClusterRoutes(app, context);
  addLocationImportRoute(app, context);
  addLocationRoutes(app, context);
  addReferenceDataRoutes(app, context);
  addLanguageRoutes(app, context);
  app.notFound(c => errorAnswer(c, routeNotFound(c)));
  app.onError((error, c) => errorAnswer(c, error));
  return app;
}

function errorAnswer(c: GoDataRequest, error: Error): Response {
  const known = error instanceof ApiError ? error : internalError({ message: error.message });
  return c.json(known.body, known.status as 400);
}
