import type { SeedUser } from '../accounts/types.js';
import type { Ref } from '../metadata/object-types.js';
import { uidOf } from './fixed-uid.js';

/** A personal access token of the user `integration`, of the first form (dhis2 FACTS §6). */
export const DEMO_TOKEN = 'd2pat_Kq7RwZ2mXc9LbT4vNpY6sDfG1hJ3aE8u0066363245';

/**
 * The accounts of a sandbox: `integration`, which enters data and edits org units, and `admin`, which
 * has every authority.
 *
 * @param roots org units below which both capture data
 */
export function createUsers(roots: Ref[]): SeedUser[] {
  return [
    {
      id: uidOf('user integration'),
      username: 'integration',
      ...{ firstName: 'Integration', surname: 'Account' },
      userRoles: [{ id: uidOf('role integration'), name: 'Integration' }],
      password: 'Integration-1!',
      authorities: ['F_DATAVALUE_ADD', 'F_ORGANISATIONUNIT_ADD', 'F_ORGANISATIONUNIT_MOVE'],
      organisationUnits: roots,
      tokens: [DEMO_TOKEN],
    },
    {
      id: uidOf('user admin'),
      username: 'admin',
      ...{ firstName: 'admin', surname: 'admin' },
      // Every server initially has this account, with this role and password.
      userRoles: [{ id: 'yrB6vc5Ip3r', name: 'Superuser' }],
      password: 'district',
      authorities: ['ALL'],
      organisationUnits: roots,
    },
  ];
}
