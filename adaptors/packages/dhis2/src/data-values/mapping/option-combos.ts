import type { Problem } from '#common/reporting/mapping-problems.js';
import { type CategoryCombo, findNamed } from '../../client/metadata/metadata.js';

/** The category option combos for a list of category options, or the problems of the list. */
export type ComboMatch = { ids: string[] } | { problems: Problem[] };

/**
 * Finds category option combos by their set of category options, never by name: names depend on the
 * order of the categories, and real packages contain stale and duplicate combos (dhis2 FACTS §5).
 *
 * @param options ids, codes or names of category options, in any order
 * @param subject the start of each problem's message
 * @returns more than one id if the server has duplicates. First the one with the name that DHIS2
 * would give it today, then by id.
 */
export function matchOptionCombo(
  combo: CategoryCombo,
  options: readonly string[],
  subject: string,
): ComboMatch {
  const problems: Problem[] = [];
  const chosen = new Map<string, string>();
  for (const word of options) {
    const homes = combo.categories.flatMap(category => {
      const option = findNamed(word, category.categoryOptions);
      return typeof option === 'object' ? [{ category: category.id, option }] : [];
    });
    const home = homes[0];
    if (!home) {
      problems.push({
        code: 'UNKNOWN_CATEGORY_OPTION',
        message: `${subject}: its category combo "${combo.name ?? combo.id}" has no category option "${word}".`,
      });
    } else if (homes.length > 1 || chosen.has(home.category)) {
      problems.push({
        code: 'AMBIGUOUS_CATEGORY_OPTION',
        message: `${subject}: "${word}" is in several categories, or in the same category as another option.`,
      });
    } else {
      chosen.set(home.category, home.option.id);
      if (home.option.access?.data?.write === false) {
        problems.push({
          code: 'NO_WRITE_ACCESS',
          message: `${subject}: the account may not write data for the category option "${word}".`,
        });
      }
    }
  }
  if (problems.length > 0) return { problems };
  if (combo.isDefault || isImplicit(combo)) return matchSet(combo, allOptionIds(combo), subject);
  const lacking = combo.categories.filter(({ id }) => !chosen.has(id));
  if (lacking.length > 0) {
    const names = lacking.map(({ name, code, id }) => name ?? code ?? id).join(', ');
    return {
      problems: [
        {
          code: 'MISSING_CATEGORY',
          message: `${subject}: the category option for ${names} is missing.`,
        },
      ],
    };
  }
  return matchSet(combo, [...chosen.values()], subject);
}

/** Whether this is the default combo: it has one category with one option, which mappings do not name. */
function isImplicit({ categories }: CategoryCombo): boolean {
  return (
    categories.length === 1 &&
    categories[0]!.categoryOptions.length === 1 &&
    categories[0]!.name === 'default'
  );
}

function allOptionIds({ categories }: CategoryCombo): string[] {
  return categories.flatMap(({ categoryOptions }) => categoryOptions.map(({ id }) => id));
}

function matchSet(combo: CategoryCombo, optionIds: string[], subject: string): ComboMatch {
  const wanted = setKey(optionIds);
  const today = nameToday(combo, new Set(optionIds));
  const matches = combo.categoryOptionCombos
    .filter(({ categoryOptions }) => setKey(categoryOptions.map(({ id }) => id)) === wanted)
    .sort((a, b) => Number(b.name === today) - Number(a.name === today) || (a.id < b.id ? -1 : 1));
  if (matches.length > 0) return { ids: matches.map(({ id }) => id) };
  return {
    problems: [
      {
        code: 'UNKNOWN_OPTION_COMBO',
        message: `${subject}: "${combo.name ?? combo.id}" has no category option combo with these options. Generate it in DHIS2 (Data administration, update category option combos).`,
      },
    ],
  };
}

/** The name that DHIS2 would give today: the names of the options in the order of the categories. */
function nameToday({ categories }: CategoryCombo, chosen: ReadonlySet<string>): string {
  return categories
    .flatMap(({ categoryOptions }) => categoryOptions.filter(({ id }) => chosen.has(id)))
    .map(({ name }) => name)
    .join(', ');
}

function setKey(ids: string[]): string {
  return [...ids].sort().join(' ');
}
