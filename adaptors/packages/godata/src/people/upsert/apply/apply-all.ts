import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { OutbreakWork } from '../plan/plan-outbreak.js';
import { withActiveOutbreaks } from './active-outbreaks.js';
import { applyWork } from './apply-work.js';

/** Applies the plans of all outbreaks. Creates the outbreaks that do not exist yet. */
export async function applyAll(
  client: GoDataClient,
  works: readonly OutbreakWork[],
): Promise<Rejected[]> {
  const busy = works.filter(hasWork);
  if (busy.length === 0) return [];
  return withActiveOutbreaks(client, async activate => {
    const refused: Rejected[] = [];
    for (const work of busy) {
      const { existing, create } = work.outbreak;
      const { id } = existing ?? (await client.server.outbreaks.create(create!));
      await activate(id);
      refused.push(...(await applyWork(client, id, work)));
    }
    return refused;
  });
}

function hasWork({ people, relationships, labResults }: OutbreakWork): boolean {
  return [
    people.creates,
    people.converts,
    people.updates,
    people.deletes,
    relationships.creates,
    relationships.changes,
    labResults.creates,
    labResults.changes,
  ].some(list => list.length > 0);
}
