import { sendJson } from '#sandbox/server/index.js';
import { parseFields } from '../../metadata/read/fields.js';
import { expandNames } from '../../metadata/read/project.js';
import type { Api, ApiContext, ServerContext } from '../../server-context.js';
import { Access } from '../access.js';
import { itemReference } from '../store/references.js';
import type { TrackedEntity, TrackerKind, TrackerObjects } from '../types.js';
import { pageOf } from './paging.js';
import { readListParams, readParams, type TrackerParams } from './params.js';
import { READINGS, type Reading } from './reading.js';
import { payForRelationships } from './relationship-cost.js';
import { notFound, programOf } from './select/selection.js';
import { tomcatPage } from './tomcat-page.js';
import { createView, type View, type ViewContext } from './view.js';

/**
 * The most tracked entities in an answer, unless the server has another setting (dhis2 FACTS §4.2).
 */
const MAX_LIMIT = 50_000;

/** Routes that read Tracker: lists, and single objects (dhis2 FACTS §4.2). */
export function addTrackerRoutes(api: Api, context: ServerContext): void {
  addListRoute(api, context, 'trackedEntities');
  addListRoute(api, context, 'enrollments');
  addListRoute(api, context, 'events');
  addListRoute(api, context, 'relationships');

  api.get('/tracker/trackedEntities/:uid', c => {
    const params = readParams(c, context, 'trackedEntities/{uid}', ['fields', 'program']);
    const { object, access } = findOne(c, context, 'trackedEntities', params);
    const program = programOf(context, c.get('user'), params);
    return answerOne(c, context, 'trackedEntities', params, { access, program }, object);
  });
  addSingleRoute(api, context, 'enrollments');
  addSingleRoute(api, context, 'events');
  addSingleRoute(api, context, 'relationships');
}

function addListRoute<K extends TrackerKind>(api: Api, context: ServerContext, kind: K): void {
  const { store, dialect } = context;
  const reading: Reading<K> = READINGS[kind];
  api.get(`/tracker/${kind}`, async c => {
    const params = readListParams(c, context, kind, reading.params);
    if (kind === 'events' && dialect.tracker.needsProgram && !params.has('program')) {
      return c.html(tomcatPage('Required parameter &#39;program&#39; is not present.'), 400);
    }
    const selection = reading.select(context, c.get('user'), params);
    const { objects, access, includesDeleted, program } = selection;
    const { KeyTrackedEntityMaxLimit = MAX_LIMIT } = store.systemSettings;
    const limit = kind === 'trackedEntities' ? KeyTrackedEntityMaxLimit : undefined;
    const { page, answer } = pageOf(dialect, params, kind, objects, new URL(c.req.url), limit);
    if (includesDeleted && dialect.tracker.read.losesDeletedEnds) {
      refuseDeletedEnds(context, page, params);
    }
    const view = viewOf(reading, params);
    const viewContext = { store, dialect, access, includesDeleted, program };
    const rows = page.map(object => view(viewContext, object));
    await payForRelationships(context.cost, rows);
    return sendJson(c, answer(rows));
  });
}

function addSingleRoute(api: Api, context: ServerContext, kind: TrackerKind): void {
  api.get(`/tracker/${kind}/:uid`, c => {
    const params = readParams(c, context, `${kind}/{uid}`, ['fields']);
    const { object, access } = findOne(c, context, kind, params);
    return answerOne(c, context, kind, params, { access }, object);
  });
}

/** @throws Refusal when the object does not exist, or the user may not read it */
function findOne<K extends TrackerKind>(
  c: ApiContext,
  context: ServerContext,
  kind: K,
  params: TrackerParams,
): { object: TrackerObjects[K]; access: Access } {
  const uid = c.req.param('uid')!;
  const reading: Reading<K> = READINGS[kind];
  const object = context.store.tracker.get(kind, uid);
  if (!object || object.deleted) throw notFound(kind, uid);
  const access = new Access(context.store, c.get('user'));
  if (!reading.canSee(access, object, context)) {
    // An object outside the user's scope counts as missing (recording 306).
    throw context.dialect.tracker.read.hasCodes
      ? notFound(kind, uid)
      : params.forbidden(`User has no read access to ${kind}/${uid}`);
  }
  return { object, access };
}

function answerOne<K extends TrackerKind>(
  c: ApiContext,
  { store, dialect }: ServerContext,
  kind: K,
  params: TrackerParams,
  scope: Pick<ViewContext, 'access' | 'program'>,
  object: TrackerObjects[K],
): Promise<Response> {
  const view = viewOf<K>(READINGS[kind], params);
  return sendJson(c, view({ store, dialect, ...scope, includesDeleted: false }, object));
}

function viewOf<K extends TrackerKind>(
  { schema, fields }: Reading<K>,
  params: TrackerParams,
): View<TrackerObjects[K]> {
  return createView(schema, parseFields(params.all('fields').join(',') || fields));
}

/**
 * Refuses a list with relationships as 2.41 does, if one of them has a deleted tracked entity at an
 * end (dhis2 LIVE, "2.40.12 and 2.41.9.1").
 */
function refuseDeletedEnds(
  { store: { tracker } }: ServerContext,
  listed: readonly object[],
  params: TrackerParams,
): void {
  const fields = parseFields(params.all('fields').join(','));
  if (!expandNames(['relationships'], fields).includes('relationships')) return;
  for (const one of listed as readonly Partial<TrackedEntity>[]) {
    for (const { from, to } of tracker.relationshipsOf(one.trackedEntity ?? '')) {
      const ends = [from, to].map(itemReference).filter(end => end.to === 'trackedEntities');
      const gone = ends.find(({ id }) => tracker.get('trackedEntities', id)?.deleted);
      if (gone) throw notFound('trackedEntities', gone.id);
    }
  }
}
