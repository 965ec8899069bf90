import { type ApiAnswer, type ApiRequest, objectsIn } from '#common/http/index.js';
import { IntegrationError } from '#common/reporting/errors.js';
import { safeCode, safeId, safeName } from '#common/reporting/server-text.js';
import { serverError } from '../server-error.js';
import { readWebMessage } from '../web-message.js';

/** Most errors that a message lists. */
const MAX_NAMED = 5;

/**
 * The error for a write that DHIS2 refuses. It has codes, properties and ids. It omits the server's
 * messages, because they repeat values.
 */
export function refusal(request: ApiRequest, answer: ApiAnswer): IntegrationError {
  const errors = readErrors(answer.body);
  if (errors.length === 0) return serverError(request, answer);
  const named = errors
    .slice(0, MAX_NAMED)
    .map(({ code, property }) => `${code}${property ? ` (${property})` : ''}`);
  return new IntegrationError({
    code: 'REFUSED',
    message: `DHIS2 refuses ${request.method} ${request.path}: ${named.join(', ')}${errors.length > MAX_NAMED ? '...' : '.'}`,
    fix: 'Correct these properties. The documentation of DHIS2 explains the codes.',
    details: {
      system: 'DHIS2',
      method: request.method,
      path: request.path,
      status: answer.status,
      errors,
    },
  });
}

function readErrors(body: unknown) {
  const { response } = readWebMessage(body);
  const objects = [
    response,
    ...objectsIn(response.typeReports).flatMap(({ objectReports }) => objectsIn(objectReports)),
  ];
  return objects.flatMap(({ uid: id, errorReports }) =>
    objectsIn(errorReports).map(({ errorCode, errorProperty, mainId }) => {
      const property = safeName(errorProperty);
      const named = safeId(id ?? mainId);
      return {
        code: safeCode(errorCode) ?? 'UNKNOWN',
        ...(property ? { property } : {}),
        ...(named ? { id: named } : {}),
      };
    }),
  );
}
