import type { Adjusted } from '#common/reporting/report.js';
import type { RelationshipRecord } from '#godata/client/types/index.js';
import type { PeoplePlan } from './planned-person.js';
import type { RelatedChange, RelatedPlan } from './related-plan.js';

const TYPE = 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_';
const EXPOSED = [`${TYPE}CONTACT`, `${TYPE}CONTACT_OF_CONTACT`];

/** A relationship to delete that may be the last exposure of a contact. */
interface Candidate {
  change: RelatedChange;
  contact: string;
}

/**
 * Finds deletions of exposures whose contact may have no other exposure. For these the contact's
 * relationships must be read. Also removes deletions of relationships whose people are deleted
 * themselves: Go.Data deletes these with the person.
 *
 * @param existing relationships of the plan's people
 * @param people people who become cases can lose exposures like any case
 */
export function findLastExposures(
  relationships: RelatedPlan,
  existing: readonly RelationshipRecord[],
  { deletes, converts }: Pick<PeoplePlan, 'deletes' | 'converts'>,
): Candidate[] {
  const toDelete = new Set(deletes.map(({ id }) => id));
  const converted = new Set(converts.map(({ id }) => id));
  const byId = new Map(existing.map(one => [one.id, one]));
  const personsOf = ({ id }: RelatedChange) => byId.get(id)?.persons ?? [];
  relationships.changes = relationships.changes.filter(
    change => change.changes || !personsOf(change).some(({ id }) => toDelete.has(id ?? '')),
  );
  return relationships.changes.flatMap(change => {
    if (change.changes) return [];
    const exposed = personsOf(change).find(
      ({ target, type }) => target && EXPOSED.includes(type ?? ''),
    );
    const contact = exposed?.id ?? '';
    return contact === '' || converted.has(contact) ? [] : [{ change, contact }];
  });
}

/**
 * Removes deletions from a plan that would leave a contact without an exposure: Go.Data always
 * refuses them (godata FACTS §2.3, r147). Of several deletions for one contact the last one is
 * removed.
 *
 * @param existing every relationship of the candidates' contacts
 */
export function keepLastExposures(
  relationships: RelatedPlan,
  candidates: readonly Candidate[],
  existing: readonly RelationshipRecord[],
): Adjusted[] {
  const toDelete = new Set(candidates.map(({ change }) => change.id));
  const left = (contact: string) =>
    relationships.creates.some(({ other }) => other?.id === contact) ||
    existing.some(one => !one.deleted && !toDelete.has(one.id) && isExposure(one, contact));
  const kept: RelatedChange[] = [];
  for (const { change, contact } of [...candidates].reverse()) {
    if (left(contact)) continue;
    toDelete.delete(change.id);
    kept.push(change);
  }
  relationships.changes = relationships.changes.filter(change => !kept.includes(change));
  return kept.map(toAdjusted);
}

/**
 * Whether a relationship counts on the server as an exposure of a contact: to a case or an event.
 */
function isExposure({ persons }: RelationshipRecord, contact: string): boolean {
  const own = persons?.find(({ id }) => id === contact);
  const sources = own?.type === EXPOSED[1] ? [EXPOSED[0]] : [`${TYPE}CASE`, `${TYPE}EVENT`];
  return (
    own?.target === true &&
    persons!.some(({ id, type }) => id !== contact && sources.includes(type))
  );
}

function toAdjusted({ key }: RelatedChange): Adjusted {
  const message =
    'The relationship was deleted in DHIS2. It stays in Go.Data, because it is the last exposure of a contact. Delete the contact, or enter another exposure.';
  return { kind: 'relationship', id: key, code: 'LAST_EXPOSURE_KEPT', message };
}
