import { IntegrationError, type IntegrationErrorFields } from '../reporting/errors.js';
import type { ApiAnswer, ApiRequest, SystemName } from './request-types.js';
import { isRetryableStatus } from './retry.js';
import type { RawAnswer } from './transport.js';

/**
 * Reads an answer as JSON. Anything else is an error that says what it looks like: both systems are
 * behind proxies that answer with their own pages, and DHIS2 sends its login page when the request
 * is not logged in (dhis2 FACTS §6). Answers 401 and 403 always reach the client, without a body if
 * it is not JSON.
 *
 * @throws IntegrationError `HTML_ANSWER`, `REDIRECTED`, `TRUNCATED_JSON` or `NOT_JSON`
 */
export function readAnswer(system: SystemName, request: ApiRequest, raw: RawAnswer): ApiAnswer {
  const { status, headers, bytes } = raw;
  const details = { system, method: request.method, path: request.path, status };
  if (status >= 300 && status < 400) {
    throw new IntegrationError({
      code: 'REDIRECTED',
      message: `${system} redirected ${request.method} ${request.path} (status ${status}) instead of answering it.`,
      fix: 'Write the final address into the credential (https, host, path), and check that the account may log in.',
      details,
    });
  }
  if (request.answer === 'bytes' && status < 300) return { status, headers, body: bytes };
  const text = Buffer.from(bytes).toString('utf8');
  if (text.trim() === '') return { status, headers, body: undefined };
  try {
    return { status, headers, body: JSON.parse(text) };
  } catch {
    if (status === 401 || status === 403) return { status, headers, body: undefined };
    throw new IntegrationError({ ...describe(system, request, status, text.trimStart()), details });
  }
}

function describe(
  system: SystemName,
  { method, path }: ApiRequest,
  status: number,
  text: string,
): IntegrationErrorFields {
  const asked = `${method} ${path}`;
  const retryable = isRetryableStatus(status);
  const fix = retryable
    ? 'Run again. If it happens again, check the server and the proxy in front of it.'
    : `Check that the address in the credential is that of ${system}'s API. A proxy, a portal or a login page may answer in its place.`;
  if (text.startsWith('<')) {
    return {
      code: 'HTML_ANSWER',
      message: `A web page came back instead of ${system}'s answer to ${asked} (status ${status}).`,
      fix,
      retryable,
    };
  }
  if (text.startsWith('{') || text.startsWith('[')) {
    return {
      code: 'TRUNCATED_JSON',
      message: `${system}'s answer to ${asked} was cut off (status ${status}).`,
      fix: 'Run again. If it happens again, a proxy cuts long answers: raise its limit or choose a smaller page size.',
      retryable: true,
    };
  }
  return {
    code: 'NOT_JSON',
    message: `The answer to ${asked} is not JSON, so ${system} did not give it (status ${status}).`,
    fix,
    retryable,
  };
}
