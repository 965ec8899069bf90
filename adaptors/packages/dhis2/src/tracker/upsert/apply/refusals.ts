import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { TrackerError } from '../../import/report.js';
import { explainWarning } from '../../import/warnings.js';
import type { Metadata } from '../check/read-metadata.js';
import type { PlannedObject } from '../plan/person-plan.js';
import { givenValues } from '../refused/given-values.js';
import { explain, NOT_UNIQUE } from './codes.js';
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
  const row = (code: string, fields: string, effect = ''): Rejected => ({
    ...owner,
    code,
    message: `${describe(object, metadata)}${fields}: ${explain(code)}${effect}`,
  });
  if (outcome?.state === 'orphaned') return [row('E5000', '')];
  if (outcome?.state === 'unsure') return [row('NOT_STORED', '')];
  if (outcome?.state !== 'refused') return [];
  const rows = outcome.errors.map(error =>
    row(
      error.errorCode ?? 'UNKNOWN',
      listed(fieldsIn(error, object, metadata)),
      outcome.holdsBack?.has(error) ? HOLDS_BACK : '',
    ),
  );
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
    const fields = listed(fieldsIn(warning, object, metadata));
    const message = `${describe(object, metadata)} ${object.uid}${fields}: ${explainWarning(warning)}`;
    return { ...owner, code: warning.warningCode ?? 'UNKNOWN', message };
  });
  return [...new Map(rows.map(one => [`${one.code} ${one.message}`, one])).values()];
}

const HOLDS_BACK = ' Until then nothing of this person is written.';

/**
 * The values of an object that were omitted because DHIS2 refuses them, one row for each. That
 * another tracked entity has a value is decided by people: the next run tries again.
 */
export function omissionsOf(
  object: PlannedObject,
  outcome: Outcome | undefined,
  owner: RejectedOwner,
  metadata: Metadata,
): { rejected: Rejected[]; adjusted: Adjusted[] } {
  const isWritten = outcome?.state === 'taken' || outcome?.state === 'dropped';
  const rows = (isWritten ? (object.omitted ?? []) : []).map(({ path, error, named }): Adjusted => {
    const code = error.errorCode ?? 'UNKNOWN';
    const fields = listed([...named, path].map(id => metadata.definitionOf(id) ?? { id }));
    const message = `${describe(object, metadata)}${fields}: ${explain(code)} It is omitted, and the rest of the person is written.`;
    return { ...owner, code, message };
  });
  return {
    rejected: rows.filter(({ code }) => code === NOT_UNIQUE),
    adjusted: rows.filter(({ code }) => code !== NOT_UNIQUE),
  };
}

/** Names of fields, each once, to follow the name of an object. */
function listed(fields: readonly { id: string; name?: string }[]): string {
  const names = fields.map(({ id, name }) => name ?? id);
  return names.length > 0 ? `, ${[...new Set(names)].join(', ')}` : '';
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
 * of several those whose value the message repeats; or fields that a program rule computes (an age
 * below zero, from a date of birth in the future). Some codes only repeat the value.
 */
export function fieldsIn(
  { message = '' }: Pick<TrackerError, 'message'>,
  object: PlannedObject,
  metadata: Metadata,
) {
  const { fields, generated = [], program = '' } = object;
  const words = new Set(message.match(/\w+/g) ?? []);
  const named = [...words].flatMap(word => metadata.definitionOf(word) ?? []);
  if (named.length > 0) return named;
  const suspects = (ids: readonly string[]) =>
    ids
      .flatMap(id => metadata.definitionOf(id) ?? [])
      .filter(
        ({ optionSet, valueType = '' }) => words.has(optionSet?.id ?? '') || words.has(valueType),
      );
  const repeated = givenValues(object)
    .filter(({ text }) => message.includes(`\`${text}\``))
    .flatMap(({ path }) => metadata.definitionOf(path) ?? []);
  const own = suspects([...fields, ...generated]);
  if (own.length > 0) {
    const isRepeated = ({ id }: { id: string }) => repeated.some(one => one.id === id);
    return own.some(isRepeated) ? own.filter(isRepeated) : own;
  }
  const { assignments = [] } = metadata.programOf(program) ?? {};
  const computed = suspects(assignments.map(({ field }) => field));
  return computed.length > 0 ? computed : repeated;
}
