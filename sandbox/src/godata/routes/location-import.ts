import { sendJson } from '../../server/index.js';
import { requireUser } from '../auth/authorise.js';
import type { GoDataApp, GoDataContext } from '../context.js';
import { ApiError } from '../errors.js';
import { importLocations, parseImport } from '../rules/location-import.js';

/** The import of a tree of locations as a file (godata FACTS §6). */
export function addLocationImportRoute(app: GoDataApp, context: GoDataContext): void {
  app.post('/api/locations/import', async c => {
    const user = requireUser(c, 'location_import');
    const isForm = (c.req.header('content-type') ?? '').includes('multipart/form-data');
    const file = isForm ? (await c.req.parseBody()).file : undefined;
    if (!(file instanceof File)) throw missingFile();
    return sendJson(c, importLocations(context, parseImport(await file.text()), user));
  });
}

/** r087 */
function missingFile(): ApiError {
  return new ApiError(400, 'Model `location` is missing required properties: file.', {
    code: 'MISSING_REQUIRED_PROPERTY',
    details: { model: 'location', properties: 'file' },
  });
}
