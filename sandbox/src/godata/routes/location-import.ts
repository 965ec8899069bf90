import { sendJson } from '../../server/index.js';
import { requireUser } from '../auth/authorise.js';
import type { GoDataApp, GoDataContext } from '../context.js';
import { ApiError } from '../errors.js';
import { readUpload } from '../read-upload.js';
import { importLocations } from '../rules/location-import.js';
import { parseImport } from '../rules/location-import-file.js';

/** The import of a tree of locations as a file (godata FACTS §6). */
export function addLocationImportRoute(app: GoDataApp, context: GoDataContext): void {
  app.post('/api/locations/import', async c => {
    const user = requireUser(c, 'location_import');
    const file = await readUpload(c, 'file');
    if (file === undefined) throw missingFile();
    return sendJson(c, importLocations(context, parseImport(file), user));
  });
}

/** r087 */
function missingFile(): ApiError {
  return new ApiError(400, 'Model `location` is missing required properties: file.', {
    code: 'MISSING_REQUIRED_PROPERTY',
    details: { model: 'location', properties: 'file' },
  });
}
