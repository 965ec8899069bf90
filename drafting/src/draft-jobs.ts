import type { Constant, JobDraft } from '#runtime/scaffold/draft.js';
import type { AggregateDraft } from './aggregate/draft-aggregate.js';
import type { OptionSetDraft } from './options/draft-options.js';
import type { PeopleDraft } from './people/draft.js';
import { quote, remark } from './print/names.js';
import { printAggregate } from './print/print-aggregate.js';
import { printFetchOptions, printOptionSets } from './print/print-options.js';
import { printPeople } from './print/print-people.js';
import type { Dhis2Side, GoDataSide } from './servers/model.js';

const list = (words: readonly string[]) => `[${words.map(quote).join(', ')}]`;

/** What was drafted. */
export interface Drafts {
  people: PeopleDraft | undefined;
  aggregate: AggregateDraft | undefined;
  options: readonly OptionSetDraft[];
}

/** How the jobs of the project differ from the shipped ones. */
export function draftJobs(
  { caseProgram, contactProgram, roots }: Dhis2Side,
  { outbreak }: GoDataSide,
  { people, aggregate, options }: Drafts,
): JobDraft[] {
  const constant = (name: string, code: string, ...comment: string[]): Constant => ({
    name,
    code,
    ...(comment.length > 0 ? { comment } : {}),
  });
  const jobs: JobDraft[] = [
    {
      file: 'jobs/org-units-to-locations/fetch-org-units.js',
      change: [constant('roots', list(roots))],
    },
  ];
  if (caseProgram && people) {
    const contacts = contactProgram ? quote(contactProgram.id) : 'undefined';
    jobs.push(
      {
        file: 'jobs/tracked-entities-to-cases/upsert-cases.js',
        change: [constant('outbreak', `{ name: ${quote(outbreak.name)} }`)],
      },
      {
        file: 'jobs/cases-to-tracked-entities/fetch-people.js',
        change: [constant('outbreakName', quote(outbreak.name))],
      },
      {
        file: 'jobs/tracked-entities-to-cases/fetch-tracked-entities.js',
        change: [
          constant(
            'program',
            quote(caseProgram.id),
            `The program whose tracked entities are cases: ${remark(caseProgram.name)}.`,
          ),
          constant(
            'contactProgram',
            contacts,
            `The program whose tracked entities are contacts${contactProgram ? `: ${remark(contactProgram.name)}` : ''}; undefined takes none.`,
          ),
          constant('roots', list(roots)),
        ],
      },
      { file: 'jobs/people/map-people.js', change: printPeople(people) },
    );
  }
  if (aggregate) {
    jobs.push(
      {
        file: 'jobs/cases-to-data-values/fetch-cases.js',
        change: [
          constant('outbreakName', quote(outbreak.name)),
          constant(
            'periodType',
            quote(aggregate.dataSet.periodType),
            'The DHIS2 period type of the data set.',
          ),
          constant(
            'ageBoundaries',
            `[${aggregate.boundaries.join(', ')}]`,
            'Ages at which a new band begins, as the category options of the data set have them.',
          ),
        ],
      },
      {
        file: 'jobs/cases-to-data-values/aggregate.js',
        change: printAggregate(aggregate),
      },
    );
  }
  if (options.length > 0) {
    const folder = 'jobs/options-to-reference-data';
    jobs.push(
      { file: `${folder}/fetch-options.js`, change: printFetchOptions(options) },
      {
        file: `${folder}/map-reference-data.js`,
        change: [constant('optionSets', printOptionSets(options))],
      },
    );
  }
  return jobs;
}
