import type { Location } from '../../client/requests/locations.js';
import { isLinked } from './diff.js';
import { type LocationTree, placeKey } from './location-tree.js';
import type { Matcher, Target } from './match.js';

/**
 * Names and synonyms that users gave: those of locations made by hand, and the synonyms of such
 * locations that are linked to an org unit. They stay, and no sibling can have them.
 */
export class NamesByHand {
  private readonly tree: LocationTree;
  private readonly matcher: Matcher;
  private readonly targets: ReadonlyMap<string, Target>;
  private readonly synonymsOfLinked = new Map<string, Location>();

  constructor(tree: LocationTree, matcher: Matcher, targets: ReadonlyMap<string, Target>) {
    this.tree = tree;
    this.matcher = matcher;
    this.targets = targets;
    for (const target of targets.values()) {
      const { existing, parentLocationId } = target;
      for (const text of isLinked(target) ? (existing?.synonyms ?? []) : []) {
        this.synonymsOfLinked.set(placeKey(parentLocationId, text), existing!);
      }
    }
  }

  /** Another location, made by hand, that has a name at the place of the target. */
  nameHolderOf({ id, parentLocationId }: Target, name: string): Location | undefined {
    return this.byHand(this.tree.named(parentLocationId, name)).find(one => one.id !== id);
  }

  /** Another location, made by hand, that has a synonym at the place of the target. */
  synonymHolderOf({ id, parentLocationId }: Target, synonym: string): Location | undefined {
    const linked = this.synonymsOfLinked.get(placeKey(parentLocationId, synonym));
    return [...this.byHand(this.tree.withSynonym(parentLocationId, synonym)), linked].find(
      one => one !== undefined && one.id !== id,
    );
  }

  /**
   * Those of the locations that were made by hand. Linked locations do not count, because they can
   * be renamed.
   */
  private byHand(ids: readonly string[]): Location[] {
    return ids
      .filter(id => !this.targets.has(id))
      .map(id => this.tree.get(id)!)
      .filter(one => !this.matcher.isKept(one));
  }
}
