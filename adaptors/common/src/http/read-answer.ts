import { IntegrationError } from '../errors.js';
import type { ApiAnswer, ApiRequest, SystemName } from './request-types.js';
import type { RawAnswer } from './transport.js';

/**
 * Reads an answer as JSON. What is no JSON is an error that says what it looks like: both systems
 * sit behind proxies that answer with pages of their own, and DHIS2 sends its login page where it
 * means "not logged in" (dhis2 FACTS §6).
 *
 * @throws IntegrationError `HTML_ANSWER`, `REDIRECTED`, `TRUNCATED_JSON` or `NOT_JSON`
 */
export function readAnswer(system: SystemName, request: ApiRequest, raw: RawAnswer): ApiAnswer {
  const { status, headers, text } = raw;
  const details = { system, method: request.method, path: request.path, status };
  if (status >= 300 && status < 400) {
    throw new IntegrationError({
      code: 'REDIRECTED',
      message: `${system} sent the request elsewhere (status ${status}) instead of answering it.`,
      fix: 'Give the final address in the credential (https, host, path), and check that the account may log in.',
      details,
    });
  }
  const trimmed = text.trimStart();
  if (trimmed === '') return { status, headers, body: undefined };
  if (trimmed.startsWith('<')) {
    throw new IntegrationError({
      code: 'HTML_ANSWER',
      message: `A web page came back instead of an answer of ${system} (status ${status}).`,
      fix: `Check that the address in the credential is that of ${system}'s API; a proxy, a portal or a login page may be in between.`,
      details,
      retryable: status >= 500,
    });
  }
  try {
    return { status, headers, body: JSON.parse(text) };
  } catch {
    const truncated = trimmed.startsWith('{') || trimmed.startsWith('[');
    throw new IntegrationError({
      code: truncated ? 'TRUNCATED_JSON' : 'NOT_JSON',
      message: truncated
        ? `An answer of ${system} broke off in the middle.`
        : `An answer came that ${system} does not give (status ${status}).`,
      fix: truncated
        ? 'Run again; if it stays so, a proxy cuts long answers: raise its limit or choose a smaller page size.'
        : `Check that the address in the credential is that of ${system}'s API.`,
      details,
      retryable: truncated || status >= 500,
    });
  }
}
