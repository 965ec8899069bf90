import type { TrackedRelationship } from '#common/handover/fetched-tracked-entity-batch.js';
import type { PersonView } from './view/person-view.js';

/** The two people of a relationship: who exposed whom, and whether that is certain. */
export interface Ends {
  source: string;
  target: string;
  /**
   * Whether data of the target are missing: the target is not in the batch, or it is not certain
   * that it is the target.
   */
  partial: boolean;
}

/** Why a relationship cannot exist in Go.Data. */
export type InvalidEnds = 'between-contacts' | 'with-oneself';

/**
 * Decides who exposed whom. Between a case and a contact the case is the source, as on the server
 * (godata FACTS §2.3). Otherwise the end that the job names is the source. A person who is not in
 * the batch may be a case or a contact.
 *
 * @param people views of the people of the batch, by id
 */
export function relationshipEnds(
  { from, to }: TrackedRelationship,
  sourceEnd: 'from' | 'to',
  people: ReadonlyMap<string, PersonView>,
): Ends | InvalidEnds {
  if (from === to) return 'with-oneself';
  const [first, second] = sourceEnd === 'from' ? [from, to] : [to, from];
  const kinds = [people.get(first)?.kind, people.get(second)?.kind];
  if (kinds[0] === 'contact' && kinds[1] === 'contact') return 'between-contacts';
  const [source, target] = kinds[0] === 'contact' ? [second, first] : [first, second];
  // When the other person is not in the batch, only a contact is certain to be the exposed person.
  const isCertain =
    people.has(target) && (people.has(source) || people.get(target)!.kind === 'contact');
  return { source, target, partial: !isCertain };
}
