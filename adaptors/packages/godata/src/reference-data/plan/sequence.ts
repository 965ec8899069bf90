import type { KnownItem } from '../known-items.js';
import type { Target } from './choose-targets.js';
import type { ItemFields } from './diff.js';
import { codeAnywhere, labelIn, type Words } from './words.js';

/** A change of one item. */
export interface ItemUpdate {
  target: Target;
  changes: ItemFields;
}

/** Changes in an order that the server takes, and those for which there is none. */
export interface Sequence {
  updates: ItemUpdate[];
  stuck: Target[];
}

/**
 * Puts changes into an order in which no item gets a label or a code that another one still has.
 * Where items go round in a circle, swapping labels, one of them gives its words up first and takes
 * others for the time being.
 *
 * @param words who holds what; left as all changes leave it
 */
export function sequenceUpdates(changed: readonly ItemUpdate[], words: Words): Sequence {
  const updates: ItemUpdate[] = [];
  const now = new Map(changed.map(({ target }) => [target, wordsOf(target.known!)]));
  let pending = [...changed];
  let detours = [...changed];

  function take(target: Target, changes: ItemFields): void {
    const { id, categoryId } = target.known!;
    const held = now.get(target)!;
    const { value, code } = changes;
    if (value !== undefined) {
      words.release(id, held.label);
      held.label = labelIn(categoryId, value);
      words.hold(id, held.label);
    }
    if (code != null) {
      words.release(id, held.code);
      held.code = codeAnywhere(code);
      words.hold(id, held.code);
    }
    updates.push({ target, changes });
  }

  const isPossible = ({ target, changes }: ItemUpdate) => {
    const { id, categoryId } = target.known!;
    const { value, code } = changes;
    return (
      (value === undefined || words.isFree(labelIn(categoryId, value), id)) &&
      (code == null || words.isFree(codeAnywhere(code), id))
    );
  };

  while (pending.length > 0) {
    const waiting: ItemUpdate[] = [];
    for (const one of pending) {
      if (isPossible(one)) take(one.target, one.changes);
      else waiting.push(one);
    }
    if (waiting.length === pending.length) {
      const giving = detours.find(one => waiting.includes(one));
      if (!giving) return { updates, stuck: waiting.map(({ target }) => target) };
      detours = detours.filter(one => one !== giving);
      const changes = makeWay(giving, words);
      if (Object.keys(changes).length > 0) take(giving.target, changes);
    }
    pending = waiting;
  }
  return { updates, stuck: [] };
}

function wordsOf({ categoryId, label, code }: KnownItem) {
  return { label: labelIn(categoryId, label), code: codeAnywhere(code) };
}

/** Words that an item can take at once, in place of those that it is to give up. */
function makeWay({ target, changes }: ItemUpdate, words: Words): ItemFields {
  const { known, wanted } = target;
  const { id, categoryId } = known!;
  const label = wanted.labels.find(word => words.isFree(labelIn(categoryId, word), id));
  const code = wanted.codes.find(word => words.isFree(codeAnywhere(word), id));
  return {
    ...(changes.value === undefined || label === undefined ? {} : { value: label }),
    ...(changes.code == null || code === undefined ? {} : { code }),
  };
}
