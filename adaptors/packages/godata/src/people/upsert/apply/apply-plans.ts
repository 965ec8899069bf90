import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { OutbreakPlan } from '../plan/plan-outbreak.js';
import { withActiveOutbreaks } from './active-outbreaks.js';
import { applyOutbreakPlan } from './apply-outbreak-plan.js';

/** Applies the plans of all outbreaks. Creates the outbreaks that do not exist yet. */
export async function applyPlans(
  client: GoDataClient,
  plans: readonly OutbreakPlan[],
): Promise<Rejected[]> {
  const withChanges = plans.filter(hasChanges);
  if (withChanges.length === 0) return [];
  return withActiveOutbreaks(client, async activate => {
    const refused: Rejected[] = [];
    for (const plan of withChanges) {
      const { existing, create } = plan.outbreak;
      const { id } = existing ?? (await client.server.outbreaks.create(create!));
      await activate(id);
      refused.push(...(await applyOutbreakPlan(client, id, plan)));
    }
    return refused;
  });
}

function hasChanges({ people, relationships, labResults }: OutbreakPlan): boolean {
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
