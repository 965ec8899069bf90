import type { LeftOut } from '#runtime/scaffold/draft.js';
import type { AggregateDraft } from './aggregate/draft-aggregate.js';
import type { OptionSetDraft } from './options/draft-options.js';
import type { Dhis2Side } from './servers/model.js';

const PEOPLE = ['tracked-entities-to-cases', 'cases-to-tracked-entities', 'two-way'];

/** The workflows for which nothing was chosen, or nothing is sure: they would not pass a check. */
export function listLeftOut(
  { caseProgram, dataSet }: Dhis2Side,
  aggregate: AggregateDraft | undefined,
  options: readonly OptionSetDraft[],
): LeftOut[] {
  const isAny = (aggregate?.values.length ?? 0) > 0;
  const isSure = options.some(({ doubt }) => !doubt);
  return [
    ...(caseProgram
      ? []
      : PEOPLE.map(workflow => ({
          workflow,
          why: 'no program of cases was chosen.',
          isUnsure: false,
        }))),
    ...(isAny
      ? []
      : [
          dataSet
            ? {
                workflow: 'cases-to-data-values',
                why: 'no data element could be read for sure: choose rows in its job aggregate.js.',
                isUnsure: true,
              }
            : {
                workflow: 'cases-to-data-values',
                why: 'no data set was chosen.',
                isUnsure: false,
              },
        ]),
    ...(isSure
      ? []
      : [
          {
            workflow: 'options-to-reference-data',
            why:
              options.length > 0
                ? 'no option set is sure to become reference data: choose in its jobs.'
                : 'no attribute and no data element is a choice of vaccines or occupations.',
            isUnsure: options.length > 0,
          },
        ]),
  ];
}
