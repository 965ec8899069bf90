import { nameKey } from '../name-key.js';

/** The texts of a sibling to compare. */
export interface Sibling {
  id: string;
  name: string;
  synonyms: string[];
}

/**
 * Finds the synonyms that no sibling shares: Go.Data refuses two siblings with the same synonym, as
 * it does with the same name. A shared synonym is removed from all siblings, because nothing says
 * which of them should have it.
 *
 * @returns id → synonyms, for siblings that lose a synonym
 */
export function distinctSynonyms(siblings: readonly Sibling[]): Map<string, string[]> {
  const met = new Set<string>();
  const shared = new Set<string>();
  for (const { synonyms } of siblings) {
    for (const text of synonyms) {
      const key = nameKey(text);
      if (met.has(key)) shared.add(key);
      else met.add(key);
    }
  }
  const kept = new Map<string, string[]>();
  if (shared.size === 0) return kept;
  for (const { id, synonyms } of siblings) {
    const own = synonyms.filter(text => !shared.has(nameKey(text)));
    if (own.length < synonyms.length) kept.set(id, own);
  }
  return kept;
}

/**
 * Finds names that Go.Data accepts for siblings: no two names are equal, and none equals a synonym
 * of another sibling. Every sibling in a conflict gets another name, not only the second one: their
 * order is random, and the names must be the same in every run.
 *
 * @param siblings all children of one parent
 * @param rule makes another name; if a sibling has that name too, the id is added in brackets
 * @returns id → other name, for siblings that need one
 */
export function distinctNames<T extends Sibling>(
  siblings: readonly T[],
  rule: (sibling: T) => string,
): Map<string, string> {
  const others = new Map<string, string>();
  let conflict = inConflict(siblings);
  for (const sibling of conflict) others.set(sibling.id, rule(sibling));
  while (conflict.length > 0) {
    conflict = inConflict(
      siblings.map(sibling => ({ ...sibling, name: others.get(sibling.id) ?? sibling.name })),
    );
    for (const { id, name } of conflict) others.set(id, `${name} (${id})`);
  }
  return others;
}

function inConflict<T extends Sibling>(siblings: readonly T[]): T[] {
  const holders = new Map<string, string>();
  const shared = new Set<string>();
  const hold = (text: string, id: string) => {
    const key = nameKey(text);
    const holder = holders.get(key);
    if (holder === undefined) holders.set(key, id);
    else if (holder !== id) shared.add(key);
  };
  for (const { id, name, synonyms } of siblings) {
    hold(name, id);
    for (const text of synonyms) hold(text, id);
  }
  return shared.size > 0 ? siblings.filter(({ name }) => shared.has(nameKey(name))) : [];
}
