import { JsonObject, parseJson } from '../../json-object.js';
import { Query } from '../../query.js';
import type { Api, ApiContext, ServerContext } from '../../server-context.js';
import type { OrgUnit } from '../../types.js';
import { randomUid } from '../../uid.js';
import { canRead, hasAuthority } from '../../users.js';
import { answerWebMessage, Refusal } from '../../web-message.js';
import { objectReport, refuseObject } from './object-report.js';
import { checkOrgUnit, describe, type OrgUnitDraft, readOrgUnit } from './org-unit.js';

const PATH = '/organisationUnits';

/**
 * Org units to write: a new one, or one in place of another, of which nothing stays that the request
 * does not say (DHIS2's Web API documentation, metadata create, read, update).
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
    write(context, draft);
    c.header('Location', `${c.req.url.replace(/\?.*$/, '')}/${id}`);
    return answerWebMessage(c, 201, { response: objectReport(id) });
  });

  api.put(`${PATH}/:id`, async c => {
    const id = c.req.param('id');
    const before = store.metadata.get('organisationUnits', id);
    if (!before || !canRead(c.get('user'), before)) {
      throw new Refusal(404, {
        message: `OrganisationUnit with id ${id} could not be found.`,
        errorCode: 'E1005',
      });
    }
    requireAuthority(c, 'update');
    const { readAccess } = before;
    const sharing = readAccess ? { readAccess: [...readAccess] } : {};
    write(context, { ...readOrgUnit(await readBody(c, context), id), ...sharing });
    return answerWebMessage(c, 200, { response: objectReport(id) });
  });
}

/** @throws Refusal 409 when something is wrong with the org unit */
function write({ store, dialect }: ServerContext, draft: OrgUnitDraft): void {
  const problems = checkOrgUnit(store, draft);
  if (problems.length > 0) throw refuseObject(dialect, draft.id, problems);
  store.metadata.put('organisationUnits', draft as OrgUnit);
}

async function readBody(c: ApiContext, { store }: ServerContext): Promise<JsonObject> {
  // Parameters of a metadata import are not known here.
  new Query(c.req.queries(), [], `${c.req.method} /api${PATH}`);
  return new JsonObject(parseJson(await c.req.text()), '', { time: store.time, readsUids: false });
}

function requireAuthority(c: ApiContext, action: 'create' | 'update'): void {
  if (hasAuthority(c.get('user'), 'F_ORGANISATIONUNIT_ADD')) return;
  throw new Refusal(403, {
    message: `You don't have the proper permissions to ${action} this object.`,
  });
}
