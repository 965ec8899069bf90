/** An attribute, or a data element of an event, of which a value is asked for. */
export interface ValuesOf {
  /** Whether a person has a value for an attribute or, in any event of the enrollment, a data element. */
  has(field: string): boolean;
}

/** What an expression of a rule reads, by the ids of fields; undefined: something that is not a field. */
export type Sources = readonly (string | undefined)[];

/** A value that a program rule of DHIS2 works out. */
export interface Assignment {
  /** The rule, to be named in messages. */
  rule: { id: string; name: string };
  /** The attribute or data element. */
  field: string;
  kind: 'attribute' | 'dataElement';
  /** The only stage for which the rule holds. */
  stage?: string;
  /** What the value is worked out of. */
  sources: Sources;
  /** When the rule holds; undefined: in a way that only DHIS2 can tell. */
  terms: readonly Term[] | undefined;
}

/** A part of a condition: whether a field has a value. */
export interface Term {
  field: string | undefined;
  isThere: boolean;
}

/**
 * Whether a rule works out the value for a person: where the rule's condition only asks what has a value,
 * that decides; else whether all is there that the value is made of. What only DHIS2 can tell, a fixed
 * value under another condition or a value made of what is no field, counts as nobody's: DHIS2 then
 * refuses what differs (E1307, E1309).
 */
export function isAssigned({ sources, terms }: Assignment, values: ValuesOf): boolean {
  if (!sources.every(field => field !== undefined && values.has(field))) return false;
  if (!terms) return sources.length > 0;
  return terms.every(({ field, isThere }) => {
    return field !== undefined && values.has(field) === isThere;
  });
}

/** All fields that decide on values which rules work out. */
export function readByAny(all: readonly Assignment[]): ReadonlySet<string> {
  const fields = all.flatMap(({ sources, terms = [] }) => [
    ...sources,
    ...terms.map(({ field }) => field),
  ]);
  return new Set(fields.filter(field => field !== undefined));
}

/** The rule that works out an attribute for a person, if one does. */
export function assignedAttribute(
  all: readonly Assignment[],
  attribute: string,
  values: ValuesOf,
): Assignment | undefined {
  return all.find(
    one => one.kind === 'attribute' && one.field === attribute && isAssigned(one, values),
  );
}

/** An event as rules look at it. */
export interface RuledEvent {
  stage: string;
  status: string | undefined;
  /** Whether DHIS2 validates events of the stage whenever they are written, not on completion only. */
  isStrict: boolean;
}

/**
 * The rule that works out a data element of an event. In a stage that is validated on completion rules
 * hold for completed events only (dhis2 LIVE, WHO's package).
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
