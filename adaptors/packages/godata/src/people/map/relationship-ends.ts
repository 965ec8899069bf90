import type { TrackedRelationship } from '#common/handover/fetched-tracked-entity-batch.js';
import type { PersonView } from './view/person-view.js';

/** Who exposed whom, and whether that is sure. */
export interface Ends {
  source: string;
  target: string;
  /** What the target says of it is not in the batch, or nothing tells that it is the target. */
  partial: boolean;
}

/** Why a relationship is none in Go.Data. */
export type NoEnds = 'between-contacts' | 'with-oneself';

/**
 * Tells who exposed whom. Between a case and a contact, as the server has it (godata FACTS §2.3), the
 * case is the source; otherwise the end that the job names. Who is not in the batch may be either.
 *
 * @param people views of the batch by id
 */
export function relationshipEnds(
  { from, to }: TrackedRelationship,
  sourceEnd: 'from' | 'to',
  people: ReadonlyMap<string, PersonView>,
): Ends | NoEnds {
  if (from === to) return 'with-oneself';
  const [first, second] = sourceEnd === 'from' ? [from, to] : [to, from];
  const kinds = [people.get(first)?.kind, people.get(second)?.kind];
  if (kinds[0] === 'contact' && kinds[1] === 'contact') return 'between-contacts';
  const [source, target] = kinds[0] === 'contact' ? [second, first] : [first, second];
  // Beside somebody who is not here, only a contact is sure to be the one who was exposed.
  const isSure =
    people.has(target) && (people.has(source) || people.get(target)!.kind === 'contact');
  return { source, target, partial: !isSure };
}
