import { getOrCreate } from '#common/collections/get-or-create.js';
import { nameKey } from '../name-key.js';

/** What is compared of a sibling. */
export interface Sibling {
  id: string;
  name: string;
  synonyms: string[];
}

/**
 * Synonyms that no sibling shares: Go.Data refuses two siblings with one synonym as it refuses two with
 * one name. Nobody keeps a shared one, since nothing tells whose it is.
 *
 * @returns id → synonyms, for those that lose one
 */
export function distinctSynonyms(siblings: readonly Sibling[]): Map<string, string[]> {
  const holders = new Map<string, number>();
  for (const word of siblings.flatMap(({ synonyms }) => synonyms)) {
    holders.set(nameKey(word), (holders.get(nameKey(word)) ?? 0) + 1);
  }
  const kept = new Map<string, string[]>();
  for (const { id, synonyms } of siblings) {
    const own = synonyms.filter(word => holders.get(nameKey(word)) === 1);
    if (own.length < synonyms.length) kept.set(id, own);
  }
  return kept;
}

/**
 * Finds names for siblings that Go.Data takes side by side: no two alike, and none equal to another's
 * synonym. Every sibling in conflict gets another name, not just the second: which one came first is
 * chance, and the names must be the same in every run.
 *
 * @param siblings the children of one parent, all of them
 * @param rule makes another name; while that is taken as well, the id is added in brackets
 * @returns id → other name, for those that need one
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
    for (const word of [name, ...synonyms]) {
      getOrCreate(holders, nameKey(word), () => new Set<string>()).add(id);
    }
  }
  return siblings.filter(({ name }) => holders.get(nameKey(name))!.size > 1);
}
