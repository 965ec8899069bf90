import { badOption } from '#common/operations/options.js';
import { configurationError } from '#common/reporting/errors.js';
import type { RawOrgUnit } from '../to-org-unit.js';

/** Which org units of a file become roots. */
export interface RootOptions {
  /** Every org unit of this DHIS2 level. */
  rootLevel?: number;
  /** These org units, by id. */
  roots?: string[];
}

/**
 * Finds the roots of the tree in a file: the chosen org units, or those of the highest level in the
 * file. A root below another root is part of its tree.
 *
 * @returns ids
 * @throws IntegrationError `BAD_OPTION` or `UNKNOWN_ROOT` (configuration)
 */
export function findRoots(units: ReadonlyMap<string, RawOrgUnit>, options: RootOptions): string[] {
  const chosen = chooseRoots(units, options);
  const ids = new Set(chosen);
  const isBelowAnother = (id: string) => {
    const seen = new Set([id]);
    for (let at = units.get(id)!.parent?.id; at !== undefined && !seen.has(at); ) {
      if (ids.has(at)) return true;
      seen.add(at);
      at = units.get(at)?.parent?.id;
    }
    return false;
  };
  return [...ids].filter(id => !isBelowAnother(id));
}

function chooseRoots(
  units: ReadonlyMap<string, RawOrgUnit>,
  { roots, rootLevel }: RootOptions,
): string[] {
  if (roots !== undefined && rootLevel !== undefined) {
    throw badOption('roots', 'cannot be used together with rootLevel');
  }
  if (roots !== undefined) {
    if (!Array.isArray(roots) || roots.length === 0) {
      throw badOption('roots', 'must be a list of org unit ids', "For example ['ImspTQPwCqd'].");
    }
    const unknown = roots.filter(id => !units.has(id)).map(id => `"${id}"`);
    if (unknown.length === 0) return roots;
    throw unknownRoot(`There is no org unit ${unknown.join(', ')} in the file.`, units);
  }
  const all = [...units.values()];
  if (rootLevel !== undefined) {
    const atLevel = all.filter(({ level }) => level === rootLevel).map(({ id }) => id);
    if (atLevel.length > 0) return atLevel;
    throw unknownRoot(`There is no org unit of level ${rootLevel} in the file.`, units);
  }
  const tops = all.filter(({ parent }) => !parent || !units.has(parent.id));
  // The parent of an org unit at the top of an extract is not in the file. If this is further down,
  // the parent was lost.
  const highest = tops.reduce(
    (least, { level = 1 }) => Math.min(least, level),
    Number.POSITIVE_INFINITY,
  );
  const found = tops.filter(({ level = 1 }) => level === highest).map(({ id }) => id);
  if (found.length > 0) return found;
  throw unknownRoot(
    'Every org unit of the file has a parent in the file: the parents form a circle.',
    units,
  );
}

function unknownRoot(message: string, units: ReadonlyMap<string, RawOrgUnit>) {
  const levels = new Map<number, number>();
  for (const { level } of units.values()) {
    if (level !== undefined) levels.set(level, (levels.get(level) ?? 0) + 1);
  }
  const listed = [...levels]
    .sort(([a], [b]) => a - b)
    .map(([level, count]) => `${level} (${count})`);
  return configurationError('UNKNOWN_ROOT', message, {
    fix:
      listed.length > 0
        ? `Number of org units at each level: ${listed.join(', ')}.`
        : 'Give the id of the root.',
  });
}
