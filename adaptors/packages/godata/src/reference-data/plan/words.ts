import { getOrCreate } from '../../../../../common/src/get-or-create.js';
import type { KnownItem } from '../known-items.js';
import { codeKey, labelKey } from '../label-key.js';

/** Who holds which label and which code, as it is and as a plan changes it. */
export class Words {
  readonly #holders = new Map<string, Set<string>>();

  constructor(items: readonly KnownItem[] = []) {
    for (const { id, categoryId, label, code } of items) {
      this.hold(id, labelIn(categoryId, label));
      this.hold(id, codeAnywhere(code));
    }
  }

  /** Whether nobody but `id` holds a word. */
  isFree(word: string | undefined, id?: string): boolean {
    if (word === undefined) return true;
    for (const holder of this.#holders.get(word) ?? []) if (holder !== id) return false;
    return true;
  }

  hold(id: string, word: string | undefined): void {
    if (word !== undefined) getOrCreate(this.#holders, word, () => new Set<string>()).add(id);
  }

  release(id: string, word: string | undefined): void {
    if (word !== undefined) this.#holders.get(word)?.delete(id);
  }
}

/** A label as a word: it counts within its category. */
export function labelIn(categoryId: string, label: string): string | undefined {
  return label === '' ? undefined : `${categoryId} ${labelKey(label)}`;
}

/** A code as a word: it counts in all of Go.Data (godata FACTS §2.7). */
export function codeAnywhere(code: string): string | undefined {
  return code === '' ? undefined : codeKey(code);
}
