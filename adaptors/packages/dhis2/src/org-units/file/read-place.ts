import type { RawOrgUnit } from '../to-org-unit.js';

/**
 * Says where an org unit of a file stands. Extracts differ in what they have: `parent` and `level`, or
 * `path` alone (`/Root/District/Clinic`), which names all ancestors and so both (dhis2 FACTS §3). A
 * parent without an id is as none.
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
