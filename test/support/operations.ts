import type { PlanTable } from '#common/reporting/plan.js';
import type { StepReport } from '#common/reporting/report.js';
import { aggregate, upsertDataValues } from '#dhis2/Adaptor.js';
import type { AggregateMapping } from '#dhis2/aggregate/mapping.js';
import type { UpsertDataValuesOptions } from '#dhis2/data-values/options.js';
import { ageBand, classification, sex, tally } from '#godata/Adaptor.js';
import type { Servers } from './workflow.js';

const SEX = { MALE: 'SEX_MALE', FEMALE: 'SEX_FEMALE', '*': 'SEX_UNKNOWN' };
const AGE = { '0-4': 'AGE_0_4', '*': 'AGE_UNKNOWN' };

/** A mapping of confirmed cases by sex and a coarse age. */
const MAPPING: AggregateMapping = {
  dataSet: 'OUTBREAK_WEEKLY',
  dataValues: [
    {
      dataElement: 'OUTBREAK_CASES_CONFIRMED',
      where: { classification: 'CONFIRMED' },
      categoryOptions: { sex: SEX, age: AGE },
    },
  ],
};

/** Inputs of the operations of one run; a test names only what differs. */
export interface RunTraits {
  tally?: Partial<Parameters<typeof tally>[1]>;
  model?: string;
  mapping?: Partial<AggregateMapping>;
  upsert?: UpsertDataValuesOptions;
  state?: Record<string, unknown>;
}

/** Runs the three operations of the workflow in sequence, as the platform would. */
export async function runOperations(
  servers: Servers,
  traits: RunTraits = {},
): Promise<{ plan: PlanTable; report: Record<string, StepReport> }> {
  const { godata, dhis2 } = servers.credentials;
  const counted = await tally(traits.model ?? 'cases', {
    outbreak: { name: 'Demonstration outbreak' },
    periodType: 'Weekly',
    dimensions: { classification: classification(), sex: sex(), age: ageBand([5]) },
    ...traits.tally,
  })({ configuration: godata, today: '2026-04-01', ...traits.state });
  const aggregated = await aggregate({ ...MAPPING, ...traits.mapping })({
    ...throughJson(counted),
    configuration: dhis2,
  });
  const { data, report } = await upsertDataValues(traits.upsert)({
    ...throughJson(aggregated),
    configuration: dhis2,
  });
  return { plan: data.plan, report };
}

/** States travel between steps as JSON. */
function throughJson<T>(state: T): T {
  return JSON.parse(JSON.stringify(state));
}
