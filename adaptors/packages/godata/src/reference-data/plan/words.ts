import { getOrCreate } from '#common/collections/get-or-create.js';
import type { KnownItem } from '../known-items.js';
import { codeKey, labelKey } from '../label-key.js';

/** Who holds which label and which code, as it is and as a plan changes it. */
export class Words {
  readonly #holders = new Map<string, Set<string>>();
  readonly #held = new Map<string, string | undefined>();

  constructor(items: readonly KnownItem[] = []) {
    for (const { id, categoryId, label, code } of items) {
      this.give(id, 'label', labelIn(categoryId, label));
      this.give(id, 'code', codeAnywhere(code));
    }
  }

  /** Ids of those that hold a word. */
  holders(word: string | undefined): string[] {
    return word === undefined ? [] : [...(this.#holders.get(word) ?? [])];
  }

  /** Whether nobody but `id` holds a word. */
  isFree(word: string | undefined, id?: string): boolean {
    return this.holders(word).every(holder => holder === id);
  }

  /** Gives somebody a word in place of the one before. */
  give(id: string, kind: 'label' | 'code', word: string | undefined): void {
    const before = this.#held.get(`${kind} ${id}`);
    if (before !== undefined) this.#holders.get(before)?.delete(id);
    this.#held.set(`${kind} ${id}`, word);
    if (word !== undefined) getOrCreate(this.#holders, word, () => new Set<string>()).add(id);
  }
}

/** A label as a word: it counts within its category. */
export function labelIn(categoryId: string, label: string): string | undefined {
  return label === '' ? undefined : `label ${categoryId} ${labelKey(label)}`;
}

/** A code as a word: it counts in all of Go.Data (godata FACTS §2.7). */
export function codeAnywhere(code: string): string | undefined {
  return code === '' ? undefined : `code ${codeKey(code)}`;
}

/** The first word that is free; where none is, the last one with a number behind it. */
export function freeWord(words: readonly string[], isFree: (word: string) => boolean): string {
  const found = words.find(isFree);
  if (found !== undefined) return found;
  const last = words.at(-1)!;
  let number = 2;
  while (!isFree(`${last} ${number}`)) number += 1;
  return `${last} ${number}`;
}
