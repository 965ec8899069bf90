import { IntegrationError, type IntegrationErrorFields } from '../reporting/errors.js';
import type { ApiRequest, SystemName } from './request-types.js';

/** A kind of failure, by what the reader can do. */
interface Row extends Pick<IntegrationErrorFields, 'code' | 'fix' | 'retryable'> {
  /** The codes of Node's sockets and of undici that mean it. */
  of: RegExp;
  says: string;
}

const UNKNOWN_HOST: Row = {
  of: /ENOTFOUND/,
  code: 'UNKNOWN_HOST',
  says: 'its host name is not known',
  fix: 'Check the address in the credential, and the name service of this machine.',
};

const ROWS: readonly Row[] = [
  UNKNOWN_HOST,
  { ...UNKNOWN_HOST, of: /EAI_AGAIN/, retryable: true },
  {
    of: /REFUSED|UNREACH/,
    code: 'CONNECTION_REFUSED',
    says: 'nothing answers at its address and port',
    fix: 'Check the address and port in the credential, and that the server runs.',
    retryable: true,
  },
  {
    of: /TIMEDOUT|TIMEOUT/,
    code: 'TIMEOUT',
    says: 'no answer came in time',
    fix: 'Run again. If it happens again, check the load of the server.',
    retryable: true,
  },
  {
    of: /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS_/,
    code: 'CERTIFICATE_ERROR',
    says: 'its certificate is not trusted',
    fix: 'Check the host name and the dates of the certificate. If its authority is your own, tell Node with NODE_EXTRA_CA_CERTS.',
  },
  {
    // Other codes of TLS are of connections that broke off later, and may succeed at the next try.
    of: /^EPROTO$|^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/,
    code: 'TLS_ERROR',
    says: 'no secure connection could be made',
    fix: 'Check that the address begins with the scheme that the server uses, http or https.',
  },
  // ECONNRESET, EPIPE, UND_ERR_SOCKET, a body that ends early, and what nobody has named.
  {
    of: /^/,
    code: 'CONNECTION_LOST',
    says: 'the connection was lost',
    fix: 'Run again. If it happens again, check the proxy and the server, and whether its address needs https.',
    retryable: true,
  },
];

/**
 * Turns a failed connection into an error: system, path template, and the name of the cause.
 *
 * @param thrown whatever the transport threw
 */
export function networkError(
  system: SystemName,
  request: ApiRequest,
  thrown: unknown,
): IntegrationError {
  const cause = causeCode(thrown);
  const { code, says, fix, retryable } = ROWS.find(({ of }) => of.test(cause))!;
  return new IntegrationError({
    code,
    message: `${system} cannot be reached: ${says}.`,
    fix,
    details: { system, method: request.method, path: request.path, cause },
    retryable,
    cause: thrown,
  });
}

function causeCode(thrown: unknown): string {
  for (
    let error = thrown as { code?: unknown; cause?: unknown; errors?: unknown[] } | undefined;
    error;
  ) {
    if (typeof error.code === 'string') return error.code;
    error = (error.cause ?? error.errors?.[0]) as typeof error;
  }
  return 'UNKNOWN';
}
