import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { TrackerError } from '../../import/report.js';
import { explainWarning } from '../../import/warnings.js';
import type { Metadata } from '../check/read-metadata.js';
import type { PlannedObject } from '../plan/person-plan.js';
import { explain } from './codes.js';
import type { Outcome } from './outcome.js';

/** Of whom an object is, as a report names it. */
export type RejectedOwner = Pick<Rejected, 'kind' | 'id'>;

/** What of a plan was not taken, a row for each reason. */
export function refusalsOf(
  object: PlannedObject,
  outcome: Outcome | undefined,
  owner: RejectedOwner,
  metadata: Metadata,
): Rejected[] {
  const row = (code: string, fields: string): Rejected => ({
    ...owner,
    code,
    message: `${describe(object, metadata)}${fields}: ${explain(code)}`,
  });
  if (outcome?.state === 'orphaned') return [row('E5000', '')];
  if (outcome?.state === 'unsure') return [row('NOT_STORED', '')];
  if (outcome?.state !== 'refused') return [];
  const rows = outcome.errors.map(error => {
    const names = fieldsIn(error, object, metadata).map(({ id, name }) => name ?? id);
    return row(
      error.errorCode ?? 'UNKNOWN',
      names.length > 0 ? `, ${[...new Set(names)].join(', ')}` : '',
    );
  });
  return [...new Map(rows.map(one => [`${one.code} ${one.message}`, one])).values()];
}

/** What DHIS2 remarks on an object that it has taken, a row for each remark. */
export function warningsOf(
  object: PlannedObject,
  outcome: Outcome | undefined,
  owner: RejectedOwner,
  metadata: Metadata,
): Adjusted[] {
  if (outcome?.state === 'kept') {
    const message = `Its tracked entity ${object.uid} stays in DHIS2: another program has it.`;
    return [{ ...owner, code: 'TRACKED_ENTITY_KEPT', message }];
  }
  if (outcome?.state !== 'taken') return [];
  const rows = (outcome.warnings ?? []).map(warning => {
    const names = fieldsIn(warning, object, metadata).map(({ id, name }) => name ?? id);
    const fields = names.length > 0 ? `, ${[...new Set(names)].join(', ')}` : '';
    const message = `${describe(object, metadata)} ${object.uid}${fields}: ${explainWarning(warning)}`;
    return { ...owner, code: warning.warningCode ?? 'UNKNOWN', message };
  });
  return [...new Map(rows.map(one => [`${one.code} ${one.message}`, one])).values()];
}

/** What an object is, in words. */
function describe({ kind, program, stage }: PlannedObject, metadata: Metadata): string {
  const name = (id: string | undefined) =>
    id === undefined ? '' : ` "${metadata.nameOf(id) ?? id}"`;
  if (kind === 'trackedEntities') return 'tracked entity';
  if (kind === 'enrollments') return `enrollment in the program${name(program)}`;
  if (kind === 'events') return `event of the stage${name(stage)}`;
  return 'relationship';
}

/**
 * The attributes or data elements that an error is about. Some codes name them; others only the option
 * set or the value type, and then it is those of the object that have it, or those that a program rule
 * of DHIS2 works out: an age of less than nothing, of a date of birth in the future.
 */
export function fieldsIn(
  { message = '' }: Pick<TrackerError, 'message'>,
  { fields, generated = [], program = '' }: PlannedObject,
  metadata: Metadata,
) {
  const words = new Set(message.match(/\w+/g) ?? []);
  const named = [...words].flatMap(word => metadata.definitionOf(word) ?? []);
  if (named.length > 0) return named;
  const suspects = (ids: readonly string[]) =>
    ids
      .flatMap(id => metadata.definitionOf(id) ?? [])
      .filter(
        ({ optionSet, valueType = '' }) => words.has(optionSet?.id ?? '') || words.has(valueType),
      );
  const own = suspects([...fields, ...generated]);
  if (own.length > 0) return own;
  const { assignments = [] } = metadata.programOf(program) ?? {};
  return suspects(assignments.map(({ field }) => field));
}
