import type { Item, Option } from '../servers/model.js';
import { plain, wordsOf } from '../words/plain.js';
import { groupOf, meansNo, meansUnknown, meansYes, YES_NO_ITEMS } from '../words/value-words.js';

/** What an option is in Go.Data. */
export interface CodeMatch {
  option: Option;
  /** Its item; null: Go.Data has none; undefined: unsure. */
  item?: string | null;
  how: string;
  /** The item that is most like an option for which none is sure. */
  nearest?: string;
}

/** A table of codes, as drafted. */
export interface CodesDraft {
  category: string;
  matches: readonly CodeMatch[];
  /** Whether items that no option means stay as they are, and nobody needs to hear of it. */
  ignoresOthers?: boolean;
}

/** Least share of the options that must have an item: with less, the field is another. */
const MIN_SHARE = 0.25;

/**
 * The items of a category that the options of an option set mean: by label in any language, by
 * words that mean the same, by code, or by a part of the label that only one item has.
 *
 * @returns undefined if too few options have an item
 */
export function matchCodes(
  category: string,
  options: readonly Option[],
  items: readonly Item[],
): CodesDraft | undefined {
  const matches = options.map(option => matchOption(category, option, items));
  const known = matches.filter(({ option }) => !option.texts.some(meansUnknown));
  const found = known.filter(({ item }) => typeof item === 'string').length;
  if (found === 0 || found < known.length * MIN_SHARE) return undefined;
  return { category, matches };
}

function matchOption(category: string, option: Option, items: readonly Item[]): CodeMatch {
  const texts = [...option.texts, option.code];
  const byLabel = items.find(item =>
    item.texts.some(label => texts.some(text => plain(text) === plain(label))),
  );
  if (byLabel) return { option, item: byLabel.value, how: 'by label' };
  const groups = new Set(texts.map(groupOf).filter(group => group !== undefined));
  const byGroup = items.find(item =>
    item.texts.some(label => groups.has(groupOf(label) ?? Number.NaN)),
  );
  if (byGroup) return { option, item: byGroup.value, how: 'by words that mean the same' };
  const yesNo = YES_NO_ITEMS[category];
  if (yesNo && texts.some(meansYes)) return { option, item: yesNo.yes, how: 'as a plain yes' };
  if (yesNo && texts.some(meansNo)) return { option, item: yesNo.no, how: 'as a plain no' };
  if (texts.some(meansUnknown)) return { option, item: null, how: 'Go.Data has no such item' };
  const parts = items.filter(item =>
    item.texts.some(label => option.texts.some(text => sharesAll(text, label))),
  );
  if (parts.length === 1) return { option, item: parts[0]!.value, how: 'by a part of its label' };
  return { option, how: 'no item is like it', nearest: parts[0]?.value ?? likest(option, items) };
}

/** Words that turn the meaning round: `Not recovered` is not `Recovered`. */
const NEGATIONS =
  /\b(not|non|no|nao|ne|pas|sans|sin|sem|without|never|jamais|nunca|un(confirmed|recovered|vaccinated))\b/;

const isNegated = (text: string) => NEGATIONS.test(plain(text));

/** Whether all words of one text are in the other, and both say it, or both deny it. */
function sharesAll(a: string, b: string): boolean {
  if (isNegated(a) !== isNegated(b)) return false;
  const [short, long] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.length - y.length);
  return short!.length > 0 && short!.every(word => word.length > 2 && long!.includes(word));
}

/** The item with the most words in common. */
function likest({ texts }: Option, items: readonly Item[]): string | undefined {
  const words = new Set(texts.flatMap(wordsOf));
  const common = items.map(({ value, texts: labels }) => ({
    value,
    count: labels.flatMap(wordsOf).filter(word => words.has(word)).length,
  }));
  return common.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)[0]?.value;
}
