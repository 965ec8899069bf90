import type { Adjusted, Rejected } from '../../../../../common/src/report.js';
import type { KnownItem } from '../known-items.js';
import type { WantedItem } from './wanted-item.js';
import { codeAnywhere, labelIn, Words } from './words.js';

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
  rejected: Rejected[];
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
  for (const item of wanted) {
    taken.hold(keyOf(item), labelIn(item.categoryId, item.labels[0]!));
    taken.hold(keyOf(item), codeAnywhere(item.codes[0]!));
  }
  const chosen: ChosenTargets = { targets: [], fixed: [], rejected: [], adjusted: [] };
  for (const item of wanted) {
    const match = matches.get(item);
    if (match?.readOnly) {
      chosen.fixed.push({ wanted: item, known: match, label: match.label, code: match.code });
      continue;
    }
    const label = item.labels.find(word =>
      taken.isFree(labelIn(item.categoryId, word), keyOf(item)),
    );
    const code = item.codes.find(word => taken.isFree(codeAnywhere(word), keyOf(item)));
    if (label === undefined || code === undefined) {
      chosen.rejected.push(label === undefined ? noLabelLeft(item) : noCodeLeft(item));
      continue;
    }
    // The words of later options are theirs already; those that an earlier one has got are added.
    taken.hold(keyOf(item), labelIn(item.categoryId, label));
    taken.hold(keyOf(item), codeAnywhere(code));
    if (label !== item.labels[0]) chosen.adjusted.push(otherLabel(item, label));
    if (code !== item.codes[0]) chosen.adjusted.push(otherCode(item, code));
    chosen.targets.push({ wanted: item, known: match, label, code });
  }
  return chosen;
}

/** Options as holders of words beside items, whose ids begin with a category. */
function keyOf({ set, option }: WantedItem): string {
  return `${set.id} ${option}`;
}

function noLabelLeft({ option, labels }: WantedItem): Rejected {
  const message = `The category has the labels ${quoted(labels)} for something else.`;
  return { kind: 'option', id: option, code: 'LABEL_TAKEN', message };
}

function noCodeLeft({ option, codes }: WantedItem): Rejected {
  const message = `Go.Data has the codes ${quoted(codes)} for something else.`;
  return { kind: 'option', id: option, code: 'CODE_TAKEN', message };
}

function otherLabel({ option, labels }: WantedItem, label: string): Adjusted {
  const message = `The category has the label "${labels[0]}" for something else; it becomes "${label}".`;
  return { kind: 'option', id: option, code: 'LABEL_TAKEN', message };
}

function otherCode({ option, codes }: WantedItem, code: string): Adjusted {
  const message = `Go.Data has the code "${codes[0]}" for something else; it becomes "${code}".`;
  return { kind: 'option', id: option, code: 'CODE_TAKEN', message };
}

function quoted(words: readonly string[]): string {
  return words.map(word => `"${word}"`).join(', ');
}
