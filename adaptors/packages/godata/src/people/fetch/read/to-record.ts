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
  return keepGiven(raw, name => !without.has(name)) ?? {};
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
  return typeof value === 'object' ? keepGiven(value as RecordFields, () => true) : value;
}

/** The properties that have a value, of those that are wanted; undefined without any. */
function keepGiven(
  all: RecordFields,
  isWanted: (name: string) => boolean,
): RecordFields | undefined {
  const kept: [string, unknown][] = [];
  for (const name of Object.keys(all)) {
    if (!isWanted(name)) continue;
    const part = withoutEmpty(all[name]);
    if (part !== undefined) kept.push([name, part]);
  }
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
