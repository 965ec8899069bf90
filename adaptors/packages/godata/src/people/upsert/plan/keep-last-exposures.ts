import type { Adjusted } from '#common/reporting/report.js';
import type { RelationshipRecord } from '#godata/client/types/index.js';
import type { PeoplePlan } from './planned-person.js';
import type { RelatedChange, RelatedPlan } from './related-plan.js';

const TYPE = 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_';
const EXPOSED = [`${TYPE}CONTACT`, `${TYPE}CONTACT_OF_CONTACT`];

/** Relationships to delete that may be somebody's last exposure, with the contact whose it may be. */
interface Candidate {
  change: RelatedChange;
  contact: string;
}

/**
 * Deletions of exposures whose contact may have no other: what the contact's relationships must be read
 * for. Those of people who are deleted themselves go with them, and stand in no plan any more.
 *
 * @param existing relationships of the plan's people
 * @param people those who become cases lose exposures like any case
 */
export function findLastExposures(
  relationships: RelatedPlan,
  existing: readonly RelationshipRecord[],
  { deletes, converts }: Pick<PeoplePlan, 'deletes' | 'converts'>,
): Candidate[] {
  const doomed = new Set(deletes.map(({ id }) => id));
  const converted = new Set(converts.map(({ id }) => id));
  const byId = new Map(existing.map(one => [one.id, one]));
  const personsOf = ({ id }: RelatedChange) => byId.get(id)?.persons ?? [];
  relationships.changes = relationships.changes.filter(
    change => change.changes || !personsOf(change).some(({ id }) => doomed.has(id ?? '')),
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
 * Takes deletions out of a plan that would leave a contact without an exposure: Go.Data refuses them
 * (godata FACTS §2.3, r147), for good. Of several at once the last one stays.
 *
 * @param existing every relationship of the candidates' contacts
 */
export function keepLastExposures(
  relationships: RelatedPlan,
  candidates: readonly Candidate[],
  existing: readonly RelationshipRecord[],
): Adjusted[] {
  const doomed = new Set(candidates.map(({ change }) => change.id));
  const left = (contact: string) =>
    relationships.creates.some(({ other }) => other?.id === contact) ||
    existing.some(one => !one.deleted && !doomed.has(one.id) && isExposure(one, contact));
  const kept: RelatedChange[] = [];
  for (const { change, contact } of [...candidates].reverse()) {
    if (left(contact)) continue;
    doomed.delete(change.id);
    kept.push(change);
  }
  relationships.changes = relationships.changes.filter(change => !kept.includes(change));
  return kept.map(toAdjusted);
}

/** Whether it is an exposure of a contact, as the server counts them: to a case or an event. */
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
    'DHIS2 no longer has it. It stays in Go.Data, because a contact keeps its last exposure there: delete the contact, or give it another exposure.';
  return { kind: 'relationship', id: key, code: 'LAST_EXPOSURE_KEPT', message };
}
