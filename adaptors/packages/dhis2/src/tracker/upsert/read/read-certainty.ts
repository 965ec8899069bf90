import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import { readAccount } from '#dhis2/client/account.js';
import type { Dhis2Client } from '#dhis2/client/client.js';

/**
 * How the account can tell that no other program has a tracked entity.
 *
 * - `seen`: the account has the authority ALL, and sees every enrollment.
 * - `checked`: DHIS2 refuses to delete a tracked entity that has an enrollment, seen or not
 * (E1100), because the account lacks F_TEI_CASCADE_DELETE.
 * - `unknown`: an account that does not see a program sees no enrollments of it, and deletes them
 * together with the tracked entity.
 */
export type Certainty = 'seen' | 'checked' | 'unknown';

const CASCADE = 'F_TEI_CASCADE_DELETE';

/** One request if a batch deletes people; otherwise none. */
export async function readCertainty(
  client: Dhis2Client,
  { entities, whenDeleted }: Pick<MappedTrackedEntityBatch, 'entities' | 'whenDeleted'>,
): Promise<Certainty> {
  if (whenDeleted !== 'delete' || !entities.some(({ deleted }) => deleted)) return 'unknown';
  const { authorities } = await readAccount(client);
  if (authorities.has('ALL')) return 'seen';
  return authorities.has(CASCADE) ? 'unknown' : 'checked';
}
