import { hasAuthority } from '../../accounts/access.js';
import { answerWebMessage, Refusal, sandboxRefusal } from '../../http/web-message.js';
import type { Api, ApiContext, ServerContext } from '../../server-context.js';
import { type JobStory, notificationsOf } from '../../system/jobs.js';
import { answerSummary } from './answer-summary.js';
import { readImportOptions } from './options.js';
import { bodyText } from './payload.js';
import { printOptions } from './print-options.js';
import { type ImportBody, runImport } from './run-import.js';
import type { ImportSummary } from './summary.js';

/** Media types that DHIS2 imports and the sandbox does not (dhis2 FACTS §1.7). */
const OTHER_FORMATS = /^application\/(xml|adx\+xml|pdf)/;

/** The stages that a job reports, by importer (recording 403). */
const STAGES = {
  'per-value': [
    'Data value set import',
    'Loading file resource',
    'Loading file content',
    'Reading data set header',
    'Creating import context',
    'Preheat caches...',
    'Loading base metadata',
    'Run data set validation',
    'Importing values (list)',
  ],
  group: [
    'Data value set import',
    'Loading file resource',
    'Loading file content',
    'Deserializing JSON data',
  ],
};

/** `POST /api/dataValueSets` and the polling of its asynchronous form (dhis2 FACTS §1). */
export function addImportRoutes(api: Api, context: ServerContext): void {
  const { dialect, store, clock, dataValueJobs: jobs } = context;

  api.post('/dataValueSets', async c => {
    const user = c.get('user');
    requireDataValueAdd(c);
    const format = formatOf(c);
    const options = readImportOptions(c.req.queries());
    const body = { text: bodyText(await c.req.arrayBuffer()), format };
    if (!options.async) {
      return answerSummary(c, dialect, runImport(context, user, body, options));
    }
    const startedAt = clock();
    const job = jobs.start(user, startedAt, () => runImport(context, user, body, options), {
      ...printOptions(options, dialect),
      ...{ preheatCache: null, filename: null, notificationLevel: null },
      dataSet: options.dataSet ?? null,
    });
    // A job's name ends with its start, and the Location with its kind (recording 400).
    const name = `DATAVALUE_IMPORT (${startedAt.getTime()})`;
    const path = '/system/tasks/DATAVALUE_IMPORT';
    c.header('Location', c.req.url.replace(/\/dataValueSets.*$/, path));
    return answerWebMessage(c, 200, {
      message: `Initiated ${name}`,
      response: {
        responseType: 'JobConfiguration',
        name,
        id: job.id,
        created: store.time.fromInstant(startedAt),
        jobType: 'DATAVALUE_IMPORT',
        jobStatus: 'NOT_STARTED',
        jobParameters: printOptions(options, dialect),
        relativeNotifierEndpoint: `/api${path}/${job.id}`,
      },
    });
  });

  const story: JobStory<ImportSummary> = {
    category: 'DATAVALUE_IMPORT',
    stagesOf: outcome => [...STAGES[dialect.importer], ...(outcome?.stages ?? [])],
    countsOf: ({ status, imported, updated, deleted, ignored }) => ({
      status,
      counts: [imported, updated, deleted, ignored],
    }),
  };

  api.get('/system/tasks/DATAVALUE_IMPORT/:id', c => {
    const job = jobs.get(c.get('user'), c.req.param('id'));
    if (job) job.polls += 1;
    if (!job || !jobs.isDone(job)) return c.json([]);
    return c.json(notificationsOf(job, story, store.time.fromInstant(job.startedAt)));
  });

  api.get('/system/taskSummaries/DATAVALUE_IMPORT/:id', c => {
    const job = jobs.get(c.get('user'), c.req.param('id'));
    // Empty until there is a summary, and never in an envelope (recordings 401, 404, 405).
    return job?.outcome && jobs.isDone(job) ? c.json(job.outcome.toJSON()) : c.body(null, 200);
  });
}

/** @throws Refusal 403 when the user may not write data values (dhis2 FACTS §1.2, §6) */
export function requireDataValueAdd(c: ApiContext): void {
  if (hasAuthority(c.get('user'), 'F_DATAVALUE_ADD')) return;
  throw new Refusal(403, {
    message: 'Access is denied, requires one Authority from [F_DATAVALUE_ADD]',
  });
}

function formatOf(c: ApiContext): ImportBody['format'] {
  const type = c.req.header('content-type') ?? '';
  if (type.startsWith('application/json')) return 'json';
  if (/^(application|text)\/csv/.test(type)) return 'csv';
  if (OTHER_FORMATS.test(type)) throw sandboxRefusal(501, `data value sets in ${type}`);
  throw new Refusal(415, { message: `Content-Type '${type}' is not supported` });
}
