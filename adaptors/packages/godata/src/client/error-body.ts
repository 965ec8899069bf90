import { isJsonObject } from '#common/http/index.js';

/** The parts of an error answer (godata FACTS §1.5), whatever they hold. */
export interface ErrorParts {
  code?: unknown;
  name?: unknown;
  message?: unknown;
  details?: unknown;
}

/** The error in an answer. Empty if the body is none of Go.Data's. */
export function errorIn(body: unknown): ErrorParts {
  return isJsonObject(body) && isJsonObject(body.error) ? body.error : {};
}
