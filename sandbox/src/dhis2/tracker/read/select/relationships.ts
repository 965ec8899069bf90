import type { SeedUser } from '#sandbox/dhis2/accounts/types.js';
import type { ServerContext } from '#sandbox/dhis2/server-context.js';
import { Access } from '../../access.js';
import type { Relationship } from '../../types.js';
import { orderedObjects } from '../order.js';
import type { Param, RenamedParam, TrackerParams } from '../params.js';
import { notFound, type Selection } from './selection.js';

const TRACKED_ENTITY: RenamedParam = { name: 'trackedEntity', since: 41, old: 'tei', until: 40 };

export const RELATIONSHIP_PARAMS: readonly Param[] = [TRACKED_ENTITY, 'enrollment', 'event'];

/**
 * The relationships of one object, at either end (dhis2 FACTS §4.2).
 *
 * @throws Refusal when the request does not name one object, or the object does not exist
 */
export function selectRelationships(
  { store, dialect }: ServerContext,
  user: SeedUser,
  params: TrackerParams,
): Selection<Relationship> {
  const asked = [
    ['trackedEntities', params.uid(TRACKED_ENTITY)],
    ['enrollments', params.uid('enrollment')],
    ['events', params.uid('event')],
  ] as const;
  const [owner, other] = asked.filter(([, id]) => id !== undefined);
  if (!owner) {
    // Recording 325.
    throw params.bad("Missing required parameter 'trackedEntity', 'enrollment' or 'event'.");
  }
  if (other) {
    throw params.bad(
      'Exactly one of a tracked entity, an enrollment or an event must be specified.',
    );
  }
  const [kind, id = ''] = owner;
  const includesDeleted = params.flag('includeDeleted');
  const object = store.tracker.get(kind, id);
  if (!object || (object.deleted && !includesDeleted)) {
    throw notFound(kind, id);
  }
  const access = new Access(store, user);
  const related = new Set(store.tracker.relationshipsOf(id).map(one => one.relationship));
  const objects = orderedObjects(store.tracker, params, 'relationships', dialect).filter(
    one =>
      related.has(one.relationship) &&
      (includesDeleted || !one.deleted) &&
      access.canSeeRelationship(one),
  );
  return { objects, access, includesDeleted };
}
