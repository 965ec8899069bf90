import { IntegrationError, type IntegrationErrorFields } from '../reporting/errors.js';
import type { ApiRequest, SystemName } from './request-types.js';

type Row = Pick<IntegrationErrorFields, 'code' | 'kind' | 'retryable'> & {
  says: string;
  fix: string;
};

const UNKNOWN_HOST: Row = {
  code: 'UNKNOWN_HOST',
  says: 'its host name is not known',
  fix: 'Check the address in the credential, and the name service of this machine.',
};
const REFUSED: Row = {
  code: 'CONNECTION_REFUSED',
  says: 'nothing answers at its address and port',
  fix: 'Check the address and port in the credential, and that the server runs.',
  retryable: true,
};
const LOST: Row = {
  code: 'CONNECTION_LOST',
  says: 'the connection was lost',
  fix: 'Run again. If it happens again, check the proxy and the server.',
  retryable: true,
};
const TIMEOUT: Row = {
  code: 'TIMEOUT',
  says: 'no answer came in time',
  fix: 'Run again. If it happens again, check the load of the server.',
  retryable: true,
};
const TLS: Row = {
  code: 'TLS_ERROR',
  says: 'no secure connection could be made',
  fix: 'Check that the address begins with the scheme that the server uses, http or https.',
};
const CERTIFICATE: Row = {
  code: 'CERTIFICATE_ERROR',
  says: 'its certificate is not trusted',
  fix: 'Correct the certificate of the server, or tell Node its certificate authority with NODE_EXTRA_CA_CERTS.',
};

/** Error codes of Node's sockets and of undici, by what the reader can do. */
const ROWS: Record<string, Row> = {
  ENOTFOUND: UNKNOWN_HOST,
  EAI_AGAIN: { ...UNKNOWN_HOST, retryable: true },
  ECONNREFUSED: REFUSED,
  EHOSTUNREACH: REFUSED,
  ENETUNREACH: REFUSED,
  ECONNRESET: LOST,
  EPIPE: LOST,
  UND_ERR_SOCKET: LOST,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: LOST,
  ETIMEDOUT: TIMEOUT,
  UND_ERR_CONNECT_TIMEOUT: TIMEOUT,
  UND_ERR_HEADERS_TIMEOUT: TIMEOUT,
  UND_ERR_BODY_TIMEOUT: TIMEOUT,
  EPROTO: TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: TLS,
};
const CERTIFICATE_CODE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS_/;

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
  const code = causeCode(thrown);
  const row = ROWS[code] ?? (CERTIFICATE_CODE.test(code) ? CERTIFICATE : LOST);
  return new IntegrationError({
    code: row.code,
    message: `${system} cannot be reached: ${row.says}.`,
    fix: row.fix,
    details: { system, method: request.method, path: request.path, cause: code },
    ...(row.kind ? { kind: row.kind } : {}),
    retryable: row.retryable ?? row === LOST,
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
