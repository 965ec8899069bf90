import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import { type Owners, ownersFor } from '#common/ownership/index.js';
import { AGE_RULE } from '#common/people/age.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { Fault } from './fields/reading.js';

const MESSAGES: Readonly<Record<Fault['code'], string>> = {
  INVALID_DATE: 'not a calendar day',
  INVALID_AGE: `not a possible age (${AGE_RULE})`,
  INVALID_COORDINATES: 'not a place on earth',
  INVALID_NUMBER: 'not a number',
};

/** The system in which a value was entered, and where to correct it. */
export type EnteredIn = 'DHIS2' | 'Go.Data';

/** The report row of a rejected record. It names the fields, never their values. */
export function rejectFor(
  faults: readonly Fault[],
  kind: string,
  id: string,
  enteredIn: EnteredIn = 'DHIS2',
): Rejected {
  const [{ code }] = faults as [Fault, ...Fault[]];
  const fields = faults.filter(fault => fault.code === code).map(({ field }) => field);
  const message = `${[...new Set(fields)].join(', ')}: ${MESSAGES[code]}. Correct it in ${enteredIn}.`;
  return { kind, id, code, message };
}

/** The report rows of omitted fields, each field once. They never have the values. */
export function adjustFor(
  omitted: readonly Fault[],
  kind: string,
  id: string,
  enteredIn: (field: string) => EnteredIn = () => 'DHIS2',
): Adjusted[] {
  const rows = omitted.map(({ code, field }) => ({
    kind,
    id,
    code,
    message: `${field}: ${MESSAGES[code]}. The field was omitted. Correct it in ${enteredIn(field)}.`,
  }));
  return [...new Map(rows.map(row => [row.message, row])).values()];
}

/**
 * The system in which a field's value was entered: the one that owns the field. If both may change
 * it, the one in which the person was first entered: a bad value of Go.Data has come back from
 * DHIS2.
 *
 * @param field path of the field: `age`, `addresses.geoLocation`
 */
export function enteredIn(
  { kind, link }: Pick<TrackedEntity, 'kind'> & { link?: { isOrigin: boolean } },
  owners: Owners,
  field: string,
): EnteredIn {
  const table = ownersFor(owners, kind);
  const owner = (table[field] ?? table[field.split('.')[0]!])?.owner ?? 'latest';
  if (owner !== 'latest') return owner === 'godata' ? 'Go.Data' : 'DHIS2';
  return link?.isOrigin ? 'Go.Data' : 'DHIS2';
}
