import type { TrackerError } from '../../import/report.js';
import type { Metadata } from '../check/read-metadata.js';
import type { PlannedObject } from '../plan/person-plan.js';
import { type GivenValue, givenValues } from './given-values.js';
import { isOfOtherType } from './value-types.js';

/** Longest values, in characters (dhis2 LIVE 238). */
const LONGEST_ATTRIBUTE = 1_200;
const LONGEST_DATA_VALUE = 50_000;

/** What foreseeing needs. */
export interface ForeseeContext {
  metadata: Pick<Metadata, 'codesOf' | 'definitionOf' | 'programOf'>;
  /** The server's day, `yyyy-MM-dd`. */
  today: string;
}

/**
 * What DHIS2 will surely refuse of an object, with the code that it would give: values that are not
 * of the type of their field, too long, no option of their option set, or days in the future. So nothing is sent that is known to
 * be refused, and a run that repeats such a value needs no request for it.
 *
 * @returns errors in the form of DHIS2's own; a message names the field
 */
export function foresee(object: PlannedObject, context: ForeseeContext): TrackerError[] {
  const { kind, fields, body, program = '' } = object;
  const source = context.metadata.programOf(program)?.source;
  const isLater = (day: unknown) => typeof day === 'string' && day.slice(0, 10) > context.today;
  const errors = givenValues(object)
    .filter(({ path }) => fields.includes(path))
    .flatMap(one => {
      const errorCode = problemOf(one, kind, context);
      return errorCode ? [{ errorCode, message: one.path }] : [];
    });
  if (kind !== 'enrollments' || !source) return errors;
  const isFree = {
    E1020: source.selectEnrollmentDatesInFuture,
    E1021: source.selectIncidentDatesInFuture,
  };
  if (!isFree.E1020 && fields.includes('enrolledAt') && isLater(body.enrolledAt)) {
    errors.push({ errorCode: 'E1020', message: '' });
  }
  if (!isFree.E1021 && fields.includes('occurredAt') && isLater(body.occurredAt)) {
    errors.push({ errorCode: 'E1021', message: '' });
  }
  return errors;
}

function problemOf(
  { path, text }: GivenValue,
  kind: PlannedObject['kind'],
  { metadata }: ForeseeContext,
): string | undefined {
  const isElement = kind === 'events';
  const definition = metadata.definitionOf(path);
  const isType = isOfOtherType(text, definition?.valueType);
  const options = metadata.codesOf(definition?.optionSet?.id);
  const codes = definition?.valueType === 'MULTI_TEXT' ? text.split(',') : [text];
  if (options && !codes.every(code => options.has(code))) return 'E1125';
  if (isElement) return isType || text.length > LONGEST_DATA_VALUE ? 'E1302' : undefined;
  if (text.length > LONGEST_ATTRIBUTE) return 'E1077';
  return isType ? 'E1007' : undefined;
}
