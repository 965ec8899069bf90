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
 * Org units to write: a new one; one in place of another, of which nothing stays that the request does
 * not say (DHIS2's Web API documentation, metadata create, read, update); or changes of one, of which
 * everything else stays (the server's source, AbstractCrudController.patchObject).
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

/** The problem of an org unit whose id is another's already (recording 062). */
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

/** What an empty text or null takes away; a name is then missing (dhis2 LIVE, the last but one section). */
const EMPTIABLE = ['code', 'name', 'shortName', 'openingDate', 'closedDate', 'parent', 'geometry'];

/** What the patch does not name stays, even what is not known here; an id is never changed. */
function applyPatch(
  context: ServerContext,
  before: OrgUnit,
  { values, removed }: ReturnType<typeof readPatch>,
): OrgUnitDraft {
  const { id, name } = before;
  // What a seed leaves out, and every server has; reading shows it so.
  const whole = { shortName: name, openingDate: '1970-01-01', ...structuredClone(before) };
  const changes = readOrgUnit(new JsonObject(values, '', rulesOf(context)), id, context.dialect);
  const after: Record<string, unknown> = { ...whole, ...changes };
  const emptied = EMPTIABLE.filter(property => property in values && !(property in changes));
  for (const property of [...removed, ...emptied]) if (property !== 'id') delete after[property];
  return after as OrgUnitDraft;
}

/** @throws Refusal 409 when something is wrong with the org unit */
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

/** Parameters of a metadata import are not known here. */
function refuseParams(c: ApiContext): void {
  new Query(c.req.queries(), [], `${c.req.method} /api${PATH}`);
}

function rulesOf({ store }: ServerContext): ReadingRules {
  return { time: store.time, readsUids: false };
}

/** To delete takes an authority of its own (recordings 080, 091, 098). */
function requireAuthority(c: ApiContext, action: 'create' | 'update' | 'delete'): void {
  const authority = action === 'delete' ? 'F_ORGANISATIONUNIT_DELETE' : 'F_ORGANISATIONUNIT_ADD';
  if (hasAuthority(c.get('user'), authority)) return;
  throw new Refusal(403, {
    message: `You don't have the proper permissions to ${action} this object.`,
    errorCode: 'E1006',
  });
}
