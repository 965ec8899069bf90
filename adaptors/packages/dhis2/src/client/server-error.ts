import type { ApiAnswer, ApiRequest } from '#common/http/index.js';
import { configurationError, IntegrationError } from '#common/reporting/errors.js';
import { redactMessage } from './redact-message.js';
import { isRefusedLogin, refusedLogin } from './refused-login.js';

/** The envelope of DHIS2's errors (dhis2 FACTS §6). */
interface WebMessage {
  message?: string;
  errorCode?: string;
  httpStatusCode?: number;
}

/** Turns an answer with an error status into an error for its reader. */
export function serverError(request: ApiRequest, answer: ApiAnswer): IntegrationError {
  const { status } = answer;
  const body = (answer.body as WebMessage | undefined) ?? {};
  const { message = '', errorCode } = body;
  const details = {
    system: 'DHIS2',
    method: request.method,
    path: request.path,
    status,
    serverCode: errorCode,
  };
  if (isRefusedLogin(answer)) return refusedLogin(message, details);
  if (status === 403) {
    const authorities = /\[([\w, -]+)\]/.exec(message)?.[1];
    return new IntegrationError({
      code: 'MISSING_PERMISSION',
      message: `DHIS2 refuses ${request.method} ${request.path}${authorities ? `: the account lacks the authority ${authorities}` : ': the account may not do this'}.`,
      fix: 'Give the account a user role with this authority, and sharing on the data set.',
      details: { ...details, ...(authorities ? { authorities: authorities.split(/,\s*/) } : {}) },
    });
  }
  if (status === 404) {
    return configurationError('NOT_FOUND', `DHIS2 has no ${request.method} ${request.path}.`, {
      // What is no address of DHIS2's API has no message of its form.
      fix: body.httpStatusCode
        ? 'Check the id: there is no such object, or the account may not see it.'
        : 'Check that hostUrl is the address of DHIS2, with its context path and without /api.',
      details,
    });
  }
  return new IntegrationError({
    code: 'SERVER_ERROR',
    message: `DHIS2 answered ${request.method} ${request.path} with status ${status}${errorCode ? ` (${errorCode})` : ''}${message ? `: ${redactMessage(message)}` : '.'}`,
    fix: fixOf(request, status, body),
    details,
  });
}

/** A query that the server has written wrongly itself (dhis2 LIVE, "Order", 208, 209). */
const FAULTY_QUERY = 'E7145';

/** What helps against a failure: running again does so only where the server may answer otherwise. */
function fixOf({ method }: ApiRequest, status: number, body: WebMessage): string {
  if (body.errorCode === FAULTY_QUERY) {
    return 'This is a fault of this version of DHIS2, and running again does not help: leave out the order or the filter that the message names, or upgrade DHIS2; report it with its version and this request.';
  }
  if (status < 500) {
    return 'Correct the parameters or the data of this request: DHIS2 answers so whenever it is sent.';
  }
  // Dates, coordinates and numbers that it cannot read are status 500 (dhis2 LIVE 176, 243, 244).
  if (status === 500 && method !== 'GET' && body.httpStatusCode === 500) {
    return "Look at the dates, coordinates and numbers of what was sent: DHIS2 answers so to those that it cannot read. If they are right, look for this request in the server's log.";
  }
  return "Run again; if it stays so, look for this request in the server's log.";
}
