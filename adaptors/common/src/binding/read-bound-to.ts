import type { BoundTo } from '../handover/bound-to.js';
import { isJsonObject } from '../http/index.js';
import { configurationError } from '../reporting/errors.js';

/**
 * Checks what a cursor of the state says that it belongs to. Somebody may have edited the state.
 *
 * @param path where it stands, for the message: `cursor.boundTo`
 * @returns undefined for a cursor of an earlier version
 * @throws IntegrationError `BAD_CURSOR` (configuration)
 */
export function readBoundTo(path: string, given: unknown): BoundTo | undefined {
  if (given === undefined) return undefined;
  const { dhis2, outbreaks, programs, clocks, jobs, mapping, since, owned } = asObject(path, given);
  for (const [key, part] of Object.entries({ outbreaks, programs, clocks })) {
    if (part !== undefined) asTexts(`${path}.${key}`, part);
  }
  for (const [key, part] of Object.entries({ jobs, mapping, since })) {
    if (part !== undefined && typeof part !== 'string') throw badCursor(`${path}.${key}`, 'a text');
  }
  if (owned !== undefined) {
    const counts = Object.values(asObject(`${path}.owned`, owned));
    if (!counts.every(Number.isInteger)) throw badCursor(`${path}.owned`, 'an object of numbers');
  }
  if (dhis2 !== undefined) {
    const { roots, systemId } = asObject(`${path}.dhis2`, dhis2);
    if (roots !== undefined) asTexts(`${path}.dhis2.roots`, roots);
    else if (typeof systemId !== 'string') throw badCursor(`${path}.dhis2.systemId`, 'a text');
  }
  return given as BoundTo;
}

function asObject(path: string, given: unknown): Record<string, unknown> {
  if (isJsonObject(given)) return given;
  throw badCursor(path, 'an object');
}

function asTexts(path: string, given: unknown): void {
  const isOfTexts = Object.values(asObject(path, given)).every(part => typeof part === 'string');
  if (!isOfTexts) throw badCursor(path, 'an object of texts');
}

function badCursor(path: string, expected: string) {
  return configurationError('BAD_CURSOR', `${path} in the state must be ${expected}.`, {
    fix: 'Give the state as the run before left it, or begin without a state.',
  });
}
