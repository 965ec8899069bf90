import type { PlannedObject } from '../plan/person-plan.js';
import type { SentAttribute } from '../plan/send-attributes.js';

/**
 * Adds a value for each attribute that DHIS2 generates, for a request that stores nothing: any text
 * is accepted (dhis2 LIVE 224), and nobody else has this UID.
 */
export function standIn(object: PlannedObject): void {
  const attributes = (object.body.attributes ?? []) as SentAttribute[];
  const made = (object.generated ?? []).map(attribute => ({ attribute, value: object.uid }));
  if (made.length > 0) object.body = { ...object.body, attributes: [...attributes, ...made] };
}

/** Removes what {@link standIn} has added. */
export function removeStandIns(object: PlannedObject): void {
  const attributes = (object.body.attributes ?? []) as SentAttribute[];
  const made = new Set(object.generated ?? []);
  if (made.size === 0) return;
  const given = attributes.filter(({ attribute }) => !made.has(attribute));
  object.body = { ...object.body, attributes: given };
}
