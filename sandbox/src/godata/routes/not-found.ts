import type { GoDataRequest } from '../context.js';
import { ApiError, notImplemented } from '../errors.js';

/** The first words of the real server's paths, with the classes that messages name. */
const CLASSES: Readonly<Record<string, string>> = {
  outbreaks: 'outbreak',
  users: 'user',
  locations: 'location',
  'reference-data': 'referenceData',
  'system-settings': 'systemSettings',
};

/** First words of what the sandbox does not serve at all. */
const OTHERS = new Set([
  ...['audit-logs', 'backups', 'captcha', 'client-applications', 'database-export-logs', 'devices'],
  ...['export-logs', 'filter-mappings', 'help-categories', 'help-items', 'icons', 'import-logs'],
  ...['import-mappings', 'import-results', 'importable-files', 'languages', 'logs'],
  ...['restore-logs', 'roles', 'security-questions', 'sync', 'sync-logs', 'teams', 'templates'],
]);

/**
 * The answer to a request that no route handles: 404 if the real server has no such route either,
 * with a known class (r033, r099) or without one (r213); otherwise the sandbox refuses.
 */
export function routeNotFound(c: GoDataRequest): ApiError {
  const { method } = c.req;
  const [first = '', ...rest] = segmentsOf(c);
  if (CLASSES[first] === undefined && !OTHERS.has(first)) {
    return new ApiError(
      404,
      `There is no method to handle ${method} /${[first, ...rest].join('/')}`,
    );
  }
  const isMissing =
    (method === 'PUT' && first === 'users') ||
    (method === 'PATCH' && first === 'outbreaks' && rest.length > 1);
  return isMissing ? methodNotFound(c) : notImplemented(`${method} ${c.req.path}`);
}

/** 404 of a class that has no such route, in this version or in any (r099). */
export function methodNotFound(c: GoDataRequest): ApiError {
  const [first = '', ...rest] = segmentsOf(c);
  const method = `${c.req.method} /${rest.join('/')}`;
  return new ApiError(404, `Shared class "${CLASSES[first]}" has no method handling ${method}`);
}

function segmentsOf(c: GoDataRequest): string[] {
  return c.req.path
    .replace(/^\/api(?=\/)/, '')
    .split('/')
    .slice(1);
}
