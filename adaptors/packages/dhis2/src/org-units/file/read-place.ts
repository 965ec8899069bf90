import type { RawOrgUnit } from '../to-org-unit.js';

/**
 * Gives an org unit of a file its position. Some extracts have `parent` and `level`; others have
 * only `path` (`/Root/District/Clinic`), which contains all ancestors and so both (dhis2 FACTS §3).
 * A parent without an id counts as no parent.
 *
 * @returns the org unit itself, if it has both
 * @example
 * withPlace({ id: 'O6uvpzGd5pu', path: '/ImspTQPwCqd/O6uvpzGd5pu' }); // with parent and level 2
 */
export function withPlace(unit: RawOrgUnit & { path?: unknown }): RawOrgUnit {
  const { parent, level, path } = unit;
  const given = textOf(parent?.id);
  if (given !== undefined && level !== undefined) return unit;
  const ancestry = typeof path === 'string' ? path.split('/').filter(id => id !== '') : [];
  const parentId = given ?? ancestry.at(-2);
  const depth = level ?? (ancestry.length > 0 ? ancestry.length : undefined);
  return {
    ...unit,
    parent: parentId === undefined ? null : { id: parentId },
    ...(depth === undefined ? {} : { level: depth }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
