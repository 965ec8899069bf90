import type { GoDataContext, GoDataRequest } from '../context.js';
import {
  accessDenied,
  authorizationRequired,
  missingPermission,
  modelNotFound,
} from '../errors.js';
import type { GoDataRecord, User } from '../types.js';
import { hasPermission } from './permissions.js';

/**
 * The user of a request, who must have a permission if any are named.
 *
 * @param permissions one of them is enough
 * @throws ApiError 401 without a user (r010), 403 without a permission (r233)
 */
export function requireUser(c: GoDataRequest, ...permissions: readonly string[]): User {
  const user = c.get('user');
  if (!user) throw authorizationRequired();
  if (permissions.length > 0 && !permissions.some(one => hasPermission(user, one))) {
    throw missingPermission(...permissions);
  }
  return user;
}

/**
 * The outbreak in the path of a request, `/outbreaks/{id}/...`. Every request except GET for a part
 * of an outbreak requires that it is the user's active outbreak, including POSTs that only read;
 * restores are an exception (godata FACTS §1.6, r217, r232, r244).
 *
 * @throws ApiError 403 for an outbreak that is not on the user's list or not active, 404 for an
 * unknown one
 */
export function requireOutbreak(
  c: GoDataRequest,
  { store }: GoDataContext,
  user: User,
): GoDataRecord {
  const id = c.req.param('id') ?? '';
  if (!mayAccess(user, id)) {
    throw accessDenied(
      "access denied to the given outbreak; the outbreak is not set as one of the user's accessible outbreaks",
    );
  }
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
  const concernsOutbreakItself = /\/outbreaks\/[^/]+$/.test(c.req.path);
  const exempt = reads || concernsOutbreakItself || c.req.path.endsWith('/restore');
  if (!exempt && user.activeOutbreakId !== id) {
    throw accessDenied(
      'access to POST/PUT/DELETE actions on outbreak related data is granted only for the active outbreak',
    );
  }
  const outbreak = store.outbreaks.get(id);
  if (!outbreak) throw modelNotFound('outbreak', id);
  return outbreak;
}

/** Whether an outbreak is on the user's white list, or the user has none. */
export function mayAccess(user: User, outbreakId: string): boolean {
  const { outbreakIds = [] } = user;
  return outbreakIds.length === 0 || outbreakIds.includes(outbreakId);
}
