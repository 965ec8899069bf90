import type { OptionSetDraft } from '../options/draft-options.js';
import { quote } from './names.js';
import { describe } from './print-place.js';

/** The job that reads option sets. */
export function printFetchOptions(sets: readonly OptionSetDraft[]): string {
  return [
    '// @ts-check',
    '// Which option sets of DHIS2 become reference data, by name, code or id. A draft.',
    '',
    'fetchOptions({',
    '  optionSets: [',
    ...sets.map(
      ({ optionSet, place, doubt }) =>
        `    ${doubt ? '// ' : ''}${quote(optionSet)}, // of ${describe(place)}`,
    ),
    '  ],',
    '});',
    '',
  ].join('\n');
}

/**
 * The shipped job that maps options, with the option sets of the programs.
 *
 * @returns the entries of its list, as code
 */
export function printOptionSets(sets: readonly OptionSetDraft[]): string {
  const lines = sets.flatMap(({ optionSet, category, place, doubt }) => [
    `  // ${describe(place)}${doubt ? `: unsure, ${doubt}` : ': by name'}`,
    `  ${doubt ? '// ' : ''}{ optionSet: ${quote(optionSet)}, category: ${quote(category)}, toItem },`,
  ]);
  return ['[', ...lines, ']'].join('\n');
}
