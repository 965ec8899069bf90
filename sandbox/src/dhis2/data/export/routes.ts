import { sendJson } from '#sandbox/server/index.js';
import type { Api, ServerContext } from '../../server-context.js';
import { toCsv } from './export-rows.js';
import { exportAsJson, readValues } from './export-values.js';

/** `GET /api/dataValueSets`, as JSON and as CSV (dhis2 FACTS §1.9). */
export function addExportRoutes(api: Api, context: ServerContext): void {
  api.get('/dataValueSets', c => {
    const found = readValues(context, c.get('user'), c.req.queries());
    if (found) return sendJson(c, exportAsJson(context, found));
    return c.body('', 200, { 'content-type': 'application/json;charset=UTF-8' });
  });

  api.get('/dataValueSets.csv', c => {
    const found = readValues(context, c.get('user'), c.req.queries());
    const text = found ? toCsv(found.values, found.encoder, context.dialect.importer) : '';
    return c.body(text, 200, { 'content-type': 'application/csv;charset=UTF-8' });
  });
}
