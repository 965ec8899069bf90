import type { User } from '../types.js';

/** Groups of permissions, the longest names first: `contact_of_contact` is not a `contact` (r024). */
const GROUPS = [
  'contact_of_contact',
  'reference_data',
  'system_settings',
  'relationship',
  'lab_result',
  'follow_up',
  'duplicate',
  'outbreak',
  'location',
  'language',
  'contact',
  'cluster',
  'event',
  'case',
  'user',
];

/**
 * Whether a user has a permission, by itself or through `<group>_all` (r019, r233).
 *
 * @example
 * hasPermission({ ...user, permissions: ['location_all'] }, 'location_create'); // true
 */
export function hasPermission(user: User, permission: string): boolean {
  if (!user.permissions) return true;
  const group = GROUPS.find(name => permission.startsWith(`${name}_`));
  return user.permissions.includes(permission) || user.permissions.includes(`${group}_all`);
}
