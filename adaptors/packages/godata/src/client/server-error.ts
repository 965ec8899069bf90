import type { ApiAnswer, ApiRequest } from '#common/http/index.js';
import { configurationError, IntegrationError } from '#common/reporting/errors.js';

/** The error body of Go.Data (godata FACTS §1.5). */
interface ErrorBody {
  error?: {
    message?: string;
    code?: string;
    details?: {
      permissions?: string | string[];
      accessErrors?: string;
      /** What is wrong, by property. */
      codes?: Record<string, string[]>;
    };
  };
}

/**
 * Turns an answer with an error status into an error for its reader. The server's own message is
 * used only where it holds no record's content.
 */
export function serverError(request: ApiRequest, { status, body }: ApiAnswer): IntegrationError {
  const {
    code: serverCode,
    message: serverMessage = '',
    details: serverDetails,
  } = (body as ErrorBody | undefined)?.error ?? {};
  const details = {
    system: 'Go.Data',
    method: request.method,
    path: request.path,
    status,
    serverCode,
  };
  if (serverCode === 'MISSING_REQUIRED_PERMISSION') {
    // One permission comes as a text, not as a list (recording r233).
    return missingPermission([serverDetails?.permissions ?? []].flat(), details);
  }
  if (serverCode === 'ACCESS_DENIED') {
    return new IntegrationError({
      code: 'ACCESS_DENIED',
      message: `Go.Data refuses the account: ${serverDetails?.accessErrors ?? 'access denied'}.`,
      fix: "Add the outbreak to the account's outbreaks, or clear that list.",
      details,
    });
  }
  // What belongs to an outbreak has no code of its own (FACTS §1.5, r101).
  if (
    status === 404 &&
    (serverCode === 'MODEL_NOT_FOUND' || /^No instance with id/.test(serverMessage))
  ) {
    return configurationError(
      'UNKNOWN_ID',
      `Go.Data knows no id ${Object.values(request.params ?? {}).join(', ')} (${request.path}).`,
      {
        fix: 'Check the id; what is deleted in Go.Data counts as unknown.',
        details,
      },
    );
  }
  if (status === 403 && serverCode === undefined) {
    return new IntegrationError({
      code: 'ACCESS_DENIED',
      message: `Go.Data, or a proxy before it, refuses ${request.method} ${request.path} (status 403).`,
      fix: 'Check that proxies and firewalls let the jobs through to the API, and what the account may do.',
      details,
    });
  }
  if (status === 401) {
    return new IntegrationError({
      code: 'TOKEN_REFUSED',
      message: 'Go.Data refuses a token that it has just given.',
      fix: 'Give the jobs an account that nobody else uses: each login of an account ends its other sessions.',
      details,
    });
  }
  if (status === 404 && serverCode === undefined) {
    return configurationError('NOT_FOUND', `Go.Data has no ${request.method} ${request.path}.`, {
      fix: 'Check that apiUrl is the address of the API: it ends in /api.',
      details,
    });
  }
  if (status === 400 || status === 409 || status === 422) {
    const fields = Object.keys(serverDetails?.codes ?? {});
    const reason = serverCode ?? (fields.join(', ') || `status ${status}`);
    return new IntegrationError({
      code: 'REFUSED',
      message: `Go.Data refuses ${request.method} ${request.path}: ${reason}.`,
      fix: 'Correct what the code or the properties name; nothing was written by this request.',
      details: { ...details, ...(fields.length > 0 ? { fields } : {}) },
    });
  }
  return new IntegrationError({
    code: 'SERVER_ERROR',
    message: `Go.Data answered ${request.method} ${request.path} with status ${status}${serverCode ? ` (${serverCode})` : ''}.`,
    fix: "Run again; if it stays so, look for this request in the server's log.",
    details,
  });
}

/**
 * The account may not do what a job asks of it.
 *
 * @param permissions ids as the server names them, `case_list`
 */
export function missingPermission(permissions: string[], details: object): IntegrationError {
  return new IntegrationError({
    code: 'MISSING_PERMISSION',
    message: `The Go.Data account lacks the permission ${permissions.join(', ') || 'that this needs'}.`,
    fix: 'Give its role this permission (Go.Data: Users and roles).',
    details: { ...details, permissions },
  });
}
