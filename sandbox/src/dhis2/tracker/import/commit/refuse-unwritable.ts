import { Refusal } from '#sandbox/dhis2/http/web-message.js';
import type { Dhis2Store } from '#sandbox/dhis2/store/dhis2-store.js';
import type { ImportDialect } from '../../dialect.js';
import type { Bundle } from '../bundle.js';
import type { Payload, PayloadValue } from '../payload.js';

/**
 * Refuses payloads that only the server's database refuses, so that the whole import fails with
 * status 500: since 2.43 a new tracked entity twice (recording 186), before that an attribute twice
 * that the tracked entity does not have yet (recording 187).
 *
 * @throws Refusal 500
 */
export function refuseUnwritable(
  store: Dhis2Store,
  dialect: ImportDialect,
  bundle: Bundle,
  payload: Payload,
): void {
  const twice = bundle.twice.find(one => payload[one.kind].some(({ uid }) => uid === one.uid));
  if (twice && dialect.failsForObjectTwice) {
    throw new Refusal(500, {
      message:
        'ERROR: duplicate key value violates unique constraint "trackedentityinstance_pkey"\n  Detail: Key (trackedentityid)=(7) already exists.',
    });
  }
  if (!dialect.failsForAttributeTwice) return;
  for (const one of payload.trackedEntities) refuseAttributeTwice(store, one.uid, one.attributes);
  for (const one of payload.enrollments) {
    refuseAttributeTwice(store, one.trackedEntity!, one.attributes);
  }
}

function refuseAttributeTwice(
  { tracker }: Dhis2Store,
  trackedEntity: string,
  values: readonly PayloadValue[],
): void {
  const before = tracker.get('trackedEntities', trackedEntity)?.attributes ?? [];
  const stored = new Set(before.map(({ attribute }) => attribute));
  const seen = new Set<string>();
  for (const { id, value } of values) {
    if (id === undefined || value === undefined || stored.has(id)) continue;
    if (seen.has(id)) {
      throw new Refusal(500, {
        message: `A different object with the same identifier value was already associated with the session : [org.hisp.dhis.trackedentityattributevalue.TrackedEntityAttributeValue#TrackedEntityAttributeValue(attribute=${id}, trackedEntity=${trackedEntity})]`,
      });
    }
    seen.add(id);
  }
}
