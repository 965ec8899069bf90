import { canRead, hasAuthority } from '../../accounts/access.js';
import type { SeedUser } from '../../accounts/types.js';
import { JsonObject, parseJson, type ReadingRules } from '../../http/json-object.js';
import { Query } from '../../http/query.js';
import { answerWebMessage, Refusal } from '../../http/web-message.js';
import type { Api, ApiContext, ServerContext } from '../../server-context.js';
import type { OrgUnit } from '../types.js';
import { randomUid } from '../uid.js';
import { checkMove } from './check-move.js';
import { checkDeletion } from './delete-org-unit.js';
import { readPatch } from './json-patch.js';
import { objectReport, type Problem, refuseObject } from './object-report.js';
import { checkOrgUnit, describe, type OrgUnitDraft, readOrgUnit } from './org-unit.js';
import { isOrgUnitProperty, readMetadataJson, refuseOtherType } from './read-request.js';

const PATH = '/organisationUnits';

/**
 * Routes that write org units: create one; replace one, so that properties missing from the request
 * are removed (DHIS2's Web API documentation, metadata create, read, update); or patch one, so that
 * all other properties are kept (the server's source, AbstractCrudController.patchObject).
 */
export function addOrgUnitWriteRoutes(api: Api, context: ServerContext): void {
  const { store, dialect } = context;

  api.post(PATH, async c => {
    requireAuthority(c, 'create');
    const json = await readBody(c, context);
    const draft = readOrgUnit(json, json.text('id') ?? randomUid(), dialect);
    const { id } = draft;
    if (store.metadata.get('organisationUnits', id)) {
      throw refuseObject(dialect, id, [alreadyThere(draft)]);
    }
    write(context, c.get('user'), draft);
    c.header('Location', `${c.req.url.replace(/\?.*$/, '')}/${id}`);
    return answerWebMessage(c, 201, { response: objectReport(id) });
  });

  api.put(`${PATH}/:id`, async c => {
    const before = findOrgUnit(c, context);
    const { id, readAccess } = before;
    requireAuthority(c, 'update');
    const sharing = readAccess ? { readAccess: [...readAccess] } : {};
    const draft = { ...readOrgUnit(await readBody(c, context), id, dialect), ...sharing };
    write(context, c.get('user'), draft, before);
    return answerWebMessage(c, 200, { response: objectReport(id) });
  });

  api.patch(`${PATH}/:id`, async c => {
    const before = findOrgUnit(c, context);
    requireAuthority(c, 'update');
    refuseOtherType(c, 'application/json-patch+json');
    refuseParams(c);
    const patch = readPatch(parseJson(await c.req.text()), isOrgUnitProperty);
    write(context, c.get('user'), applyPatch(context, before, patch), before);
    return answerWebMessage(c, 200, { response: objectReport(before.id) });
  });

  api.delete(`${PATH}/:id`, c => {
    const { id } = findOrgUnit(c, context);
    requireAuthority(c, 'delete');
    refuseParams(c);
    const problems = checkDeletion(store, dialect, id);
    if (problems.length > 0) throw refuseObject(dialect, id, problems, 'WARNING');
    store.metadata.delete('organisationUnits', id);
    return answerWebMessage(c, 200, { response: objectReport(id) });
  });
}

/** The problem of a new org unit whose id already exists (recording 062). */
function alreadyThere(draft: OrgUnitDraft): Problem {
  return { code: 'E5000', args: ['UID', describe(draft)], mainId: draft.id };
}

function findOrgUnit(c: ApiContext, { store }: ServerContext): OrgUnit {
  const id = c.req.param('id')!;
  const before = store.metadata.get('organisationUnits', id);
  if (before && canRead(c.get('user'), before)) return before;
  throw new Refusal(404, {
    message: `OrganisationUnit with id ${id} could not be found.`,
    errorCode: 'E1005',
  });
}

/**
 * The properties that an empty text or null removes. Without a name the org unit is refused (dhis2
 * LIVE, the last but one section).
 */
const EMPTIABLE = ['code', 'name', 'shortName', 'openingDate', 'closedDate', 'parent', 'geometry'];

/** Properties that the patch does not name are kept, also unknown ones; an id never changes. */
function applyPatch(
  context: ServerContext,
  before: OrgUnit,
  { values, removed }: ReturnType<typeof readPatch>,
): OrgUnitDraft {
  const { id, name } = before;
  // Every org unit of a server has these properties, but a seed can omit them; reads show them so.
  const whole = { shortName: name, openingDate: '1970-01-01', ...structuredClone(before) };
  const changes = readOrgUnit(new JsonObject(values, '', rulesOf(context)), id, context.dialect);
  const after: Record<string, unknown> = { ...whole, ...changes };
  const emptied = EMPTIABLE.filter(property => property in values && !(property in changes));
  for (const property of [...removed, ...emptied]) if (property !== 'id') delete after[property];
  return after as OrgUnitDraft;
}

/** @throws Refusal 409 when the org unit is not valid */
function write(
  { store, dialect }: ServerContext,
  user: SeedUser,
  draft: OrgUnitDraft,
  before?: OrgUnit,
): void {
  const problems = [
    ...checkOrgUnit(store, draft),
    ...(before ? checkMove(store, user, before, draft) : []),
  ];
  if (problems.length > 0) throw refuseObject(dialect, draft.id, problems);
  store.metadata.save('organisationUnits', draft as OrgUnit);
}

async function readBody(c: ApiContext, context: ServerContext): Promise<JsonObject> {
  refuseParams(c);
  return new JsonObject(readMetadataJson(await c.req.text()), '', rulesOf(context));
}

/** The sandbox does not support the parameters of a metadata import here. */
function refuseParams(c: ApiContext): void {
  new Query(c.req.queries(), [], `${c.req.method} /api${PATH}`);
}

function rulesOf({ store }: ServerContext): ReadingRules {
  return { time: store.time, readsUids: false };
}

/** Deletion requires an authority of its own (recordings 080, 091, 098). */
function requireAuthority(c: ApiContext, action: 'create' | 'update' | 'delete'): void {
  const authority = action === 'delete' ? 'F_ORGANISATIONUNIT_DELETE' : 'F_ORGANISATIONUNIT_ADD';
  if (hasAuthority(c.get('user'), authority)) return;
  throw new Refusal(403, {
    message: `You don't have the proper permissions to ${action} this object.`,
    errorCode: 'E1006',
  });
}
