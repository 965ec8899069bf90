import { canReadData } from '#sandbox/dhis2/accounts/access.js';
import type { SeedUser } from '#sandbox/dhis2/accounts/types.js';
import { Refusal } from '#sandbox/dhis2/http/web-message.js';
import type { ServerContext } from '#sandbox/dhis2/server-context.js';
import type { Dialect } from '#sandbox/dhis2/versions/dialect.js';
import type { Access } from '../../access.js';
import type { TrackerKind } from '../../types.js';
import type { TrackerParams } from '../params.js';

/** Names of the API for one object, as its messages write them. */
const CLASS_NAMES: Readonly<Record<TrackerKind, string>> = {
  trackedEntities: 'TrackedEntity',
  enrollments: 'Enrollment',
  events: 'Event',
  relationships: 'Relationship',
};

/** The objects that a request selects, and which related objects it includes. */
export interface Selection<T> {
  objects: readonly T[];
  access: Access;
  includesDeleted: boolean;
  /** The program in a request for tracked entities. */
  program?: string | undefined;
}

/**
 * The id of the program in a request.
 *
 * @throws Refusal when the program does not exist, or the user may not read it
 */
export function programOf(
  { store }: ServerContext,
  user: SeedUser,
  params: TrackerParams,
): string | undefined {
  const id = params.uid('program');
  if (id === undefined) return undefined;
  const program = store.metadata.get('programs', id);
  if (!program) throw params.bad(`Program is specified but does not exist: ${id}`);
  if (!canReadData(user, program)) throw params.forbidden(`User has no access to program: ${id}`);
  const { trackedEntityType } = program;
  const type = trackedEntityType && store.metadata.get('trackedEntityTypes', trackedEntityType.id);
  if (type && !canReadData(user, type)) {
    // The server's source, OperationsParamsValidator.
    throw params.forbidden(
      `User is not authorized to read data from selected program's tracked entity type: ${type.id}`,
    );
  }
  return id;
}

/** @throws Refusal when the version requires a program and the request has none (recording 310) */
export function requireProgram({ tracker }: Dialect, params: TrackerParams): void {
  if (tracker.needsProgram && !params.has('program')) throw params.bad('Program is mandatory');
}

/** The refusal of an object that does not exist. */
export function notFound(kind: TrackerKind, id: string): Refusal {
  return new Refusal(404, {
    message: `${CLASS_NAMES[kind]} with id ${id} could not be found.`,
    errorCode: 'E1005',
  });
}

/** Tests that a time is between two times of a request, both inclusive. */
export function isWithin(
  params: TrackerParams,
  after: string,
  before?: string,
): (time: string | undefined) => boolean {
  const first = params.timeOf(after, 'start');
  const last = before === undefined ? undefined : params.timeOf(before, 'end');
  if (first === undefined && last === undefined) return () => true;
  return time =>
    time !== undefined &&
    (first === undefined || time >= first) &&
    (last === undefined || time <= last);
}

/** Tests `updatedAt` as requested: between two times, or in the last period of time. */
export function isUpdated(params: TrackerParams, before?: string): (time: string) => boolean {
  const since = params.timeWithin('updatedWithin');
  if (since === undefined) return isWithin(params, 'updatedAfter', before);
  if (params.has('updatedAfter') || (before !== undefined && params.has(before))) {
    throw params.bad(
      '`updatedAfter` or `updatedBefore` and `updatedWithin` cannot be specified simultaneously',
    );
  }
  return time => time >= since;
}
