import { JsonObject, parseJson, type ReadingRules } from '../../json-object.js';
import { Query } from '../../query.js';
import type { Api, ApiContext, ServerContext } from '../../server-context.js';
import type { OrgUnit, SeedUser } from '../../types.js';
import { randomUid } from '../../uid.js';
import { canRead, hasAuthority } from '../../users.js';
import { answerWebMessage, Refusal, sandboxRefusal } from '../../web-message.js';
import { checkMove } from './check-move.js';
import { readPatch } from './json-patch.js';
import { objectReport, refuseObject } from './object-report.js';
import { checkOrgUnit, describe, type OrgUnitDraft, readOrgUnit } from './org-unit.js';

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
    const draft = readOrgUnit(json, json.text('id') ?? randomUid());
    const { id } = draft;
    const before = store.metadata.get('organisationUnits', id);
    if (before) {
      const args = [`${id} (UID)`, describe(before)];
      throw refuseObject(dialect, id, [{ code: 'E5000', args, property: 'id' }]);
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
    const draft = { ...readOrgUnit(await readBody(c, context), id), ...sharing };
    write(context, c.get('user'), draft, before);
    return answerWebMessage(c, 200, { response: objectReport(id) });
  });

  api.patch(`${PATH}/:id`, async c => {
    const before = findOrgUnit(c, context);
    requireAuthority(c, 'update');
    if (!c.req.header('content-type')?.startsWith('application/json-patch+json')) {
      throw sandboxRefusal(400, 'a PATCH that is no JSON patch');
    }
    refuseParams(c);
    const patch = readPatch(parseJson(await c.req.text()));
    write(context, c.get('user'), applyPatch(context, before, patch), before);
    return answerWebMessage(c, 200, { response: objectReport(before.id) });
  });
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

/** What the patch does not name stays, even what is not known here; an id is never changed. */
function applyPatch(
  context: ServerContext,
  before: OrgUnit,
  { values, removed }: ReturnType<typeof readPatch>,
): OrgUnitDraft {
  const { id, name } = before;
  // What a seed leaves out, and every server has; reading shows it so.
  const whole = { shortName: name, openingDate: '1970-01-01', ...structuredClone(before) };
  const changes = readOrgUnit(new JsonObject(values, '', rulesOf(context)), id);
  const after: Record<string, unknown> = { ...whole, ...changes };
  for (const property of removed) if (property !== 'id') delete after[property];
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
  return new JsonObject(parseJson(await c.req.text()), '', rulesOf(context));
}

/** Parameters of a metadata import are not known here. */
function refuseParams(c: ApiContext): void {
  new Query(c.req.queries(), [], `${c.req.method} /api${PATH}`);
}

function rulesOf({ store }: ServerContext): ReadingRules {
  return { time: store.time, readsUids: false };
}

function requireAuthority(c: ApiContext, action: 'create' | 'update'): void {
  if (hasAuthority(c.get('user'), 'F_ORGANISATIONUNIT_ADD')) return;
  throw new Refusal(403, {
    message: `You don't have the proper permissions to ${action} this object.`,
  });
}
