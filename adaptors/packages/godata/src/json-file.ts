import type { ApiRequest } from '../../../common/src/http/request-types.js';

/** Cannot occur in JSON behind a line break: JSON has none. */
const BOUNDARY = 'godata-dhis2-file';

/** JSON as a file in the field `file` of a form, as Go.Data's imports take it (FACTS §6). */
export function jsonFile(name: string, content: unknown): ApiRequest['content'] {
  const text = [
    `--${BOUNDARY}`,
    `Content-Disposition: form-data; name="file"; filename="${name}"`,
    'Content-Type: application/json',
    '',
    JSON.stringify(content),
    `--${BOUNDARY}--`,
    '',
  ].join('\r\n');
  return { type: `multipart/form-data; boundary=${BOUNDARY}`, text };
}
