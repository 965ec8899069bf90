import type { AggregateDraft } from './aggregate/draft-aggregate.js';
import type { KindDraft, ListDraft, PeopleDraft, RecordsDraft } from './people/draft.js';

const count = ({ rows, answers, doubts }: ListDraft) =>
  `${rows.length + answers.length} rows, ${doubts.length} unsure`;
const countRecords = ({ list, missing }: RecordsDraft) =>
  missing.length > 0
    ? `left out, since no row gives ${missing.map(({ id }) => id).join(', ')}`
    : count(list);
const countKind = (list: KindDraft) => `${count(list)}, ${list.unmatched.length} without a partner`;

/** What was drafted, for the terminal. */
export function summarise(
  people: PeopleDraft | undefined,
  aggregate: AggregateDraft | undefined,
): string[] {
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
          aggregate.values.length > 0
            ? `jobs/cases-to-data-values/aggregate.js: ${aggregate.values.length} data elements, ${aggregate.doubts.length} unsure`
            : 'jobs/cases-to-data-values/aggregate.js is as shipped: no data element could be read for sure.',
        ]
      : []),
    'jobs/options-to-reference-data/ is as shipped: name your option sets there before it runs.',
  ];
}
