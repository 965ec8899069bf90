import { FailureCount } from '#common/http/index.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '../../client/client.js';
import { assertRecord } from '../../client/records/assert-record.js';
import { serverError } from '../../client/server-error.js';
import { toNewLocation, toRestored } from '../plan/diff.js';
import type { LocationTree } from '../plan/location-tree.js';
import type { LocationPlan } from '../plan/plan-batch.js';
import type { LocationUpdate } from '../plan/sequence.js';
import { findObstacle } from './find-obstacle.js';
import { importLocations } from './import-locations.js';
import { isRefusal, refusedLocation } from './refusal.js';

const UPDATE = { method: 'PUT', path: '/locations/{id}' } as const;

/** The part of a plan that is applied. */
type AppliedPlan = Pick<
  LocationPlan,
  'before' | 'creates' | 'restored' | 'after' | 'deactivations'
>;

/**
 * Applies a plan, in its order. A location that the server refuses is rejected, together with every
 * move that depends on it: Go.Data would accept a location below itself, where no user could find
 * it. All other changes are applied.
 *
 * @param now the current locations of Go.Data, updated with every write
 * @returns the rejected locations, by id
 */
export async function applyPlan(
  client: GoDataClient,
  { before, creates, restored, after, deactivations }: AppliedPlan,
  now: LocationTree,
  mark: string,
): Promise<Map<string, Rejected>> {
  const rejected = new Map<string, Rejected>();
  const deactivating = deactivations.map(id => ({ id, changes: { active: false } }));
  const total = before.length + after.length + deactivating.length;
  const failures = new FailureCount(serverError);
  let done = 0;

  async function update({ id, changes }: LocationUpdate): Promise<void> {
    const obstacle = findObstacle(id, changes.parentLocationId, now);
    if (obstacle) {
      rejected.set(id, obstacle);
      return;
    }
    const answer = await client.updateLocation(id, changes);
    if (answer.status < 400) {
      assertRecord(UPDATE, answer.body);
      now.put({ ...now.get(id)!, ...changes });
    } else {
      if (!isRefusal(answer)) throw serverError(UPDATE, answer);
      rejected.set(id, refusedLocation(id, answer));
    }
    failures.note(UPDATE, answer);
    done += 1;
    if (done % 100 === 0 || done === total) {
      console.log(formatProgress({ label: 'changed locations', done, total }));
    }
  }

  for (const one of before) await update(one);
  const locations = creates.map(target => {
    const location = toNewLocation(target, mark);
    return restored.has(location.id) ? toRestored(location) : location;
  });
  for (const one of await importLocations(client, locations)) rejected.set(one.id, one);
  for (const one of locations) if (!rejected.has(one.id)) now.put(one);
  for (const one of [...after, ...deactivating]) await update(one);
  return rejected;
}
