import { sendJson } from '../../server/index.js';
import { mayAccess, requireUser } from '../auth/authorise.js';
import { hasPermission } from '../auth/permissions.js';
import type { GoDataApp, GoDataContext, GoDataRequest } from '../context.js';
import { ApiError, internalError, missingPermission, modelNotFound } from '../errors.js';
import { toProjection } from '../filter/fields.js';
import { readQueryFilter } from '../filter/parse-filter.js';
import { select } from '../filter/select.js';
import { withoutReadOnly } from '../models.js';
import { readObject } from '../read-body.js';
import type { JsonObject, User } from '../types.js';

/** Fields that control the sandbox or must not be visible. */
const HIDDEN = ['password', 'permissions', 'twoFactor', 'locked'];

/** The fields that everybody who filters by accounts may see. */
const FOR_FILTERS = ['id', 'firstName', 'lastName', 'activeOutbreakId', 'email'];

/** Reading an account and changing it, mainly the active outbreak (godata FACTS §1.6). */
export function addUserRoutes(app: GoDataApp, { store }: GoDataContext): void {
  app.get('/api/users', c => {
    requireUser(c, 'user_list');
    const filter = readQueryFilter(new URL(c.req.url));
    const users = select(store.users.rows, filter, [['createdAt', 1]]);
    return sendJson(c, users.map(toProjection(filter.fields, HIDDEN)));
  });

  // r210
  app.get('/api/users/for-filters', c => {
    requireUser(c, 'user_list_for_filters');
    const filter = readQueryFilter(new URL(c.req.url));
    const users = select(store.users.rows, filter, [['id', 1]]);
    return sendJson(c, users.map(toProjection(FOR_FILTERS)));
  });

  app.get('/api/users/:id', c => {
    const user = findUser(c, 'user_view');
    const { fields } = readQueryFilter(new URL(c.req.url));
    return c.json(toProjection(fields, HIDDEN)(withPermissions(user)));
  });

  app.patch('/api/users/:id', async c => {
    const user = findUser(c, 'user_modify');
    const { id: _id, ...changes } = withoutReadOnly(await readObject(c));
    const isSelf = user.id === c.get('user')?.id;
    // Nobody can raise their own roles; the server silently ignores it (godata FACTS §1.6).
    if (isSelf) delete changes.roleIds;
    const { activeOutbreakId } = changes;
    if (typeof activeOutbreakId === 'string' && !mayAccess(user, activeOutbreakId)) {
      // r234
      throw new ApiError(422, 'Active outbreak not allowed', {
        code: 'ACTIVE_OUTBREAK_NOT_ALLOWED',
      });
    }
    const updated = store.users.update(user.id, changes, c.get('user')?.id);
    return c.json(toProjection(undefined, HIDDEN)(withPermissions(updated)));
  });

  /** The account in the path; one's own needs no permission to see it (godata FACTS §1.3). */
  function findUser(c: GoDataRequest, permission: string): User {
    const caller = requireUser(c);
    const id = c.req.param('id') ?? '';
    const own = id === caller.id;
    const needed = own && permission === 'user_modify' ? 'user_modify_own_account' : permission;
    const open = own && permission === 'user_view';
    if (!open && !hasPermission(caller, needed)) throw missingPermission(needed);
    const user = store.users.get(id);
    if (user) return user;
    throw permission === 'user_view' ? noUserToShow() : modelNotFound('user', id);
  }
}

/**
 * The server adds the permissions to what it found before it checks whether it found anybody: `me`
 * is not an account (common/models/user.js of 2.50.3, attachCustomProperties).
 */
function noUserToShow(): ApiError {
  const message = "Cannot set properties of null (setting 'availablePermissions')";
  return internalError({ message, name: 'TypeError' });
}

/** r024 contains the tree of all permissions here; the sandbox keeps the key and not the tree. */
function withPermissions(user: User): JsonObject {
  return { ...user, availablePermissions: [] };
}
