/**
 * What the reader of an error must do next. It decides the exit status of a run: `configuration`
 * (status 2): correct the command line, a credential, a job or its mapping. `failure` (status 1):
 * something outside went wrong; look there and run again.
 */
export type ErrorKind = 'configuration' | 'failure';

/** The fixed fields of every error that an adaptor throws; all of them are safe to log. */
export interface IntegrationErrorFields {
  /** Stable, upper-case name of the problem, for example `LOGIN_FAILED`. */
  code: string;
  /** One sentence: what is wrong. Never a person's name, a secret or a query string. */
  message: string;
  /** One sentence: what to do about it. */
  fix?: string;
  /** Serialisable facts: ids, codes, counts. */
  details?: unknown;
  kind?: ErrorKind;
  /** Whether the same call may succeed if it is made again. */
  retryable?: boolean;
  cause?: unknown;
}

/**
 * The one error class of the adaptors. The engine copies its own enumerable properties into
 * `state.errors[step].details` (contracts: an error thrown from `packages/<name>/dist` keeps them).
 *
 * @example
 * throw new IntegrationError({ code: 'UNKNOWN_OUTBREAK', message: 'No outbreak is named "X".', fix: 'Check the name.', kind: 'configuration' });
 */
export class IntegrationError extends Error {
  override readonly name = 'IntegrationError';
  readonly code: string;
  readonly fix: string | undefined;
  readonly details: unknown;
  readonly kind: ErrorKind;
  readonly retryable: boolean;

  constructor(fields: IntegrationErrorFields) {
    super(fields.message);
    this.code = fields.code;
    this.fix = fields.fix;
    this.details = fields.details;
    this.kind = fields.kind ?? 'failure';
    this.retryable = fields.retryable ?? false;
    if (fields.cause !== undefined) {
      // Not enumerable: a cause can hold a request with its secrets, and must not reach a state.
      Object.defineProperty(this, 'cause', { value: fields.cause, enumerable: false });
    }
  }
}

/**
 * An error that the reader fixes in the configuration, in a job or in its mapping.
 *
 * @example
 * throw configurationError('BAD_OPTION', 'window.last must be a whole number above 0.', { fix: 'For example { last: 12 }.' });
 */
export function configurationError(
  code: string,
  message: string,
  rest: Omit<IntegrationErrorFields, 'code' | 'message' | 'kind'> = {},
): IntegrationError {
  return new IntegrationError({ ...rest, code, message, kind: 'configuration' });
}
