import type { JsonObject } from './types.js';

/** An answer that is an error, in the shape of Go.Data's error handler (godata FACTS §1.5). */
export class ApiError extends Error {
  readonly status: number;
  readonly body: JsonObject;

  constructor(
    status: number,
    message: string,
    rest: { name?: string; code?: string; details?: unknown } = {},
  ) {
    super(message);
    this.status = status;
    const name = rest.name === '' ? {} : { name: rest.name ?? 'Error' };
    const code = rest.code === undefined ? {} : { code: rest.code };
    const details = rest.details === undefined ? {} : { details: rest.details };
    this.body = { error: { statusCode: status, ...name, message, ...code, ...details } };
  }
}

/** 401 of a missing, unknown or replaced token (r010, r011, r017). */
export const authorizationRequired = () =>
  new ApiError(401, 'Authorization Required', { code: 'AUTHORIZATION_REQUIRED' });

/** 401 of the first use of an expired token (r224). */
export const invalidToken = () =>
  new ApiError(401, 'Invalid Access Token', { code: 'INVALID_TOKEN' });

/** 403 of a missing permission (r233); one of those listed would be enough. */
export const missingPermission = (...permissions: readonly string[]) => {
  const list = permissions.join(', ');
  return new ApiError(
    403,
    `Logged in user must have (at least) one of the following permissions to access this endpoint: ${list}.`,
    { code: 'MISSING_REQUIRED_PERMISSION', details: { permissions: list } },
  );
};

/** 403 of an outbreak that this user may not touch, or not now (r232, r244). */
export const accessDenied = (reason: string) =>
  new ApiError(403, `Logged in user doesn't have access this endpoint: ${reason}.`, {
    code: 'ACCESS_DENIED',
    details: { accessErrors: reason },
  });

/** 404 of a model (r091, r102). */
export const modelNotFound = (model: string, id: string) =>
  new ApiError(404, `Unknown "${model}" id "${id}".`, { code: 'MODEL_NOT_FOUND' });

/** 404 of a record that Go.Data's own code looked for (r111, r127). */
export const unknownRecord = (model: string, id: unknown) =>
  new ApiError(404, `Unknown \`${model}\` id \`${id}\``, {
    code: 'MODEL_NOT_FOUND',
    details: { model, id },
  });

/** 404 of a record that belongs to another owner. */
export const unknownRecordOf = (model: string, id: string, ownerModel: string, ownerId: string) =>
  new ApiError(
    404,
    `Unknown \`${model}\` id \`${id}\` in context of \`${ownerModel}\` id \`${ownerId}\``,
    {
      code: 'MODEL_NOT_FOUND_IN_CONTEXT',
      details: { model, id, contextModel: ownerModel, contextId: ownerId },
    },
  );

/** 404 of a relation: it has no code (r100, r101). */
export const instanceNotFound = (model: string, id: string) =>
  new ApiError(404, `No instance with id ${id} found for ${model}`);

/** 500 whose cause shows only its own fields: an Error has none, hence `{}` (r066, r237). */
export const internalError = (error: JsonObject | string = {}) =>
  new ApiError(500, `Internal error: \`${shownCause(error)}\``, {
    name: '',
    code: 'INTERNAL_ERROR',
    details: { error },
  });

const shownCause = (error: JsonObject | string) =>
  typeof error === 'string' ? error : JSON.stringify(error);

/** The sandbox refuses what it does not know of the real server, so that nobody relies on a guess. */
export const notImplemented = (what: string) =>
  new ApiError(400, `The sandbox does not implement ${what}; the real Go.Data may.`, {
    name: 'SandboxError',
    code: 'SANDBOX_NOT_IMPLEMENTED',
  });

/** One broken rule of a LoopBack validation. */
export interface Violation {
  property: string;
  code: string;
  message: string;
  /** As it appears in the message: `undefined`, `"x"`, `Invalid Date`. */
  shown: string;
}

/** 422 of a LoopBack validation (r027, r042, r095). */
export function validationError(model: string, violations: readonly Violation[]): ApiError {
  const codes: Record<string, string[]> = {};
  const messages: Record<string, string[]> = {};
  for (const { property, code, message } of violations) {
    codes[property] = [...(codes[property] ?? []), code];
    messages[property] = [...(messages[property] ?? []), message];
  }
  const list = violations.map(
    ({ property, message, shown }) => `\`${property}\` ${message} (value: ${shown})`,
  );
  const text = `The \`${model}\` instance is not valid. Details: ${list.join('; ')}.`;
  const details = { context: model, codes, messages };
  return new ApiError(422, text, { name: 'ValidationError', details });
}

/** Values in validation messages are cut to 33 characters, quotes included (r095). */
export function shownValue(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 33 ? `${text.slice(0, 26)}...${text.slice(-4)}` : text;
}
