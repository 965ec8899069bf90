import { isDone, notificationsOf } from '../../jobs.js';
import type { Api, ApiContext, ServerContext } from '../../server-context.js';
import { answerWebMessage, Refusal, sandboxRefusal } from '../../web-message.js';
import { readImportParams, readReportMode } from './params.js';
import { readPayload } from './read-payload.js';
import { failureToJson, type ImportReport, reportToJson } from './report.js';
import { runImport } from './run-import.js';

const CATEGORY = 'TRACKER_IMPORT_JOB';

/** `POST /api/tracker` and the polling of its asynchronous form (dhis2 FACTS §4.1). */
export function addTrackerImportRoutes(api: Api, context: ServerContext): void {
  const { store, dialect, clock, trackerJobs: jobs } = context;

  api.post('/tracker', async c => {
    checkMediaType(c);
    const user = c.get('user');
    const params = readImportParams(c.req.queries(), user, context);
    // Unlike data values, a payload is not unpacked (dhis2 FACTS §1.7).
    const payload = readPayload(await c.req.text(), context);
    const run = () => runImport(context, user, payload, params);
    if (!params.async) {
      const report = run();
      return c.json(reportToJson(report, params.reportMode, dialect), statusOf(report));
    }
    const { id } = jobs.start(user, clock(), run);
    const location = c.req.url.replace(/\/tracker(\?.*)?$/, `/tracker/jobs/${id}`);
    c.header('Location', location);
    return answerWebMessage(c, 200, {
      message: 'Tracker job added',
      response: { responseType: 'TrackerJob', id, location },
    });
  });

  api.get('/tracker/jobs/:id', c => {
    const job = jobs.get(c.get('user'), c.req.param('id'));
    if (!job) return c.json([]);
    job.polls += 1;
    return c.json(notificationsOf(job, CATEGORY, store.time.fromInstant(job.startedAt)));
  });

  api.get('/tracker/jobs/:id/report', c => {
    const mode = readReportMode(c.req.queries());
    const job = jobs.get(c.get('user'), c.req.param('id'));
    // Some clients ask for nothing but the report.
    if (job) job.polls += 1;
    if (!job || !isDone(job)) {
      throw new Refusal(404, {
        message: `JobConfiguration with id ${c.req.param('id')} could not be found.`,
        errorCode: 'E1005',
      });
    }
    const { outcome, failure } = job;
    return c.json(outcome ? reportToJson(outcome, mode, dialect) : failureToJson(`${failure}`));
  });
}

/** A report of errors is a conflict; any other is none, warnings or not. */
function statusOf({ status }: ImportReport): 200 | 409 {
  return status === 'ERROR' ? 409 : 200;
}

function checkMediaType(c: ApiContext): void {
  const type = c.req.header('content-type') ?? '';
  if (type.startsWith('application/json')) return;
  if (/^(application|text)\/csv/.test(type))
    throw sandboxRefusal(501, `tracker imports in ${type}`);
  throw new Refusal(415, { message: `Content type '${type}' not supported` });
}
