import { hasChanges } from '../apply/apply-plans.js';
import type { OutbreakPlan } from '../plan/plan-outbreak.js';

const DISEASE = 'LNG_REFERENCE_DATA_CATEGORY_DISEASE_';

/** Outbreaks that a run creates: the first thing that a reader must know. */
export function headlinesOf(plans: readonly OutbreakPlan[], dryRun: boolean): string[] {
  return plans.flatMap(plan => {
    const { create } = plan.outbreak;
    if (!create || !hasChanges(plan)) return [];
    const { name, disease } = create;
    const of =
      typeof disease === 'string'
        ? `of disease ${disease.replace(DISEASE, '')}`
        : 'without a disease';
    return [`${dryRun ? 'would create' : 'created'} the outbreak "${name}" ${of}`];
  });
}
