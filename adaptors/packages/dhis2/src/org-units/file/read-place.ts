import type { RawOrgUnit } from '../to-org-unit.js';

/**
 * Reads the position of an org unit in a file. Some extracts have `parent` and `level`; others have
 * only `path` (`/Root/District/Clinic`), which contains all ancestors and so both (dhis2 FACTS §3).
 * A parent without an id counts as no parent.
 *
 * @example
 * readPlace({ path: '/ImspTQPwCqd/O6uvpzGd5pu' }); // { parent: { id: 'ImspTQPwCqd' }, level: 2 }
 */
export function readPlace({
  parent,
  level,
  path,
}: Partial<RawOrgUnit> & { path?: unknown }): Pick<RawOrgUnit, 'parent' | 'level'> {
  const ancestry = typeof path === 'string' ? path.split('/').filter(id => id !== '') : [];
  const parentId = textOf(parent?.id) ?? ancestry.at(-2);
  const depth = level ?? (ancestry.length > 0 ? ancestry.length : undefined);
  return {
    parent: parentId === undefined ? null : { id: parentId },
    ...(depth === undefined ? {} : { level: depth }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
