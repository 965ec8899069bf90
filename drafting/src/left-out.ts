import type { LeftOut } from '#runtime/scaffold/draft.js';
import { hasOneChoice } from './aggregate/draft-aggregate.js';
import type { Drafts } from './draft-jobs.js';
import { givenBy } from './people/compulsory.js';
import type { KindDraft, PeopleDraft } from './people/draft.js';
import type { Dhis2Side, ProgramField } from './servers/model.js';

const PEOPLE = ['tracked-entities-to-cases', 'cases-to-tracked-entities', 'two-way'];

/**
 * The attributes that everybody needs in a program, and that no row gives: DHIS2 would take nobody
 * who was first entered in Go.Data.
 */
function missingOf({ program, ...list }: KindDraft): ProgramField[] {
  const given = givenBy(list);
  return program.attributes.filter(
    ({ id, isGenerated, isAssigned }) =>
      program.mandatory.includes(id) && !isGenerated && !isAssigned && !given.has(id),
  );
}

/** The way to DHIS2, where a program needs what no row gives. */
function leaveWayBack(people: PeopleDraft | undefined): LeftOut[] {
  const missing = [people?.case, people?.contact].flatMap(kind => (kind ? missingOf(kind) : []));
  if (missing.length === 0) return [];
  const names = [...new Set(missing.map(({ id, name }) => `"${name}" (${id})`))].join(', ');
  return ['cases-to-tracked-entities', 'two-way'].map(workflow => ({
    workflow,
    why: `everybody in DHIS2 needs ${names}, and no row is sure to give it: add rows to jobs/people/map-people.js.`,
    isUnsure: true,
  }));
}

function leaveCounts(dataSet: Dhis2Side['dataSet'], aggregate: Drafts['aggregate']): LeftOut[] {
  const workflow = 'cases-to-data-values';
  if (!dataSet) return [{ workflow, why: 'no data set was chosen.', isUnsure: false }];
  if ((aggregate?.values.length ?? 0) === 0) {
    const why = 'no data element could be read for sure: choose rows in its job aggregate.js.';
    return [{ workflow, why, isUnsure: true }];
  }
  if (hasOneChoice(dataSet.categories)) return [];
  const names = dataSet.categories.map(({ name }) => `"${name}"`).join(', ');
  const why = `the values of the data set have an option of ${names}: choose it in its job aggregate.js.`;
  return [{ workflow, why, isUnsure: true }];
}

/** The workflows for which nothing was chosen, or nothing is sure: they would not pass a check. */
export function listLeftOut(
  { caseProgram, dataSet }: Dhis2Side,
  { people, aggregate, options }: Drafts,
): LeftOut[] {
  const isSure = options.some(({ doubt }) => !doubt);
  return [
    ...(caseProgram
      ? leaveWayBack(people)
      : PEOPLE.map(workflow => ({
          workflow,
          why: 'no program of cases was chosen.',
          isUnsure: false,
        }))),
    ...leaveCounts(dataSet, aggregate),
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
