/** A stage of a program, with what its events need besides values. */
export interface Stage {
  readonly kind: 'stage';
  /** Id, code or exact name. */
  readonly ref: string;
  /** Go.Data fields that give the day of its event; of several, the first that has one. */
  readonly occurredAt: readonly string[];
}

/** An attribute of the program or of its tracked entity type. */
export interface AttributePlace {
  readonly kind: 'attribute';
  readonly ref: string;
}

/** A data element of a stage. Of several stages the first is written. */
export interface ElementPlace {
  readonly kind: 'element';
  readonly stages: readonly Stage[];
  readonly ref: string;
}

/** A day of the enrollment. */
export interface DayPlace {
  readonly kind: 'enrolledAt' | 'occurredAt';
}

/** Stands for the org unit of the person who exposed another. */
export const SOURCE = 'source';

/** The org unit of the tracked entity and its enrollment. */
export interface OrgUnitPlace {
  readonly kind: 'orgUnit';
  /** What a new person without a location gets: `source`, or the id or code of an org unit. */
  readonly otherwise: readonly string[];
}

/** A place in DHIS2 that holds a fact. */
export type Place = AttributePlace | ElementPlace | DayPlace | OrgUnitPlace;

/**
 * A stage of a program, for `element` and `answers`.
 *
 * @public
 * @function
 * @param {string} ref - Its id, code or exact name
 * @param {object} [options] - `occurredAt`: the Go.Data field that gives the day of its event, or
 * several of which the first with a day counts. Default: the day of the enrollment
 * @returns {Stage}
 * @example
 * const outcome = stage('iVfs6Jyp7I8', { occurredAt: 'dateOfOutcome' });
 */
export function stage(
  ref: string,
  { occurredAt = [] }: { occurredAt?: string | readonly string[] } = {},
): Stage {
  return { kind: 'stage', ref, occurredAt: [occurredAt].flat() };
}

/**
 * An attribute of a program or of its tracked entity type.
 *
 * @public
 * @function
 * @param {string} ref - Its id, code or exact name
 * @returns {AttributePlace}
 * @example
 * row('firstName', attribute('sB1IHYu2xQT'))
 */
export function attribute(ref: string): AttributePlace {
  return { kind: 'attribute', ref };
}

/**
 * A data element of a stage. Its value is the latest one of the current enrollment.
 *
 * @public
 * @function
 * @param {Stage|Stage[]} stages - The stage; or several that have the data element: the latest
 * value of all is read, and the first stage is written
 * @param {string} ref - Id, code or exact name of the data element
 * @returns {ElementPlace}
 * @example
 * row('dateOfOnset', element(clinical, 's3eoonJ8OJb'))
 */
export function element(stages: Stage | readonly Stage[], ref: string): ElementPlace {
  return { kind: 'element', stages: [stages].flat() as Stage[], ref };
}

/**
 * The day of the enrollment. Where one system has none, it is the day on which the person was
 * created there.
 *
 * @public
 * @function
 * @returns {DayPlace}
 * @example
 * row('dateOfReporting', enrolledAt())
 */
export function enrolledAt(): DayPlace {
  return { kind: 'enrolledAt' };
}

/**
 * The incident date of the enrollment, whatever its name in the program.
 *
 * @public
 * @function
 * @returns {DayPlace}
 * @example
 * row('dateOfOnset', occurredAt())
 */
export function occurredAt(): DayPlace {
  return { kind: 'occurredAt' };
}

/**
 * The org unit of the person.
 *
 * @public
 * @function
 * @param {...string} otherwise - Where a new person of Go.Data without a location is registered, in
 * order: `'source'`, the location of the person who exposed this one; or the id or code of an org
 * unit
 * @returns {OrgUnitPlace}
 * @example
 * row('addresses.locationId', orgUnit('source'), { owner: 'dhis2' })
 */
export function orgUnit(...otherwise: string[]): OrgUnitPlace {
  return { kind: 'orgUnit', otherwise };
}

/**
 * The path of a place in an owner table: an attribute's id, `<stage>.<data element>`, or the name of
 * a property.
 *
 * @param place with ids, see `resolve-names.ts`
 */
export function pathOf(place: Place): string {
  if (place.kind === 'attribute') return place.ref;
  if (place.kind === 'element') return `${place.stages[0]!.ref}.${place.ref}`;
  return place.kind;
}
