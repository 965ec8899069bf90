import type { Adjusted } from '#common/reporting/report.js';
import type { KnownItem } from '../known-items.js';
import { codeAnywhere, freeText, labelIn, TakenTexts } from './taken-texts.js';
import type { WantedItem } from './wanted-item.js';

/** An option with its item, and the label and code of the item. */
export interface Target {
  wanted: WantedItem;
  /** Undefined when there is no item yet. */
  known: KnownItem | undefined;
  label: string;
  code: string;
}

/** The result of {@link chooseTargets}. */
export interface ChosenTargets {
  targets: Target[];
  /** Options whose item the server does not allow to change. */
  fixed: Target[];
  adjusted: Adjusted[];
}

/**
 * Chooses the label and the code of each item. Items without an option keep theirs, and an option
 * that wants the same label or code gets its next one.
 *
 * @param known all items, of any category
 */
export function chooseTargets(
  wanted: readonly WantedItem[],
  known: readonly KnownItem[],
  matches: ReadonlyMap<WantedItem, KnownItem>,
): ChosenTargets {
  const own = new Set([...matches.values()].filter(({ readOnly }) => !readOnly));
  const taken = new TakenTexts(known.filter(item => !own.has(item)));
  const give = (item: WantedItem, label: string, code: string) => {
    taken.give(keyOf(item), 'label', labelIn(item.categoryId, label));
    taken.give(keyOf(item), 'code', codeAnywhere(code));
  };
  // First reserve the wanted labels and codes, so that no other option gets them as its next one.
  for (const item of wanted) give(item, item.labels[0]!, item.codes[0]!);
  const chosen: ChosenTargets = { targets: [], fixed: [], adjusted: [] };
  for (const item of wanted) {
    const { categoryId, labels, codes } = item;
    const match = matches.get(item);
    if (match?.readOnly) {
      chosen.fixed.push({ wanted: item, known: match, label: match.label, code: match.code });
      continue;
    }
    const isFree = (text: string | undefined) => taken.isFree(text, keyOf(item));
    const label = freeText(labels, text => isFree(labelIn(categoryId, text)));
    const code = freeText(codes, text => isFree(codeAnywhere(text)));
    give(item, label, code);
    if (label !== labels[0]) chosen.adjusted.push(otherLabel(item, label));
    if (code !== codes[0]) chosen.adjusted.push(otherCode(item, code));
    chosen.targets.push({ wanted: item, known: match, label, code });
  }
  return chosen;
}

/** The key of an option. It has a blank, so it differs from the ids of items. */
function keyOf({ set, option }: WantedItem): string {
  return `${set.id} ${option}`;
}

function otherLabel({ option, labels }: WantedItem, label: string): Adjusted {
  const message = `Another item of the category has the label "${labels[0]}". The label becomes "${label}".`;
  return { kind: 'option', id: option, code: 'LABEL_TAKEN', message };
}

function otherCode({ option, codes }: WantedItem, code: string): Adjusted {
  const message = `Another item in Go.Data has the code "${codes[0]}". The code becomes "${code}".`;
  return { kind: 'option', id: option, code: 'CODE_TAKEN', message };
}
