import type { OfferRequest } from '#runtime/scaffold/draft.js';
import { draftPeople } from '../people/draft-people.js';
import { quote } from '../print/names.js';
import { printComputed } from '../print/print-computed.js';
import { printAnswers, printDoubts, printRows } from '../print/print-rows.js';
import type { RowNames } from '../print/row-names.js';
import { readServers } from '../servers/read-servers.js';
import { missingRows } from './missing-rows.js';
import { readMapping, readOutbreak } from './read-job.js';

/** Stages and codes in the row itself: the job has its own constants. */
const INLINE: RowNames = {
  stage: ({ id }) => `stage(${quote(id)})`,
  codes: ({ category, matches }) => {
    const table = matches.flatMap(({ option, item }) =>
      item === undefined ? [] : [`${quote(option.code)}: ${item === null ? 'null' : quote(item)}`],
    );
    return `codes(${quote(category)}, { ${table.join(', ')} })`;
  },
  get quiet() {
    return INLINE;
  },
};

/**
 * The rows that the programs have and a mapping lacks, as lines to copy.
 *
 * @returns no lines if the jobs do not say which programs and outbreak they are for
 * @throws IntegrationError (configuration): those of `readServers`
 */
export async function offerRows({ credentials, mapping, upsert }: OfferRequest): Promise<string[]> {
  const own = readMapping(mapping);
  const outbreak = readOutbreak(upsert);
  if (!own?.case || outbreak === undefined) return [];
  const { dhis2, goData } = await readServers({
    credentials,
    choices: {
      outbreak,
      caseProgram: own.case.program,
      contactProgram: own.contact?.program ?? 'none',
      dataSet: 'none',
    },
  });
  const draft = draftPeople(dhis2, goData);
  if (!draft) return [];
  return missingRows(draft, own, mapping).flatMap(({ name, list }) => [
    `${name}:`,
    ...printRows(list.rows, INLINE),
    ...printComputed(list.computed, INLINE),
    ...printAnswers(list.answers, INLINE),
    ...printDoubts(list.doubts, INLINE),
  ]);
}
