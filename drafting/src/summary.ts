import type { AggregateDraft } from './aggregate/draft-aggregate.js';
import type { OptionSetDraft } from './options/draft-options.js';
import type { KindDraft, ListDraft, PeopleDraft, RecordsDraft } from './people/draft.js';

const count = ({ rows, answers, computed, doubts }: ListDraft) =>
  `${rows.length + answers.length + computed.length} rows, ${doubts.length} unsure`;
const countRecords = ({ list, missing }: RecordsDraft) =>
  missing.length > 0
    ? `left out, since no row gives ${missing.map(({ id }) => id).join(', ')}`
    : count(list);
const countKind = (list: KindDraft) => `${count(list)}, ${list.unmatched.length} without a partner`;

/** What was drafted, for the terminal. */
export function summarise(
  people: PeopleDraft | undefined,
  aggregate: AggregateDraft | undefined,
  options: readonly OptionSetDraft[],
): string[] {
  const sure = options.filter(({ doubt }) => !doubt).length;
  return [
    ...(people
      ? [
          `jobs/people/map-people.js, cases: ${countKind(people.case)}`,
          ...(people.contact ? [`  contacts: ${countKind(people.contact)}`] : []),
          ...(people.relationship ? [`  exposures: ${count(people.relationship.list)}`] : []),
          ...(people.labResults ? [`  lab results: ${countRecords(people.labResults)}`] : []),
          ...(people.followUps ? [`  follow-ups: ${countRecords(people.followUps)}`] : []),
          ...(people.case.rows.some(({ field }) => field === 'classification')
            ? []
            : ['  No row gives the classification of cases: see the comment in the file.']),
        ]
      : []),
    ...(aggregate
      ? [
          `jobs/cases-to-data-values/aggregate.js: ${aggregate.values.length} data elements, ${aggregate.doubts.length} unsure`,
        ]
      : []),
    ...(options.length > 0
      ? [
          `jobs/options-to-reference-data/map-reference-data.js: ${sure} option set${sure === 1 ? '' : 's'}, ${options.length - sure} unsure`,
        ]
      : []),
  ];
}
