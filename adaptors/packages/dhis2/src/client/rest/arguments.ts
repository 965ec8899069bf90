import type { Resolvable } from '#common/operations/operation.js';
import { badOption, resolveNested } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';

/** @throws IntegrationError `BAD_OPTION` (configuration) when the value is not a path */
export function resolvePath(given: Resolvable<string>, state: State, name = 'path'): string {
  return requirePath(resolveNested<unknown, State>(given, state), name);
}

/** @throws IntegrationError `BAD_OPTION` (configuration) when the value is not a path */
export function requirePath(path: unknown, name = 'path'): string {
  if (typeof path === 'string' && path !== '') return path;
  throw badOption(name, 'must be a text', "For example 'organisationUnits'.");
}
