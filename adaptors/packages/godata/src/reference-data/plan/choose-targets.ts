import type { Adjusted } from '#common/reporting/report.js';
import type { KnownItem } from '../known-items.js';
import type { WantedItem } from './wanted-item.js';
import { codeAnywhere, freeWord, labelIn, Words } from './words.js';

/** An option with the item that is its own, and the words that it gets. */
export interface Target {
  wanted: WantedItem;
  /** Undefined when there is none yet. */
  known: KnownItem | undefined;
  label: string;
  code: string;
}

/** What {@link chooseTargets} gives. */
export interface ChosenTargets {
  targets: Target[];
  /** Options whose item the server lets nobody change. */
  fixed: Target[];
  adjusted: Adjusted[];
}

/**
 * Chooses the label and the code of each item, beside the items that no option has: those keep what
 * they have, and an option that wants the same gets its next word.
 *
 * @param known all items, of whatever category
 */
export function chooseTargets(
  wanted: readonly WantedItem[],
  known: readonly KnownItem[],
  matches: ReadonlyMap<WantedItem, KnownItem>,
): ChosenTargets {
  const own = new Set([...matches.values()].filter(({ readOnly }) => !readOnly));
  const taken = new Words(known.filter(item => !own.has(item)));
  const give = (item: WantedItem, label: string, code: string) => {
    taken.give(keyOf(item), 'label', labelIn(item.categoryId, label));
    taken.give(keyOf(item), 'code', codeAnywhere(code));
  };
  // What an option wants is not for another one to fall back on.
  for (const item of wanted) give(item, item.labels[0]!, item.codes[0]!);
  const chosen: ChosenTargets = { targets: [], fixed: [], adjusted: [] };
  for (const item of wanted) {
    const { categoryId, labels, codes } = item;
    const match = matches.get(item);
    if (match?.readOnly) {
      chosen.fixed.push({ wanted: item, known: match, label: match.label, code: match.code });
      continue;
    }
    const isFree = (word: string | undefined) => taken.isFree(word, keyOf(item));
    const label = freeWord(labels, word => isFree(labelIn(categoryId, word)));
    const code = freeWord(codes, word => isFree(codeAnywhere(word)));
    give(item, label, code);
    if (label !== labels[0]) chosen.adjusted.push(otherLabel(item, label));
    if (code !== codes[0]) chosen.adjusted.push(otherCode(item, code));
    chosen.targets.push({ wanted: item, known: match, label, code });
  }
  return chosen;
}

/** Options as holders of words beside items, whose ids have no blank. */
function keyOf({ set, option }: WantedItem): string {
  return `${set.id} ${option}`;
}

function otherLabel({ option, labels }: WantedItem, label: string): Adjusted {
  const message = `The category has the label "${labels[0]}" for something else; it becomes "${label}".`;
  return { kind: 'option', id: option, code: 'LABEL_TAKEN', message };
}

function otherCode({ option, codes }: WantedItem, code: string): Adjusted {
  const message = `Go.Data has the code "${codes[0]}" for something else; it becomes "${code}".`;
  return { kind: 'option', id: option, code: 'CODE_TAKEN', message };
}
