import type { RawOrgUnit } from '../to-org-unit.js';

/**
 * Whether an entry of a file says where it is in the tree. DHIS2 answers with `id` and `displayName`
 * alone if the request names no fields.
 */
export function hasPlace(entry: unknown): boolean {
  const { parent, path, level } = (entry ?? {}) as Record<string, unknown>;
  return parent != null || path != null || level != null;
}

/**
 * Gives an org unit of a file its position. Some extracts have `parent` and `level`; others have
 * only `path` (`/Root/District/Clinic`), which contains all ancestors and so both (dhis2 FACTS §3).
 * A parent without an id counts as no parent. A level may be a text, as tools for tables write it.
 *
 * @returns the org unit itself, if it has both
 * @example
 * withPlace({ id: 'O6uvpzGd5pu', path: '/ImspTQPwCqd/O6uvpzGd5pu' }); // with parent and level 2
 */
export function withPlace(unit: RawOrgUnit & { path?: unknown }): RawOrgUnit {
  const { parent, path } = unit;
  const given = textOf(parent?.id);
  const level = levelOf(unit.level);
  if (given !== undefined && level !== undefined && level === unit.level) return unit;
  const ancestry = typeof path === 'string' ? path.split('/').filter(id => id !== '') : [];
  const parentId = given ?? ancestry.at(-2);
  const depth = level ?? (ancestry.length > 0 ? ancestry.length : undefined);
  const { level: _level, ...others } = unit;
  return {
    ...others,
    parent: parentId === undefined ? null : { id: parentId },
    ...(depth === undefined ? {} : { level: depth }),
  };
}

function levelOf(value: unknown): number | undefined {
  const level = typeof value === 'string' ? Number(value) : value;
  return Number.isInteger(level) && level !== 0 ? (level as number) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
