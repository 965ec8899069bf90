import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Context, Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { toRunError } from '../../engine/run-error.js';
import { listRecords } from '../../record/records.js';
import { listRunRows } from '../../record/run-rows.js';
import { readMappings } from '../mapping/read-mappings.js';
import { showMappings } from '../mapping/show-mappings.js';
import type { Online } from '../online/online.js';
import type { CheckState } from '../online/online-check.js';
import { cookieName, guard, NO_SESSION } from './guard.js';
import type { Session } from './session.js';
import { ENTRANCE, PAGE_FILES, readPageFile, toShell } from './shell.js';

/** What the page shows. */
export interface Shown {
  /** Folder of project.yaml. */
  project: string;
  /** Absent without credentials. */
  online: Online | undefined;
}

/**
 * A report is a page of its own, of whatever version wrote it: it runs apart from this page and its
 * session. Its own policy admits its script.
 */
const REPORT_POLICY = "sandbox allow-scripts; frame-ancestors 'none'";

/**
 * The routes of the page. All of them only read, and those that ask the servers are POST, as they
 * take time or tell values.
 */
export function createRoutes(shown: Shown, session: Session, port: () => number): Hono {
  const app = new Hono();
  app.use(guard(session, port));
  app.get('/', context => {
    const token = context.req.query('token');
    if (token === undefined) return context.html(toShell(session.csrf));
    if (!session.redeem(token)) return context.text(NO_SESSION, 403);
    const options = { httpOnly: true, sameSite: 'Strict', path: '/' } as const;
    setCookie(context, cookieName(port()), session.cookie, options);
    return context.html(ENTRANCE);
  });
  for (const [name, type] of Object.entries(PAGE_FILES)) {
    app.get(`/${name}`, context =>
      context.body(readPageFile(name as keyof typeof PAGE_FILES), 200, { 'content-type': type }),
    );
  }
  app.get('/api/runs', context => context.json(listRunRows(shown.project)));
  app.get('/runs/:workflow/:time', context => sendReport(context, shown.project));
  app.get('/api/mapping', context => orError(context, () => describe(shown)));
  addOnlineRoutes(app, shown.online);
  app.notFound(context => context.text('There is nothing here.', 404));
  // An error may name a person: it is told to nobody.
  app.onError((_, context) => context.text('The page failed.', 500));
  return app;
}

/** Only a record that the list has: a name is compared, and never becomes part of a path. */
function sendReport(context: Context, project: string): Response {
  const { workflow, time } = context.req.param();
  const record = listRecords(project).find(one => one.workflow === workflow && one.time === time);
  if (!record) return context.text('There is no such run.', 404);
  try {
    const page = readFileSync(path.join(record.folder, 'report.html'), 'utf8');
    context.header('content-security-policy', REPORT_POLICY);
    return context.html(page);
  } catch {
    return context.text('This run has no page: it did not end.', 404);
  }
}

async function describe({ project, online }: Shown) {
  const jobs = await readMappings(project);
  const state = online?.check.state();
  return { ...showMappings(jobs, state), ...(state ? { check: toProgress(state) } : {}) };
}

/** How far a check has come: what it found is in the rows. */
function toProgress({ metadata: _metadata, findings: _findings, ...progress }: CheckState) {
  return progress;
}

function addOnlineRoutes(app: Hono, online: Online | undefined): void {
  app.get('/api/check', context => {
    if (!online) return noCredentials(context);
    return context.json(toProgress(online.check.state()));
  });
  app.post('/api/check', context =>
    online ? orError(context, () => online.startCheck()) : noCredentials(context),
  );
  app.post('/api/preview', context => {
    if (!online) return noCredentials(context);
    return orError(context, async () => {
      const { workflow } = await readBody(context);
      return online.preview(workflow);
    });
  });
  app.post('/api/values', context => {
    if (!online) return noCredentials(context);
    return orError(context, async () => {
      const { workflow, id } = await readBody(context);
      return online.values(workflow, id);
    });
  });
}

const noCredentials = (context: Context) =>
  context.json(
    { error: { code: 'NO_CREDENTIALS', message: 'Started without --credentials.' } },
    409,
  );

/** The texts of a request. */
async function readBody({ req }: Context): Promise<{ workflow: string; id: string }> {
  const { workflow, id } = (await req.json().catch(() => ({}))) as Record<string, unknown>;
  return { workflow: String(workflow ?? ''), id: String(id ?? '') };
}

/** An answer, or what went wrong in the safe form of every error. */
async function orError(context: Context, answer: () => Promise<object>): Promise<Response> {
  try {
    return context.json(await answer());
  } catch (cause) {
    const { code, message, fix } = toRunError(cause);
    return context.json({ error: { code, message, ...(fix ? { fix } : {}) } }, 422);
  }
}
