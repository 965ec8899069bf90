import { getOrCreate } from '#common/collections/get-or-create.js';
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
  const holders = new Map<string, number>();
  for (const text of siblings.flatMap(({ synonyms }) => synonyms)) {
    holders.set(nameKey(text), (holders.get(nameKey(text)) ?? 0) + 1);
  }
  const kept = new Map<string, string[]>();
  for (const { id, synonyms } of siblings) {
    const own = synonyms.filter(text => holders.get(nameKey(text)) === 1);
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
  const holders = new Map<string, Set<string>>();
  for (const { id, name, synonyms } of siblings) {
    for (const text of [name, ...synonyms]) {
      getOrCreate(holders, nameKey(text), () => new Set<string>()).add(id);
    }
  }
  return siblings.filter(({ name }) => holders.get(nameKey(name))!.size > 1);
}
