import type { Owner } from '../handover/owners.js';
import type { Codes } from './codes.js';
import type { AnyContext, ToDhis2Context, ToGoDataContext } from './contexts.js';
import { attribute, element, type Place, type Stage } from './places.js';
import type { AnyField } from './writable.js';

/** Which way a row goes. */
export type Direction = 'both' | 'to-godata' | 'to-dhis2';

/**
 * The value of a Go.Data field, computed from the values of the row's places: a list in the order
 * of the places, undefined for a missing value.
 */
export type ToGoData<Context = AnyContext> = (
  values: (string | undefined)[],
  context: Context,
) => unknown;

/**
 * The values of the row's places, computed from the Go.Data field: one, or a list in the order of
 * the places. Null clears a value, undefined leaves DHIS2's own.
 */
// biome-ignore lint/suspicious/noExplicitAny: what a field holds depends on the data.
export type ToDhis2 = (value: any, context: ToDhis2Context) => unknown;

/** What a row says besides the field and the place. */
export interface RowOptions<Field extends string = string> {
  /** The table of option codes. */
  codes?: Codes;
  /** Which system wins where both may change the field. Default `latest`. */
  owner?: Owner;
  /** Default `both`; with only one of the two functions, the way of that function. */
  direction?: Direction;
  toGoData?: ToGoData<ToGoDataContext<Field>>;
  toDhis2?: ToDhis2;
}

/** What a row of answers says besides its table. */
export interface AnswersOptions extends Pick<RowOptions, 'owner' | 'direction'> {
  /** Variable → the table of its option codes. Other answers are copied as they are. */
  codes?: Readonly<Record<string, Codes>>;
}

/** One fact: a field of Go.Data and its places in DHIS2. */
export interface Row<Field extends string = string> {
  readonly kind: 'row';
  readonly field: Field;
  readonly places: readonly Place[];
  /** For a row of answers: variable → place, instead of `places`. */
  readonly answers?: Readonly<Record<string, Place>>;
  /** For a row of answers: variable → the table of its option codes. */
  readonly answerCodes?: Readonly<Record<string, Codes>>;
  readonly codes?: Codes;
  readonly owner: Owner;
  readonly direction: Direction;
  readonly toGoData?: ToGoData;
  readonly toDhis2?: ToDhis2;
}

/**
 * A row of a mapping: one fact, with its field in Go.Data and its place in DHIS2. It is read from
 * right to left on the way to Go.Data, and from left to right on the way to DHIS2.
 *
 * @public
 * @function
 * @param {string} field - The field in Go.Data: `firstName`, `addresses.phoneNumber` (of the usual
 * place of residence), `documents.EXTERNAL_ID`...
 * @param {Place|Place[]} [places] - `attribute`, `element`, `enrolledAt`, `occurredAt` or `orgUnit`;
 * several for a function
 * @param {RowOptions} [options] - codes, owner, direction, toGoData, toDhis2
 * @returns {Row}
 * @example
 * row('gender', attribute('oindugucx72'), { codes: codes('GENDER', { MALE: 'MALE' }) })
 * @example <caption>A value that is computed</caption>
 * row('classification', { toGoData: (_, { person }) => person.events(labRequest.ref).length > 0 ? PROBABLE : SUSPECT })
 */
export function row<const Field extends AnyField>(
  field: Field,
  places: Place | readonly Place[] | RowOptions<Field> = [],
  options: RowOptions<Field> = {},
): Row<Field> {
  if (!Array.isArray(places) && !('kind' in places)) {
    return row(field, [], places as RowOptions<Field>);
  }
  const { owner = 'latest', direction, toGoData, ...rest } = options;
  return {
    kind: 'row',
    field,
    places: [places as Place | readonly Place[]].flat(),
    owner,
    direction: direction ?? defaultDirection(field, options),
    ...rest,
    // A row is read with the context of its field.
    ...(toGoData ? { toGoData: toGoData as ToGoData } : {}),
  };
}

function defaultDirection<Field extends string>(
  field: Field,
  { toGoData, toDhis2 }: RowOptions<Field>,
): Direction {
  if ((toGoData && !toDhis2) || field.startsWith('documents.')) return 'to-godata';
  return toDhis2 && !toGoData ? 'to-dhis2' : 'both';
}

/**
 * A row for the answers to the questionnaire: a table of variables and places.
 *
 * @public
 * @function
 * @param {Stage|Stage[]|Function} where - A stage, whose data elements the table names; or
 * `attribute`, for attributes
 * @param {object} table - Variable → id, code or exact name of the data element or attribute
 * @param {AnswersOptions} [options] - codes, owner, direction
 * @returns {Row}
 * @example
 * answers(clinical, { signsymp_fever: 'EWZcuvPOrJF', signsymp_cough: 'Yh5KOJj8l7p' })
 * @example
 * answers(attribute, { patinfo_id: 'he05i8FUwu3' })
 * @example <caption>Option codes that are other than the answers' values</caption>
 * answers(clinical, { fever: 'EWZcuvPOrJF' }, { codes: { fever: codes({ YES: 'Y', NO: 'N' }) } })
 */
export function answers(
  where: Stage | readonly Stage[] | typeof attribute,
  table: Readonly<Record<string, string>>,
  { codes: answerCodes, owner = 'latest', direction = 'both' }: AnswersOptions = {},
): Row<'questionnaireAnswers'> {
  const placeOf = (ref: string) =>
    typeof where === 'function' ? attribute(ref) : element(where as Stage, ref);
  const entries = Object.entries(table).map(([variable, ref]) => [variable, placeOf(ref)] as const);
  return {
    kind: 'row',
    field: 'questionnaireAnswers',
    places: [],
    answers: Object.fromEntries(entries),
    ...(answerCodes ? { answerCodes } : {}),
    owner,
    direction,
  };
}

/** Whether a row is read on the way to Go.Data. */
export const goesToGoData = ({ direction }: Row): boolean => direction !== 'to-dhis2';

/** Whether a row is read on the way to DHIS2. */
export const goesToDhis2 = ({ direction }: Row): boolean => direction !== 'to-godata';

/** All places that a row names. */
export function placesOf({ places, answers: table = {} }: Row): Place[] {
  return [...places, ...Object.values(table)];
}

/** The tables of codes of a row, each with the variable of its answer, if it is one of an answer. */
export function codesOf({ codes, answerCodes = {} }: Row): { codes: Codes; variable?: string }[] {
  const ofAnswers = Object.entries(answerCodes).map(([variable, one]) => ({
    codes: one,
    variable,
  }));
  return codes ? [{ codes }, ...ofAnswers] : ofAnswers;
}
