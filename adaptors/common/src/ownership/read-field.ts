import { ownOf } from '../collections/own.js';
import type { TrackedEntity } from '../handover/fetched-tracked-entity-batch.js';
import type { RecordFields } from '../handover/mapped-people-batch.js';
import type { FieldOwner } from '../handover/owners.js';
import { currentEnrollment, heldEvents } from '../handover/tracked-entity-reading.js';
import { dhis2PathsOf, variablesOf } from './owners.js';

const RESIDENCE = 'LNG_REFERENCE_DATA_CATEGORY_ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE';

/**
 * The value of a Go.Data record for a field of an owner table. For `addresses` it is that of the
 * usual place of residence, for `questionnaireAnswers` those of the variables in the table.
 */
export function readGoDataField(record: RecordFields, field: string, owner: FieldOwner): unknown {
  const [name, ...rest] = field.split('.');
  const value = ownOf(record, name!);
  const variables = variablesOf(owner);
  if (variables) return Object.fromEntries(variables.map(one => [one, answer(value, one)]));
  if (rest.length === 0) return value;
  const key = rest.join('.');
  if (name === 'addresses') return ownOf(residenceOf(value), key);
  if (name === 'questionnaireAnswers') return answer(value, key);
  return ownOf(value as RecordFields | null | undefined, key);
}

/** The usual place of residence among addresses: every person has at most one (godata FACTS §5.4). */
export function residenceOf(addresses: unknown): RecordFields | undefined {
  const list = Array.isArray(addresses) ? (addresses as RecordFields[]) : [];
  return list.find(({ typeId }) => typeId === undefined || typeId === RESIDENCE);
}

/** The values of an answer, without their days. */
function answer(answers: unknown, variable: string): unknown {
  const given = ownOf(answers as Record<string, unknown> | null | undefined, variable);
  if (!Array.isArray(given)) return given;
  return given.map(one => (one as { value?: unknown } | null)?.value);
}

/** Reads the values of a tracked entity at all places of a field, each as a text. */
export type Dhis2Reader = (owner: FieldOwner) => string[];

/**
 * Reads the values of a tracked entity at the places of an owner table; an empty text where it has
 * none. For a data element this is the latest value of the current enrollment, as a mapping reads
 * it.
 */
export function createDhis2Reader(entity: TrackedEntity): Dhis2Reader {
  const current = currentEnrollment(entity);
  const held = heldEvents(current?.events ?? []);
  const latest = (stage: string, dataElement: string) => {
    for (let at = held.length - 1; at >= 0; at -= 1) {
      const event = held[at]!;
      const value = event.stage === stage && ownOf(event.values, dataElement)?.trim();
      if (value) return value;
    }
    return '';
  };
  const read = (path: string): string => {
    if (path === 'orgUnit') return entity.orgUnit;
    if (path === 'enrolledAt' || path === 'occurredAt') return current?.[path] ?? '';
    const [first, dataElement] = path.split('.') as [string, string | undefined];
    if (dataElement !== undefined) return latest(first, dataElement);
    return (ownOf(entity.attributes, first) ?? '').trim();
  };
  return owner => dhis2PathsOf(owner).map(read);
}
