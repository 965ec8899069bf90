/** One of the two systems. */
export type Side = 'dhis2' | 'godata';

/** Which system wins for a field; `latest`: the one that changed it last since both had the same. */
export type Owner = Side | 'latest';

/**
 * The owner of a Go.Data field, and the places in DHIS2 that hold the same fact.
 *
 * `dhis2` names attributes by id, data elements as `<stage>.<data element>`, and `orgUnit`,
 * `enrolledAt` or `occurredAt` of the enrollment: one, several, or for `questionnaireAnswers` those of
 * each variable. Absent: DHIS2 has no place for it that Go.Data could fill; the mapping derives it, one way.
 */
export interface FieldOwner {
  owner: Owner;
  dhis2?: string | readonly string[] | Readonly<Record<string, string>>;
}

/**
 * Owners by the path of the field in Go.Data: `lastName`, `addresses.phoneNumber` (of the usual place
 * of residence), `questionnaireAnswers` (all variables in `dhis2` together) or
 * `questionnaireAnswers.fever`.
 */
export type OwnerTable = Readonly<Record<string, FieldOwner>>;

/**
 * Fingerprints of the fields of a person whose owner is `latest`: five signs each, in the order of the
 * owner table. A table of them by field is read as well: a step of an earlier version has left it.
 */
export type Fingerprints = string | Readonly<Record<string, string>>;

/**
 * The owner tables of cases and of contacts. A field in neither belongs to the system that the mapping
 * reads from.
 */
export interface Owners {
  case?: OwnerTable;
  contact?: OwnerTable;
}
