import type { Context } from 'hono';
import type { Dialect } from '../versions/dialect.js';
import { formatMessage, type MessageArg } from './messages.js';
import type { WebMessageFields } from './web-message-fields.js';

const REASONS = {
  200: 'OK',
  201: 'Created',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
  501: 'Not Implemented',
} as const;

export type HttpStatus = keyof typeof REASONS;

/** DHIS2's envelope of an answer that is neither an object nor a list (dhis2 FACTS §6). */
export function webMessage(httpStatusCode: HttpStatus, fields: WebMessageFields): object {
  const { message, errorCode, devMessage, response } = fields;
  return {
    httpStatus: REASONS[httpStatusCode],
    httpStatusCode,
    status: fields.status ?? (httpStatusCode < 400 ? 'OK' : 'ERROR'),
    ...(message === undefined ? {} : { message }),
    ...(devMessage === undefined ? {} : { devMessage }),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(response === undefined ? {} : { response }),
  };
}

/** An answer that ends a request immediately; the app sends it as a WebMessage. */
export class Refusal extends Error {
  constructor(
    readonly httpStatus: HttpStatus,
    readonly fields: WebMessageFields,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(fields.message);
  }
}

/** A refusal with the server's own text for an error code. */
export function codedRefusal(
  httpStatus: HttpStatus,
  dialect: Dialect,
  errorCode: string,
  args: readonly MessageArg[] = [],
): Refusal {
  return new Refusal(httpStatus, { message: formatMessage(dialect, errorCode, args), errorCode });
}

/**
 * A refusal of a request that DHIS2 may understand and the sandbox does not. A test that meets it
 * must fail visibly, instead of continuing with a wrong answer.
 */
export function sandboxRefusal(httpStatus: 400 | 501, what: string): Refusal {
  return new Refusal(httpStatus, {
    message: `The sandbox does not support ${what}. The real DHIS2 may.`,
    errorCode: 'SANDBOX',
  });
}

/** Answers with a WebMessage. */
export function answerWebMessage(c: Context, httpStatus: HttpStatus, fields: WebMessageFields) {
  return c.json(webMessage(httpStatus, fields), httpStatus);
}
