import type { Objects } from './merge.js';
import { nameObject, type Problem } from './problems.js';
import type { ExportedObject } from './to-object.js';

type Ref = { id: string };

/**
 * Finds category options with first and last days that count: DHIS2 holds days against those of
 * attribute option combos, and of no others: each of its error codes about such days names one
 * (E2023, E2024, E7638 and, in Tracker, E1056, E1057; GET /api/errorCodes and dhis2-core's ErrorCode).
 *
 * @param dated the ids of all category options that have such days
 * @param problems they are added here
 */
export function checkValidity(
  { dataSets, programs, categoryCombos, categories, categoryOptions }: Objects,
  dated: ReadonlySet<string>,
  problems: Problem[],
): void {
  const refs = (object: ExportedObject | undefined, list: string) =>
    (object?.[list] ?? []) as readonly Ref[];
  const combos = [...dataSets.values(), ...programs.values()].map(
    one => (one.categoryCombo as Ref | undefined)?.id,
  );
  const used = new Set(
    [...new Set(combos)]
      .flatMap(id => refs(categoryCombos.get(id ?? ''), 'categories'))
      .flatMap(({ id }) => refs(categories.get(id), 'categoryOptions'))
      .map(({ id }) => id),
  );
  for (const id of [...dated].filter(one => used.has(one))) {
    const option = categoryOptions.get(id) ?? { id };
    problems.push({
      what: `${nameObject('categoryOptions', option)}: the sandbox does not model startDate and endDate, and a data set or program has it as an attribute option.`,
      fix: 'Remove the property from the file, if the sandbox may behave as a server without it.',
      cause: 'categoryOptions startDate',
    });
  }
}
