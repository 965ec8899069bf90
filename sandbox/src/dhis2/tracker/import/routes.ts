import { answerWebMessage, Refusal, sandboxRefusal } from '../../http/web-message.js';
import type { Api, ApiContext, ServerContext } from '../../server-context.js';
import { type JobStory, notificationsOf } from '../../system/jobs.js';
import type { Dialect } from '../../versions/dialect.js';
import { readImportParams, readReportMode } from './params.js';
import { readPayload } from './read-payload.js';
import { failureToJson, type ImportReport, reportToJson } from './report.js';
import { runImport } from './run-import.js';

const FIRST_STAGES = [
  'Tracker import started',
  'Loading file resource',
  'Loading file content',
  'Running PreHeat',
];
const SIZE = 'Calculating Payload Size';
const LAST_STAGES = [
  'Running PreProcess',
  'Running Validation',
  'Running Rule Engine',
  'Running Rule Engine Validation',
];
/** The stages that a job reports, by version (recording 256). */
const STAGES = {
  'per-value': [...FIRST_STAGES, SIZE, ...LAST_STAGES],
  group: [...FIRST_STAGES, ...LAST_STAGES, SIZE],
};

const createStory = ({ importer }: Dialect): JobStory<ImportReport> => ({
  category: 'TRACKER_IMPORT_JOB',
  stagesOf: () => STAGES[importer],
  countsOf: ({ status, stats: { created, updated, deleted, ignored } }) => ({
    status,
    counts: [created, updated, deleted, ignored],
  }),
});

/** `POST /api/tracker` and the polling of its asynchronous form (dhis2 FACTS §4.1). */
export function addTrackerImportRoutes(api: Api, context: ServerContext): void {
  const { store, dialect, clock, trackerJobs: jobs } = context;
  const story = createStory(dialect);

  api.post('/tracker', async c => {
    checkMediaType(c);
    const user = c.get('user');
    const params = readImportParams(c.req.queries(), user, context);
    // Unlike data values, a packed payload is not unpacked (dhis2 FACTS §1.7).
    const payload = readPayload(await c.req.text(), context);
    const run = () => runImport(context, user, payload, params);
    if (!params.async) {
      const report = run();
      return c.json(reportToJson(report, params.reportMode, dialect), statusOf(report));
    }
    const { id } = jobs.start(user, clock(), run, params.shown);
    // The address in the answer lacks /api (dhis2 LIVE 260, recording 253).
    const location = c.req.url.replace(/\/api(\/\d\d)?\/tracker(\?.*)?$/, `/tracker/jobs/${id}`);
    return answerWebMessage(c, 200, {
      message: 'Tracker job added',
      response: { responseType: 'TrackerJob', id, location },
    });
  });

  api.get('/tracker/jobs/:id', c => {
    const job = jobs.get(c.get('user'), c.req.param('id'));
    if (job) job.polls += 1;
    if (!job || !jobs.isDone(job)) return c.json([]);
    return c.json(notificationsOf(job, story, store.time.fromInstant(job.startedAt)));
  });

  api.get('/tracker/jobs/:id/report', c => {
    const mode = readReportMode(c.req.queries());
    const job = jobs.get(c.get('user'), c.req.param('id'));
    // Some clients request only the report.
    if (job) job.polls += 1;
    if (!job || !jobs.isDone(job)) {
      throw new Refusal(404, {
        message: `Summary for job ${c.req.param('id')} does not exist`,
        errorCode: 'E1005',
      });
    }
    const { outcome, failure } = job;
    return c.json(outcome ? reportToJson(outcome, mode, dialect) : failureToJson(`${failure}`));
  });
}

/** A report of errors is status 409; all others are 200, also with warnings. */
function statusOf({ status }: ImportReport): 200 | 409 {
  return status === 'ERROR' ? 409 : 200;
}

function checkMediaType(c: ApiContext): void {
  const type = c.req.header('content-type') ?? '';
  if (type.startsWith('application/json')) return;
  if (/^(application|text)\/csv/.test(type))
    throw sandboxRefusal(501, `tracker imports in ${type}`);
  throw new Refusal(415, { message: `Content-Type '${type}' is not supported` });
}
