import { isDone, notificationsOf } from '../jobs.js';
import type { Api, ApiContext, ServerContext } from '../server-context.js';
import { hasAuthority } from '../users.js';
import { answerWebMessage, Refusal, sandboxRefusal } from '../web-message.js';
import { answerSummary } from './answer-summary.js';
import { readImportOptions } from './options.js';
import { bodyText } from './payload.js';
import { runImport } from './run-import.js';

/** Media types that DHIS2 imports and the sandbox does not (dhis2 FACTS §1.7). */
const OTHER_FORMATS = /^application\/(xml|adx\+xml|csv|pdf)|^text\/csv/;

/** `POST /api/dataValueSets` and the polling of its asynchronous form (dhis2 FACTS §1). */
export function addImportRoutes(api: Api, context: ServerContext): void {
  const { dialect, store, clock, dataValueJobs: jobs } = context;

  api.post('/dataValueSets', async c => {
    const user = c.get('user');
    requireDataValueAdd(c);
    checkMediaType(c);
    const options = readImportOptions(c.req.queries());
    const text = bodyText(await c.req.arrayBuffer());
    if (!options.async) {
      return answerSummary(c, dialect, runImport(context, user, text, options));
    }
    const job = jobs.start(user, clock(), () => runImport(context, user, text, options));
    const created = store.time.fromInstant(job.startedAt);
    const path = `/system/tasks/DATAVALUE_IMPORT/${job.id}`;
    c.header('Location', c.req.url.replace(/\/dataValueSets.*$/, path));
    return answerWebMessage(c, 200, {
      message: 'Initiated DATAVALUE_IMPORT',
      response: {
        responseType: 'JobConfigurationWebMessageResponse',
        name: 'dataValueImport',
        id: job.id,
        created,
        jobType: 'DATAVALUE_IMPORT',
        jobStatus: 'SCHEDULED',
        jobParameters: { dryRun: options.dryRun, importStrategy: options.importStrategy },
        relativeNotifierEndpoint: `/api${path}`,
      },
    });
  });

  api.get('/system/tasks/DATAVALUE_IMPORT/:id', c => {
    const job = jobs.get(c.get('user'), c.req.param('id'));
    if (!job) return c.json([]);
    job.polls += 1;
    return c.json(notificationsOf(job, 'DATAVALUE_IMPORT', store.time.fromInstant(job.startedAt)));
  });

  api.get('/system/taskSummaries/DATAVALUE_IMPORT/:id', c => {
    const job = jobs.get(c.get('user'), c.req.param('id'));
    // Nothing at all until there is a summary, and never an envelope (dhis2 FACTS §1.8).
    return job?.outcome && isDone(job) ? c.json(job.outcome.toJSON()) : c.body('', 200);
  });
}

/** @throws Refusal 403 when the user may not write data values (dhis2 FACTS §1.2, §6) */
export function requireDataValueAdd(c: ApiContext): void {
  if (hasAuthority(c.get('user'), 'F_DATAVALUE_ADD')) return;
  throw new Refusal(403, {
    message: 'Access is denied, requires one Authority from [F_DATAVALUE_ADD]',
  });
}

function checkMediaType(c: ApiContext): void {
  const type = c.req.header('content-type') ?? '';
  if (type.startsWith('application/json')) return;
  if (OTHER_FORMATS.test(type)) throw sandboxRefusal(501, `data value sets in ${type}`);
  throw new Refusal(415, { message: `Content type '${type}' not supported` });
}
