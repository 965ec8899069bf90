import { getOrCreate } from '#common/collections/get-or-create.js';
import type { KnownItem } from '../known-items.js';
import { codeKey, labelKey } from '../label-key.js';

/** The owner of each label and code, now and after the changes of a plan. */
export class TakenTexts {
  private readonly holdersOf = new Map<string, Set<string>>();
  private readonly textOf = new Map<string, string | undefined>();

  constructor(items: readonly KnownItem[] = []) {
    for (const { id, categoryId, label, code } of items) {
      this.give(id, 'label', labelIn(categoryId, label));
      this.give(id, 'code', codeAnywhere(code));
    }
  }

  /** Ids of the owners of a text. */
  holders(text: string | undefined): string[] {
    return text === undefined ? [] : [...(this.holdersOf.get(text) ?? [])];
  }

  /** Whether no item other than `id` has a text. */
  isFree(text: string | undefined, id?: string): boolean {
    return this.holders(text).every(holder => holder === id);
  }

  /** Gives an item a text in place of its former one. */
  give(id: string, kind: 'label' | 'code', text: string | undefined): void {
    const before = this.textOf.get(`${kind} ${id}`);
    if (before !== undefined) this.holdersOf.get(before)?.delete(id);
    this.textOf.set(`${kind} ${id}`, text);
    if (text !== undefined) getOrCreate(this.holdersOf, text, () => new Set<string>()).add(id);
  }
}

/** The key of a label, which is unique in its category. */
export function labelIn(categoryId: string, label: string): string | undefined {
  return label === '' ? undefined : `label ${categoryId} ${labelKey(label)}`;
}

/** The key of a code, which is unique in all of Go.Data (godata FACTS §2.7). */
export function codeAnywhere(code: string): string | undefined {
  return code === '' ? undefined : `code ${codeKey(code)}`;
}

/** The first free text. When none is free, the last text with a number added. */
export function freeText(texts: readonly string[], isFree: (text: string) => boolean): string {
  const found = texts.find(isFree);
  if (found !== undefined) return found;
  const last = texts.at(-1)!;
  let number = 2;
  while (!isFree(`${last} ${number}`)) number += 1;
  return `${last} ${number}`;
}
