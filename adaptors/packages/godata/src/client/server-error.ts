import { type ApiAnswer, type ApiRequest, isJsonObject } from '#common/http/index.js';
import { configurationError, IntegrationError } from '#common/reporting/errors.js';
import { logTime, safeCode, safeName } from '#common/reporting/server-text.js';
import { errorIn } from './error-body.js';

/** What some errors say beside their code. */
interface ErrorDetails {
  permissions?: unknown;
  /** Codes of the errors, by property. */
  codes?: unknown;
}

/**
 * Makes an error of an answer with an error status. Uses the server's own message only where it has
 * no content of a record.
 */
export function serverError(
  request: ApiRequest,
  { status, body, headers }: ApiAnswer,
): IntegrationError {
  const given = errorIn(body);
  const serverCode = safeCode(given.code);
  const { permissions, codes }: ErrorDetails = isJsonObject(given.details) ? given.details : {};
  const time = logTime(headers);
  const details = {
    system: 'Go.Data',
    method: request.method,
    path: request.path,
    status,
    serverCode,
  };
  if (serverCode === 'MISSING_REQUIRED_PERMISSION') {
    // The server sends a single permission as a text, not as a list (recording r233).
    return missingPermission(
      [permissions].flat().flatMap(name => safeName(name) ?? []),
      details,
    );
  }
  if (serverCode === 'ACCESS_DENIED') {
    return new IntegrationError({
      code: 'ACCESS_DENIED',
      message:
        'Go.Data refused the account: it may write to its active outbreak only, and read only its own outbreaks.',
      fix: "Add the outbreak to the account's outbreaks, or empty that list.",
      details,
    });
  }
  // For records of an outbreak this error has no code (FACTS §1.5, r101).
  if (
    status === 404 &&
    (serverCode === 'MODEL_NOT_FOUND' || /^No instance with id/.test(String(given.message)))
  ) {
    return configurationError(
      'UNKNOWN_ID',
      `Go.Data has no record with the id ${Object.values(request.params ?? {}).join(', ')} (${request.path}).`,
      {
        fix: 'Check the id. Go.Data does not find deleted records.',
        details,
      },
    );
  }
  if (status === 403 && serverCode === undefined) {
    return new IntegrationError({
      code: 'ACCESS_DENIED',
      message: `Go.Data, or a proxy in front of it, refused ${request.method} ${request.path} (status 403).`,
      fix: 'Check that proxies and firewalls let the jobs reach the API. Check the permissions of the account.',
      details,
    });
  }
  if (status === 401) {
    return new IntegrationError({
      code: 'TOKEN_REFUSED',
      message: 'Go.Data refused a token that it had just issued.',
      fix: 'Give the jobs an account that nobody else uses. Each login of an account ends its other sessions.',
      details,
    });
  }
  if (status === 404 && serverCode === undefined) {
    return configurationError('NOT_FOUND', `Go.Data has no ${request.method} ${request.path}.`, {
      fix: 'Check that apiUrl is the address of the API, which ends in /api.',
      details,
    });
  }
  if (status === 400 || status === 409 || status === 422) {
    const fields = Object.keys(isJsonObject(codes) ? codes : {}).filter(safeName);
    const reason = serverCode ?? (fields.join(', ') || `status ${status}`);
    return new IntegrationError({
      code: 'REFUSED',
      message: `Go.Data refused ${request.method} ${request.path}: ${reason}.`,
      fix: 'Correct what the code or the named properties say. This request wrote nothing.',
      details: { ...details, ...(fields.length > 0 ? { fields } : {}) },
    });
  }
  return new IntegrationError({
    code: 'SERVER_ERROR',
    message: `Go.Data answered ${request.method} ${request.path} with status ${status}${serverCode ? ` (${serverCode})` : ''}.`,
    fix: `Run again. If it fails again, look for this request in the server's log${time ? `, at ${time}` : ''}.`,
    details,
  });
}

/**
 * The error for an account without a permission that the job needs.
 *
 * @param permissions ids as the server names them, `case_list`
 */
export function missingPermission(permissions: string[], details: object): IntegrationError {
  return new IntegrationError({
    code: 'MISSING_PERMISSION',
    message: `The Go.Data account does not have the permission ${permissions.join(', ') || 'that this request needs'}.`,
    fix: 'Give this permission to the role of the account (Go.Data: Users and roles).',
    details: { ...details, permissions },
  });
}
