import type { GoDataRequest } from '../context.js';
import { ApiError } from '../errors.js';

/** The classes that share their methods over the API, by the first part of their paths. */
const CLASSES: Readonly<Record<string, string>> = {
  outbreaks: 'outbreak',
  users: 'user',
  locations: 'location',
  'reference-data': 'referenceData',
  'system-settings': 'systemSettings',
};

/** 404 of a route that does not exist: of a known class (r033, r099) or of none (r213). */
export function routeNotFound(c: GoDataRequest): ApiError {
  const path = c.req.path.replace(/^\/api(?=\/)/, '');
  const [, first = '', ...rest] = path.split('/');
  const name = CLASSES[first];
  if (name === undefined)
    return new ApiError(404, `There is no method to handle ${c.req.method} ${path}`);
  const method = `${c.req.method} /${rest.join('/')}`;
  return new ApiError(404, `Shared class "${name}" has no method handling ${method}`);
}
