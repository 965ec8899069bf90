import { getOrCreate } from '../collections/get-or-create.js';
import { emptyTable, ownOf } from '../collections/own.js';
import type { TrackedEntity } from '../handover/fetched-tracked-entity-batch.js';
import type { RecordFields } from '../handover/mapped-people-batch.js';
import type { FieldOwner } from '../handover/owners.js';
import { currentEnrollment, heldEvents } from '../handover/tracked-entity-reading.js';
import { dhis2PathsOf, variablesOf } from './owners.js';

const RESIDENCE = 'LNG_REFERENCE_DATA_CATEGORY_ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE';

/**
 * The value of a Go.Data record for a field of an owner table. For `addresses` it is that of the
 * usual place of residence, for `questionnaireAnswers` those of the variables in the table that
 * have an answer.
 */
export function readGoDataField(record: RecordFields, field: string, owner: FieldOwner): unknown {
  const { name, key } = getOrCreate(knownNames, field, () => splitName(field));
  const value = ownOf(record, name);
  const variables = variablesOf(owner);
  if (variables) {
    const answers = emptyTable<unknown>();
    for (const one of variables) {
      const given = answer(value, one);
      if (given !== undefined) answers[one] = given;
    }
    return answers;
  }
  if (key === undefined) return value;
  if (name === 'addresses') return ownOf(residenceOf(value), key);
  if (name === 'questionnaireAnswers') return answer(value, key);
  return ownOf(value as RecordFields | null | undefined, key);
}

/** Fields that are split already: a mapping has few, and each is read of everybody. */
const knownNames = new Map<string, { name: string; key: string | undefined }>();

function splitName(field: string): { name: string; key: string | undefined } {
  const end = field.indexOf('.');
  if (end < 0) return { name: field, key: undefined };
  return { name: field.slice(0, end), key: field.slice(end + 1) };
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
  const byStage = new Map<string, Map<string, string>>();
  // A later event replaces what an earlier one of its stage has.
  for (const { stage, values } of heldEvents(current?.events ?? [])) {
    const latest = getOrCreate(byStage, stage, () => new Map<string, string>());
    for (const dataElement of Object.keys(values)) {
      const value = values[dataElement]!.trim();
      if (value !== '') latest.set(dataElement, value);
    }
  }
  const read = ({ stage, id }: Place): string => {
    if (stage !== undefined) return byStage.get(stage)?.get(id) ?? '';
    if (id === 'orgUnit') return entity.orgUnit;
    if (id === 'enrolledAt' || id === 'occurredAt') return current?.[id] ?? '';
    return (ownOf(entity.attributes, id) ?? '').trim();
  };
  return owner => getOrCreate(knownPlaces, owner, () => dhis2PathsOf(owner).map(toPlace)).map(read);
}

/** A place of an owner table: a property or an attribute, or a data element of a stage. */
interface Place {
  stage?: string;
  id: string;
}

/** Places that are read already. */
const knownPlaces = new WeakMap<FieldOwner, readonly Place[]>();

function toPlace(path: string): Place {
  const [stage = '', id] = path.split('.');
  return id === undefined ? { id: stage } : { stage, id };
}
