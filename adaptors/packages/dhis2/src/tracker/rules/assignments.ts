/** The fields that have a value: attributes, and data elements of events. */
export interface ValuesOf {
  /** Whether a person has a value for an attribute, or for a data element in any event of the enrollment. */
  has(field: string): boolean;
}

/** The fields that an expression of a rule reads, by id; undefined: something that is not a field. */
export type Sources = readonly (string | undefined)[];

/** A value that a program rule of DHIS2 computes. */
export interface Assignment {
  /** The rule, for messages. */
  rule: { id: string; name: string };
  /** The attribute or data element. */
  field: string;
  kind: 'attribute' | 'dataElement';
  /** The only stage to which the rule applies. */
  stage?: string;
  /** The fields from which the value is computed. */
  sources: Sources;
  /** When the rule applies; undefined: only DHIS2 can tell. */
  terms: readonly Term[] | undefined;
}

/** A part of a condition: whether a field has a value. */
export interface Term {
  field: string | undefined;
  isThere: boolean;
}

/**
 * Whether a rule computes the value for a person. If the rule's condition only asks which fields
 * have a value, that decides; otherwise it counts if all fields have a value from which the value
 * is computed. Two cases only DHIS2 can decide, and they count as not computed: a fixed value under
 * another condition, and a value computed from something that is not a field. DHIS2 then refuses a
 * value that differs (E1307, E1309).
 */
export function isAssigned({ sources, terms }: Assignment, values: ValuesOf): boolean {
  if (!sources.every(field => field !== undefined && values.has(field))) return false;
  if (!terms) return sources.length > 0;
  return terms.every(({ field, isThere }) => {
    return field !== undefined && values.has(field) === isThere;
  });
}

/** All fields on which computed values depend. */
export function readByAny(all: readonly Assignment[]): ReadonlySet<string> {
  const fields = all.flatMap(({ sources, terms = [] }) => [
    ...sources,
    ...terms.map(({ field }) => field),
  ]);
  return new Set(fields.filter(field => field !== undefined));
}

/** The rule that computes an attribute for a person, if any. */
export function assignedAttribute(
  all: readonly Assignment[],
  attribute: string,
  values: ValuesOf,
): Assignment | undefined {
  return all.find(
    one => one.kind === 'attribute' && one.field === attribute && isAssigned(one, values),
  );
}

/** An event as rules see it. */
export interface RuledEvent {
  stage: string;
  status: string | undefined;
  /** Whether DHIS2 validates the stage's events at every write, not only on completion. */
  isStrict: boolean;
}

/**
 * The rule that computes a data element of an event. In a stage that is validated on completion,
 * rules apply only to completed events (dhis2 LIVE, WHO's package).
 */
export function assignedElement(
  all: readonly Assignment[],
  { stage, status, isStrict }: RuledEvent,
  dataElement: string,
  values: ValuesOf,
): Assignment | undefined {
  const holds = isStrict ? HELD.has(status ?? 'ACTIVE') : status === 'COMPLETED';
  if (!holds) return undefined;
  return all.find(
    one =>
      one.kind === 'dataElement' &&
      one.field === dataElement &&
      (one.stage ?? stage) === stage &&
      isAssigned(one, values),
  );
}

const HELD: ReadonlySet<string> = new Set(['ACTIVE', 'COMPLETED', 'VISITED']);
