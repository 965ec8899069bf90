import type { Resolvable } from '../../../../common/src/operation.js';
import { badOption, resolveNested } from '../../../../common/src/options.js';
import type { State } from '../../../../common/src/report.js';

/** @throws IntegrationError `BAD_OPTION` (configuration) for what is no path */
export function resolvePath(given: Resolvable<string>, state: State, name = 'path'): string {
  return requirePath(resolveNested<unknown, State>(given, state), name);
}

/** @throws IntegrationError `BAD_OPTION` (configuration) for what is no path */
export function requirePath(path: unknown, name = 'path'): string {
  if (typeof path === 'string' && path !== '') return path;
  throw badOption(name, 'must be a text', "For example 'organisationUnits'.");
}
