import type { TrackerError } from '../../import/report.js';
import { fieldsIn } from '../apply/refusals.js';
import type { Metadata } from '../check/read-metadata.js';
import type { PlannedObject } from '../plan/person-plan.js';

/** A value that DHIS2 refuses: where it is sent, and why it is refused. */
export interface RefusedValue {
  object: PlannedObject;
  /** Attribute, data element, `enrolledAt` or `occurredAt`. */
  path: string;
  error: TrackerError;
  /** What the error names: the same field, or one that a rule computes from it. */
  named: readonly string[];
}

/** Codes about the days of an enrollment. */
const DAYS: Readonly<Record<string, string>> = { E1020: 'enrolledAt', E1021: 'occurredAt' };

/**
 * Codes that refuse a value that is given (dhis2 FACTS §4.1): without the value the object is
 * taken. The other codes refuse an object, or ask for a value that is not given.
 */
const OF_VALUE: ReadonlySet<string> = new Set([
  'E1006',
  'E1007',
  'E1009',
  'E1019',
  'E1064',
  'E1077',
  'E1084',
  'E1085',
  'E1112',
  'E1125',
  'E1302',
  'E1304',
  'E1305',
  'E1307',
  'E1309',
]);

/**
 * The values of a person that an error refuses, in whatever object of the person they are sent: an
 * error of an enrollment may concern a value that a rule computes from an attribute of the tracked
 * entity. Values that are only repeated are not among them: without them DHIS2 would not be asked
 * about what changes.
 *
 * @returns nothing if the error refuses the object, not a value
 */
export function findRefusedValues(
  error: TrackerError,
  object: PlannedObject,
  group: readonly PlannedObject[],
  metadata: Metadata,
): RefusedValue[] {
  const { errorCode = '' } = error;
  const day = DAYS[errorCode];
  if (day !== undefined)
    return object.fields.includes(day) ? [{ object, path: day, error, named: [] }] : [];
  if (!OF_VALUE.has(errorCode)) return [];
  const fields = fieldsIn(error, object, metadata).map(({ id }) => id);
  const own = fields.filter(id => object.fields.includes(id));
  if (own.length > 0) return own.map(path => ({ object, path, error, named: [path] }));
  const { assignments = [] } = metadata.programOf(object.program ?? '') ?? {};
  const sources = assignments
    .filter(({ field }) => fields.includes(field))
    .flatMap(one => one.sources);
  return group.flatMap(holder =>
    [...new Set([...fields, ...sources])]
      .filter(id => id !== undefined && holder.fields.includes(id))
      .map(path => ({ object: holder, path: path!, error, named: fields })),
  );
}
