import type { ApiAnswer, ApiRequest } from '#common/http/index.js';
import { configurationError, IntegrationError } from '#common/reporting/errors.js';
import { idsIn, logTime, safeCode } from '#common/reporting/server-text.js';
import { isRefusedLogin, refusedLogin } from './refused-login.js';
import { readWebMessage, type WebMessage } from './web-message.js';

/** Builds the error for an answer with an error status. */
export function serverError(request: ApiRequest, answer: ApiAnswer): IntegrationError {
  const { status } = answer;
  const body = readWebMessage(answer.body);
  const { message } = body;
  const errorCode = safeCode(body.errorCode);
  const details = {
    system: 'DHIS2',
    method: request.method,
    path: request.path,
    status,
    serverCode: errorCode,
  };
  if (isRefusedLogin(answer)) return refusedLogin(message, details);
  if (status === 403) {
    const authorities = /\[([A-Z][A-Z0-9_, -]+)\]/.exec(message)?.[1];
    return new IntegrationError({
      code: 'MISSING_PERMISSION',
      message: `DHIS2 refuses ${request.method} ${request.path}${authorities ? `: the account lacks the authority ${authorities}` : ': the account may not do this'}.`,
      fix: 'Give the account a user role with this authority, and share the data set with it.',
      details: { ...details, ...(authorities ? { authorities: authorities.split(/,\s*/) } : {}) },
    });
  }
  if (status === 404) {
    return configurationError('NOT_FOUND', `DHIS2 has no ${request.method} ${request.path}.`, {
      // An address outside DHIS2's API does not answer with a web message.
      fix: body.httpStatusCode
        ? 'Check the id. The object does not exist, or the account may not see it.'
        : 'Check that hostUrl is the address of DHIS2, with its context path and without /api.',
      details,
    });
  }
  return new IntegrationError({
    code: 'SERVER_ERROR',
    message: `DHIS2 answered ${request.method} ${request.path} with status ${status}${errorCode ? ` (${errorCode})` : ''}.`,
    fix: fixOf(request, status, body, logTime(answer.headers)),
    details: { ...details, ...named(message, request), ...at(answer) },
  });
}

/** The ids of the request that the server's message names. */
function named(message: string, request: ApiRequest): { ids?: string[] } {
  const ids = idsIn(message, request);
  return ids.length > 0 ? { ids } : {};
}

function at({ headers }: ApiAnswer): { at?: string } {
  const time = logTime(headers);
  return time ? { at: time } : {};
}

/** Error code of an SQL query that the server built wrongly itself (dhis2 LIVE, "Order", 208, 209). */
const FAULTY_QUERY = 'E7145';

/** What to do about a failure. Running again is suggested only where the server may answer differently. */
function fixOf(
  { method }: ApiRequest,
  status: number,
  body: WebMessage,
  time: string | undefined,
): string {
  const log = `look for this request in the server's log${time ? `, at ${time}` : ''}`;
  if (body.errorCode === FAULTY_QUERY) {
    return 'This is a fault of this version of DHIS2; running again does not help. Remove the order or the filter of this request, or upgrade DHIS2. Report it with the version and this request.';
  }
  if (status < 500) {
    return `Correct the parameters or the data of this request. DHIS2 will give the same answer each time. For what it says itself, ${log}.`;
  }
  // DHIS2 answers with 500 to dates, coordinates and numbers that it cannot read (dhis2 LIVE 176,
  // 243, 244).
  if (status === 500 && method !== 'GET' && body.httpStatusCode === 500) {
    return `Check the dates, coordinates and numbers in the request: DHIS2 gives this answer when it cannot read one. If they are correct, ${log}.`;
  }
  return `Run again. If it still fails, ${log}.`;
}
