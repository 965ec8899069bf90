import { sendJson } from '../../server/index.js';
import type { GoDataApp, GoDataContext, GoDataRequest } from '../context.js';
import { notImplemented } from '../errors.js';
import { CASE, CONTACT, CONTACT_OF_CONTACT, EVENT } from '../models.js';
import { readBody } from '../read-body.js';
import { createDependants, updateEach } from '../rules/person-bulk.js';
import type { JsonObject } from '../types.js';
import { beginWrite } from './people.js';

/** Many people in one request, with partial success (godata FACTS §2.2, r123-r128). */
export function addPeopleBulkRoutes(app: GoDataApp, context: GoDataContext): void {
  for (const kind of [CASE, CONTACT, CONTACT_OF_CONTACT]) {
    app.put(`/api/outbreaks/:id/${kind.path}/bulk`, async c => {
      const write = beginWrite(c, context, kind, `${kind.permission}_bulk_modify`);
      return sendJson(c, updateEach(write, await readList(c)));
    });
  }
  for (const kind of [CASE, EVENT]) {
    app.post(`/api/outbreaks/:id/${kind.path}/:nk/contacts`, async c => {
      const write = beginWrite(c, context, kind, `${kind.permission}_create_bulk_contact`);
      return sendJson(c, createDependants(write, c.req.param('nk'), 'contact', await readList(c)));
    });
  }
  app.post('/api/outbreaks/:id/contacts/:nk/contacts-of-contacts', async c => {
    const write = beginWrite(c, context, CONTACT, 'contact_create_bulk_contact_of_contact');
    const bodies = await readList(c);
    return sendJson(c, createDependants(write, c.req.param('nk'), 'contactOfContact', bodies));
  });
}

async function readList(c: GoDataRequest): Promise<JsonObject[]> {
  const body = await readBody(c);
  if (!Array.isArray(body)) throw notImplemented('an object where a list belongs');
  return body;
}
