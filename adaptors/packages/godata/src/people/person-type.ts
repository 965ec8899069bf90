import { ownOf } from '#common/collections/own.js';
import type { OutbreakPerson } from '#common/handover/fetched-people-batch.js';

const TYPE = 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_';

const KINDS: Readonly<Record<string, OutbreakPerson['kind']>> = {
  [`${TYPE}CASE`]: 'case',
  [`${TYPE}CONTACT`]: 'contact',
  [`${TYPE}CONTACT_OF_CONTACT`]: 'contact-of-contact',
};

/** The values of `type` for people. Events have another value, because they are not people. */
export const PERSON_TYPES: readonly string[] = Object.keys(KINDS);

/** The kind of person for a value of `type`; undefined for an event. */
export function kindOfType(type: unknown): OutbreakPerson['kind'] | undefined {
  return typeof type === 'string' ? ownOf(KINDS, type) : undefined;
}
