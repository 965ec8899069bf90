import type { CollectionName } from '../dhis2/metadata/collections.js';
import { nameObject } from './problems.js';

type Entry = Readonly<Record<string, unknown>>;
type Lists = Partial<Record<CollectionName, readonly unknown[]>>;

/** Objects that name what they belong to, and are named by it. */
const OWNED = [
  { list: 'options', of: 'optionSet', owners: 'optionSets' },
  { list: 'programRuleActions', of: 'programRule', owners: 'programRules' },
] as const;

/**
 * Gives options and actions of rules what they belong to, where a file says it at the other end only:
 * in older servers, an option did not name its option set (dhis2-core, Option.java before it had
 * getOptionSet). What nothing names is omitted: no value and no rule can meet it.
 *
 * @returns the lists, and a remark about each object that was omitted
 */
export function findOwners<T extends Lists>(lists: T): { lists: T; remarks: string[] } {
  const remarks: string[] = [];
  const changed: Lists = {};
  for (const { list, of, owners } of OWNED) {
    const objects = (lists[list] ?? []) as readonly Entry[];
    if (objects.every(object => object[of])) continue;
    const ownerOf = new Map(
      ((lists[owners] ?? []) as readonly Entry[]).flatMap(owner =>
        ((owner[list] ?? []) as readonly Entry[]).map(part => [part.id, { id: owner.id }] as const),
      ),
    );
    changed[list] = objects.flatMap(object => {
      const owner = object[of] ?? ownerOf.get(object.id);
      if (owner) return [{ ...object, [of]: owner }];
      remarks.push(`${nameObject(list, object)} is omitted: no ${of} has it.`);
      return [];
    });
  }
  return { lists: { ...lists, ...changed }, remarks };
}
