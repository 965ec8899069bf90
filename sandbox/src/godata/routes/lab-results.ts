import { sendJson } from '../../server/index.js';
import { requireOutbreak, requireUser } from '../auth/authorise.js';
import type { GoDataApp, GoDataContext, GoDataRequest } from '../context.js';
import { createEach } from '../create-each.js';
import { instanceNotFound } from '../errors.js';
import { toProjection } from '../filter/fields.js';
import { readQueryFilter, readQueryWhere } from '../filter/parse-filter.js';
import { projectRaw, selectRaw } from '../filter/raw-list.js';
import { count, select } from '../filter/select.js';
import { CASE, CONTACT, CONTACT_OF_CONTACT, type PersonKind } from '../models.js';
import { readBody, readObject } from '../read-body.js';
import {
  createLabResult,
  createLabResultInList,
  updateLabResult,
} from '../rules/lab-result-rules.js';
import { rawPerson } from '../rules/relatives.js';
import type { Person, PersonRecord } from '../types.js';
import { beginWrite, findPerson } from './people.js';

/** In no particular order: the server does not sort lab results. */
const DEFAULT_ORDER = [['createdAt', 1]] as const;

/** Lab results of a person, and of an outbreak (godata FACTS §2.4). */
export function addLabResultRoutes(app: GoDataApp, context: GoDataContext): void {
  for (const kind of [CASE, CONTACT, CONTACT_OF_CONTACT]) {
    addReadingRoutes(app, context, kind);
    addWritingRoutes(app, context, kind);
  }
  addRoutesOfOutbreak(app, context);
}

function addReadingRoutes(app: GoDataApp, context: GoDataContext, kind: PersonKind): void {
  const path = `/api/outbreaks/:id/${kind.path}/:nk/lab-results`;
  const { labResults } = context.store;
  const begin = (c: GoDataRequest, action: string): Person => {
    const user = requireUser(c, `${kind.permission}_${action}_lab_result`);
    const { id } = requireOutbreak(c, context, user);
    return findPerson(context, kind, id, c.req.param('nk') ?? '');
  };

  app.get(path, c => {
    const rows = labResults.rowsOfPerson(begin(c, 'list').id);
    const filter = readQueryFilter(new URL(c.req.url));
    const found = select(rows, filter, DEFAULT_ORDER);
    return sendJson(c, found.map(toProjection(filter.fields)));
  });
  app.get(`${path}/count`, c => {
    const rows = labResults.rowsOfPerson(begin(c, 'list').id);
    return c.json({ count: count(rows, readQueryWhere(new URL(c.req.url))) });
  });
  app.get(`${path}/:fk`, c => {
    const person = begin(c, 'view');
    return c.json(findLabResult(context, c.req.param('fk'), person));
  });
}

function addWritingRoutes(app: GoDataApp, context: GoDataContext, kind: PersonKind): void {
  const path = `/api/outbreaks/:id/${kind.path}/:nk/lab-results`;
  const begin = (c: GoDataRequest, ...actions: string[]) => {
    const write = beginWrite(c, context, kind, ...actions);
    return { write, person: findPerson(context, kind, write.outbreak.id, c.req.param('nk') ?? '') };
  };

  app.post(path, async c => {
    const { write, person } = begin(c, `${kind.permission}_create_lab_result`);
    const body = await readBody(c);
    if (!Array.isArray(body)) return c.json(createLabResult(write, person, body));
    return sendJson(
      c,
      createEach(body, one => createLabResultInList(write, person, one)),
    );
  });
  app.put(`${path}/:fk`, async c => {
    const { write, person } = begin(c, `${kind.permission}_modify_lab_result`);
    const labResult = findLabResult(context, c.req.param('fk'), person);
    return c.json(updateLabResult(write, labResult, await readObject(c)));
  });
  app.delete(`${path}/:fk`, c => {
    const { write, person } = begin(c, `${kind.permission}_delete_lab_result`);
    const { id } = findLabResult(context, c.req.param('fk'), person);
    context.store.labResults.delete(id, write.user.id);
    return c.body(null, 204);
  });
  app.post(`${path}/:fk/restore`, c => {
    const restore = `${kind.permission}_restore_lab_result`;
    const { write, person } = begin(c, restore, 'lab_result_bulk_restore');
    const { id } = findLabResult(context, c.req.param('fk'), person, true);
    return c.json(context.store.labResults.restore(id, write.user.id));
  });
}

function addRoutesOfOutbreak(app: GoDataApp, context: GoDataContext): void {
  const path = '/api/outbreaks/:id/lab-results';
  const { labResults, people } = context.store;
  const find = (c: GoDataRequest, ...permissions: string[]) => {
    const user = requireUser(c, ...permissions);
    const outbreak = requireOutbreak(c, context, user);
    const labResult = findLabResult(context, c.req.param('fk') ?? '');
    if (labResult.outbreakId !== outbreak.id) throw instanceNotFound('labResult', labResult.id);
    return { user, outbreak, labResult };
  };

  // Those of contacts only if the outbreak allows them.
  const readFilter = (c: GoDataRequest) => {
    const outbreak = requireOutbreak(c, context, requireUser(c, 'lab_result_list'));
    const filter = readQueryFilter(new URL(c.req.url));
    const hidden = outbreak.isContactLabResultsActive === true ? [] : [CONTACT.type];
    const where = { and: [filter.where, { personType: { nin: hidden } }] };
    return { rows: labResults.rowsOf(outbreak.id), filter: { ...filter, where } };
  };
  // r140: each with its person.
  app.get(`${path}/aggregate`, c => {
    const { rows, filter } = readFilter(c);
    const found = selectRaw(rows, filter);
    return sendJson(
      c,
      found.map(one => {
        const person = people.get(one.personId);
        return projectRaw(filter.fields, 'person', one, person && rawPerson(person));
      }),
    );
  });
  // The same list, counted [code: outbreakLabResult.js, filteredCountLabResultsAggregate].
  app.get(`${path}/aggregate-filtered-count`, c => {
    const { rows, filter } = readFilter(c);
    return c.json({ count: count(rows, filter) });
  });
  app.get(`${path}/:fk`, c => c.json(find(c, 'lab_result_view').labResult));
  app.put(`${path}/:fk`, async c => {
    const { user, outbreak, labResult } = find(c, 'lab_result_modify');
    return c.json(updateLabResult({ context, outbreak, user }, labResult, await readObject(c)));
  });
  app.delete(`${path}/:fk`, c => {
    const { user, labResult } = find(c, 'lab_result_delete', 'lab_result_bulk_delete');
    labResults.delete(labResult.id, user.id);
    return c.body(null, 204);
  });
}

/**
 * @throws ApiError 404 for an unknown record, for one of another person, or, unless requested, for
 * a deleted one
 */
function findLabResult(
  { store }: GoDataContext,
  id: string,
  person?: Person,
  deleted = false,
): PersonRecord {
  const labResult = store.labResults.rows.get(id);
  const isOwn = person === undefined || labResult?.personId === person.id;
  if (!labResult || !isOwn || (labResult.deleted === true) !== deleted) {
    throw instanceNotFound('labResult', id);
  }
  return labResult;
}
