import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { OutbreakRecord } from '#godata/client/types/index.js';
import type { OutbreakPlan } from '../plan/plan-outbreak.js';
import { withActiveOutbreaks } from './active-outbreaks.js';
import { applyOutbreakPlan } from './apply-outbreak-plan.js';

/** What became of the plans. */
export interface AppliedPlans {
  refused: Rejected[];
  /** Records that Go.Data stored twice. */
  adjusted: Adjusted[];
  /** The outbreaks that were created. */
  outbreaks: OutbreakRecord[];
}

/** Applies the plans of all outbreaks. Creates the outbreaks that do not exist yet. */
export async function applyPlans(
  client: GoDataClient,
  plans: readonly OutbreakPlan[],
): Promise<AppliedPlans> {
  const withChanges = plans.filter(hasChanges);
  const applied: AppliedPlans = { refused: [], adjusted: [], outbreaks: [] };
  if (withChanges.length === 0) return applied;
  return withActiveOutbreaks(client, async activate => {
    for (const plan of withChanges) {
      const { existing, create } = plan.outbreak;
      const outbreak = existing ?? (await client.server.outbreaks.create(create!));
      if (!existing) applied.outbreaks.push(outbreak);
      await activate(outbreak.id);
      const { rejected, adjusted } = await applyOutbreakPlan(client, outbreak.id, plan);
      applied.refused.push(...rejected);
      applied.adjusted.push(...adjusted);
    }
    return applied;
  });
}

/** Whether there is anything to write; an outbreak alone is not created. */
export function hasChanges({ people, relationships, labResults }: OutbreakPlan): boolean {
  return [
    people.creates,
    people.converts,
    people.updates,
    people.deletes,
    relationships.creates,
    relationships.changes,
    labResults.creates,
    labResults.changes,
    relationships.doubles,
    labResults.doubles,
  ].some(list => list.length > 0);
}
