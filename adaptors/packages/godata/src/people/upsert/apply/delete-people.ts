import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { PlannedPerson } from '../plan/planned-person.js';
import { chunksOf, readRelationships } from '../read/existing-related.js';
import { attempt } from './refusals.js';

const MAX_IDS = 400;

/**
 * Deletes people who were deleted in the source. With a case, Go.Data also deletes its contacts
 * without another exposure (FACTS §5.5). Those who must stay are restored.
 */
export async function deletePeople(
  client: GoDataClient,
  outbreakId: string,
  deletes: readonly PlannedPerson[],
  rejected: Rejected[],
): Promise<void> {
  if (deletes.length === 0) return;
  const outbreak = client.outbreak(outbreakId);
  const toDelete = new Set(deletes.map(({ id }) => id));
  const cases = deletes.filter(({ path }) => path === 'cases').map(({ id }) => id);
  const contacts = new Set(
    (await readRelationships(client, outbreakId, cases)).flatMap(({ persons }) =>
      (persons ?? []).flatMap(({ id, type }) =>
        id && type?.endsWith('_CONTACT') && !toDelete.has(id) ? [id] : [],
      ),
    ),
  );
  for (const { id, path, person } of deletes) {
    const records = path === 'cases' ? outbreak.cases : outbreak.contacts;
    await attempt(person.kind, person.id, rejected, () => records.remove(id));
  }
  for (const ids of chunksOf([...contacts], MAX_IDS)) {
    const taken = await outbreak.contacts.list({
      where: { id: { inq: ids }, deleted: true },
      deleted: true,
      fields: ['id'],
    });
    for (const { id } of taken) {
      await attempt('contact', id, rejected, () => outbreak.contacts.restore(id));
    }
  }
}
