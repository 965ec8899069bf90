import { castRecord } from '../casts/cast.js';
import type { GoDataContext } from '../context.js';
import { ApiError, shownValue, type Violation, validationError } from '../errors.js';
import { OUTBREAK_DEFAULTS, OUTBREAK_REQUIRED, withoutReadOnly } from '../models.js';
import type { GoDataRecord, JsonObject, User } from '../types.js';
import { badDates, missingFields, notUnique } from './validate.js';

/** One run of 9s, no parentheses; the message shows this expression (r260). */
const MASK = /^(?:9*[^9()]*|[^9()]*9*[^9()]*|[^9()]*9*)$/;

/**
 * Creates an outbreak. Disease, countries and locations are not checked (r261).
 *
 * @throws ApiError 422 (r027, r029, r260)
 */
export function createOutbreak(context: GoDataContext, body: JsonObject, user: User): GoDataRecord {
  const { store, dialect } = context;
  const values = {
    ...OUTBREAK_DEFAULTS,
    ...dialect.defaultMasks,
    ...castRecord('outbreak', withoutReadOnly(body)),
  };
  refuse([
    ...missingFields(values, OUTBREAK_REQUIRED),
    ...badDates(values),
    ...badMasks(values),
    ...takenName(context, values),
  ]);
  const outbreak = store.outbreaks.create(structuredClone(values), user.id);
  if (user.outbreakIds && user.outbreakIds.length > 0) {
    // Otherwise its creator could not see it (godata FACTS §1.6).
    const outbreakIds = [...user.outbreakIds, outbreak.id];
    store.users.update(user.id, { outbreakIds }, user.id);
  }
  return outbreak;
}

/** Changes what is sent; the rest stays, by PUT and PATCH alike (r216). @throws ApiError 422 */
export function updateOutbreak(
  context: GoDataContext,
  outbreak: GoDataRecord,
  body: JsonObject,
  user: User,
): GoDataRecord {
  const { id: _id, ...changes } = castRecord('outbreak', withoutReadOnly(body));
  const all = { ...outbreak, ...changes };
  refuse([
    // Fields that a seed omits may stay absent.
    ...missingFields(
      all,
      OUTBREAK_REQUIRED.filter(name => name in changes),
    ),
    ...badDates(changes),
    ...badMasks(changes),
    ...takenName(context, all),
  ]);
  return context.store.outbreaks.update(outbreak.id, changes, user.id);
}

/** @throws ApiError 422 if the outbreak is the active one of any user (r162) */
export function deleteOutbreak({ store }: GoDataContext, id: string, user: User): void {
  if (store.users.list().some(one => one.activeOutbreakId === id)) {
    const message = `The outbreak (id: \`${id}\`) is active for at least another user. Cannot delete an active outbreak.`;
    throw new ApiError(422, message, { code: 'DELETE_ACTIVE_OUTBREAK', details: { id } });
  }
  store.outbreaks.delete(id, user.id);
}

function takenName({ store }: GoDataContext, outbreak: JsonObject): Violation[] {
  const taken = store.outbreaks
    .list()
    .some(other => other.name === outbreak.name && other.id !== outbreak.id);
  return taken ? [notUnique('name', outbreak.name)] : [];
}

function badMasks(values: JsonObject): Violation[] {
  return Object.entries(values)
    .filter(([name, mask]) => name.endsWith('IdMask') && !MASK.test(String(mask)))
    .map(([property, mask]) => ({
      property,
      code: 'format',
      message: `format is invalid. It should match ${MASK}`,
      shown: shownValue(mask),
    }));
}

function refuse(violations: readonly Violation[]): void {
  if (violations.length > 0) throw validationError('outbreak', violations);
}
