import type { RecordFields } from '#common/handover/mapped-people-batch.js';

/** Properties that the server sets in every record (godata FACTS §4). */
const SERVER_PROPERTIES = [
  'outbreakId',
  'createdBy',
  'updatedBy',
  'dbUpdatedAt',
  'createdOn',
  'deleted',
  'deletedAt',
  'deletedByParent',
];

const OF_PERSON = new Set([
  ...SERVER_PROPERTIES,
  'id',
  'type',
  'hasRelationships',
  'relationshipsRepresentation',
  'numberOfExposures',
  'numberOfContacts',
  'notDuplicatesIds',
  'mergedDuplicatesIds',
  'duplicateKeys',
  'classificationHistory',
  'followUpHistory',
]);

const OF_RELATED = new Set([
  ...SERVER_PROPERTIES,
  'personId',
  'personType',
  'persons',
  'contact',
  'person',
]);

/**
 * A person's record without empty properties and without those that the server computes and no
 * mapping needs.
 */
export function toPersonRecord(raw: RecordFields): RecordFields {
  return toRecord(raw, OF_PERSON);
}

/**
 * The record of a lab result, a follow-up or a relationship, reduced in the same way. It keeps its
 * id.
 */
export function toRelatedRecord(raw: RecordFields): RecordFields {
  return toRecord(raw, OF_RELATED);
}

function toRecord(raw: RecordFields, without: ReadonlySet<string>): RecordFields {
  const wanted = Object.entries(raw).filter(([name]) => !without.has(name));
  return (withoutEmpty(Object.fromEntries(wanted)) ?? {}) as RecordFields;
}

/**
 * @returns undefined for an empty value: null, an empty text, and a list or an object of only such
 * values
 */
function withoutEmpty(value: unknown): unknown {
  if (value === null || value === '') return undefined;
  if (Array.isArray(value)) {
    const items = value.map(withoutEmpty).filter(item => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .map(([name, part]) => [name, withoutEmpty(part)] as const)
    .filter(([, part]) => part !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
