import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { TrackerError } from '../../import/report.js';
import { explainWarning } from '../../import/warnings.js';
import type { Metadata } from '../check/read-metadata.js';
import type { PlannedObject } from '../plan/person-plan.js';
import { explain } from './codes.js';
import type { Outcome } from './outcome.js';

/** The person or relationship that an object belongs to, as a report names it. */
export type RejectedOwner = Pick<Rejected, 'kind' | 'id'>;

/** What DHIS2 refused of a plan, one row for each reason. */
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

/** DHIS2's warnings about an object that it accepted, one row for each warning. */
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

/** The kind of an object, in words. */
function describe({ kind, program, stage }: PlannedObject, metadata: Metadata): string {
  const name = (id: string | undefined) =>
    id === undefined ? '' : ` "${metadata.nameOf(id) ?? id}"`;
  if (kind === 'trackedEntities') return 'tracked entity';
  if (kind === 'enrollments') return `enrollment in the program${name(program)}`;
  if (kind === 'events') return `event of the stage${name(stage)}`;
  return 'relationship';
}

/**
 * The attributes or data elements that an error concerns. Some codes name them. Others name only
 * the option set or the value type: then they are the object's fields with that option set or type,
 * or fields that a program rule computes (an age below zero, from a date of birth in the future).
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
