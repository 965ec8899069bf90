import type { Problem } from '#common/reporting/mapping-problems.js';
import { chooseNamed, listCandidates, listNearest } from '#common/reporting/named.js';
import type { CategoryCombo, CategoryOption } from '../../client/metadata/metadata.js';

/** The category option combos for a list of category options, or the problems of the list. */
export type ComboMatch = { ids: string[] } | { problems: Problem[] };

/**
 * Finds category option combos by their set of category options, never by name: names depend on the
 * order of the categories, and real packages contain stale and duplicate combos (dhis2 FACTS §5).
 *
 * @param options ids, codes or names of category options, in any order
 * @param subject the start of each problem's message: `Data element "OUTBREAK_DEATHS"`
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
    const choice = chooseOption(combo, word, subject);
    if ('problem' in choice) problems.push(choice.problem);
    else if (chosen.has(choice.category)) {
      problems.push(ambiguous(combo, word, subject, 'is in the same category as another option.'));
    } else {
      chosen.set(choice.category, choice.option.id);
      problems.push(...checkAccess(choice.option, word, subject));
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
          cause: `${combo.id} ${names}`,
          at: subject,
        },
      ],
    };
  }
  return matchSet(combo, [...chosen.values()], subject);
}

/** The category option that a word names, and its category. */
function chooseOption(
  combo: CategoryCombo,
  word: string,
  subject: string,
): { category: string; option: CategoryOption } | { problem: Problem } {
  const homes: { category: string; option: CategoryOption }[] = [];
  for (const { id: category, categoryOptions } of combo.categories) {
    const choice = chooseNamed(word, categoryOptions);
    if (choice.candidates.length > 0) {
      const names = `names several category options: ${listCandidates(choice.candidates)}.`;
      return { problem: ambiguous(combo, word, subject, names) };
    }
    if (choice.found) homes.push({ category, option: choice.found });
  }
  if (homes.length > 1) {
    return { problem: ambiguous(combo, word, subject, 'is in several categories.') };
  }
  if (homes[0]) return homes[0];
  const all = combo.categories.flatMap(({ categoryOptions }) => categoryOptions);
  const known = [...new Map(all.map(option => [option.id, option])).values()];
  const exist = listNearest(word, known, 'It has', 'category option');
  const message = `${subject}: its category combo "${combo.name ?? combo.id}" has no category option "${word}". ${exist}`;
  return {
    problem: {
      code: 'UNKNOWN_CATEGORY_OPTION',
      message,
      cause: `${combo.id} ${word}`,
      at: subject,
    },
  };
}

function ambiguous(combo: CategoryCombo, word: string, subject: string, why: string): Problem {
  return {
    code: 'AMBIGUOUS_CATEGORY_OPTION',
    message: `${subject}: "${word}" ${why}`,
    cause: `${combo.id} ${word}`,
    at: subject,
  };
}

function checkAccess({ id, access }: CategoryOption, word: string, subject: string): Problem[] {
  if (access?.data?.write !== false) return [];
  const message = `${subject}: the account may not write data for the category option "${word}" (sharing, data access).`;
  return [{ code: 'NO_WRITE_ACCESS', message, cause: `category option ${id}`, at: subject }];
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
  const today = namesIn(combo, optionIds);
  const matches = combo.categoryOptionCombos
    .filter(({ categoryOptions }) => setKey(categoryOptions.map(({ id }) => id)) === wanted)
    .sort((a, b) => Number(b.name === today) - Number(a.name === today) || (a.id < b.id ? -1 : 1));
  if (matches.length > 0) return { ids: matches.map(({ id }) => id) };
  return {
    problems: [
      {
        code: 'UNKNOWN_OPTION_COMBO',
        message: `${subject}: "${combo.name ?? combo.id}" has no category option combo with these options. Generate it in DHIS2 (Data administration, update category option combos).`,
        cause: combo.id,
        at: `${subject} (${namesIn(combo, optionIds)})`,
      },
    ],
  };
}

/** The name that DHIS2 would give today: the names of the options in the order of the categories. */
function namesIn({ categories }: CategoryCombo, optionIds: readonly string[]): string {
  return categories
    .flatMap(({ categoryOptions }) => categoryOptions.filter(({ id }) => optionIds.includes(id)))
    .map(({ name, id }) => name ?? id)
    .join(', ');
}

function setKey(ids: string[]): string {
  return [...ids].sort().join(' ');
}
