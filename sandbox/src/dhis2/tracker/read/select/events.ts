import type { SeedUser } from '#sandbox/dhis2/accounts/types.js';
import type { ServerContext } from '#sandbox/dhis2/server-context.js';
import type { TrackerEvent } from '../../types.js';
import { orderedObjects } from '../order.js';
import type { Param, RenamedParam, TrackerParams } from '../params.js';
import { ORG_UNIT_MODE, readOrgUnitScope } from './org-unit-scope.js';
import { isUpdated, isWithin, programOf, requireProgram, type Selection } from './selection.js';
import { fieldType, parseValueFilters } from './value-filter.js';

const EVENTS: RenamedParam = { name: 'events', since: 41, old: 'event', until: 41 };
const ENROLLMENTS: RenamedParam = {
  name: 'enrollments',
  since: 41,
  old: 'enrollment',
  until: 41,
};
const ENROLLMENT_STATUS: RenamedParam = {
  name: 'enrollmentStatus',
  since: 42,
  old: 'programStatus',
  until: 44,
};

/** Events have one org unit in every version (dhis2 FACTS §4.2). */
export const EVENT_PARAMS: readonly Param[] = [
  'orgUnit',
  ORG_UNIT_MODE,
  EVENTS,
  ENROLLMENTS,
  ENROLLMENT_STATUS,
  'program',
  'programStage',
  'trackedEntity',
  'status',
  'followUp',
  'occurredAfter',
  'occurredBefore',
  'scheduledAfter',
  'scheduledBefore',
  'updatedAfter',
  'updatedWithin',
  'updatedBefore',
  'filter',
];

/**
 * The requested events that the user may read, in order (dhis2 FACTS §4.2).
 *
 * @throws Refusal when the parameters are not valid, or select data that the user may not read
 */
export function selectEvents(
  context: ServerContext,
  user: SeedUser,
  params: TrackerParams,
): Selection<TrackerEvent> {
  const { store, dialect } = context;
  requireProgram(dialect, params);
  const [ids, enrollmentIds] = [params.uids(EVENTS), params.uids(ENROLLMENTS)];
  const trackedEntity = params.uid('trackedEntity');
  const orgUnit = params.uid('orgUnit');
  const { access, includes } = readOrgUnitScope(
    context,
    user,
    params,
    orgUnit === undefined ? [] : [orgUnit],
    ids.length > 0 || enrollmentIds.length > 0 || trackedEntity !== undefined,
  );
  const program = programOf(context, user, params);
  const stage = params.uid('programStage');
  if (stage !== undefined && !store.metadata.get('programStages', stage)) {
    throw params.bad(`Program stage is specified but does not exist: ${stage}`);
  }
  if (stage !== undefined && !access.canReadStage(stage)) {
    throw params.forbidden(`User has no access to program stage: ${stage}`);
  }
  const status = params.oneOf('status', [
    'ACTIVE',
    'COMPLETED',
    'VISITED',
    'SCHEDULE',
    'OVERDUE',
    'SKIPPED',
  ]);
  const enrollmentStatus = params.oneOf(ENROLLMENT_STATUS, ['ACTIVE', 'COMPLETED', 'CANCELLED']);
  const followUp = params.has('followUp') ? params.flag('followUp') : undefined;
  const occurred = isWithin(params, 'occurredAfter', 'occurredBefore');
  const scheduled = isWithin(params, 'scheduledAfter', 'scheduledBefore');
  const updated = isUpdated(params, 'updatedBefore');
  const filters = parseValueFilters(
    params,
    params.all('filter'),
    { subject: 'data element', what: 'Data element' },
    id => fieldType(context, user, 'dataElements', id),
  );
  if (ids.length > 0 && filters.length > 0) {
    throw params.bad('Event UIDs and filters can not be specified at the same time');
  }
  const wanted = ids.length > 0 ? new Set(ids) : undefined;
  const ofEnrollments = enrollmentIds.length > 0 ? new Set(enrollmentIds) : undefined;
  const includesDeleted = params.flag('includeDeleted');

  const isOfEnrollment = (one: TrackerEvent) => {
    const enrollment = store.tracker.get('enrollments', one.enrollment ?? '');
    return (
      (trackedEntity === undefined || enrollment?.trackedEntity === trackedEntity) &&
      (enrollmentStatus === undefined || enrollment?.status === enrollmentStatus)
    );
  };
  const isOfProgram = ({ programStage }: TrackerEvent) =>
    program === undefined ||
    store.metadata.get('programStages', programStage)!.program.id === program;
  const objects = orderedObjects(store.tracker, params, 'events', dialect).filter(
    one =>
      (includesDeleted || !one.deleted) &&
      (stage === undefined || one.programStage === stage) &&
      (!wanted || wanted.has(one.event)) &&
      (!ofEnrollments || ofEnrollments.has(one.enrollment ?? '')) &&
      (status === undefined || one.status === status) &&
      (followUp === undefined || one.followUp === followUp) &&
      occurred(one.occurredAt) &&
      scheduled(one.scheduledAt) &&
      updated(one.updatedAt) &&
      filters.every(({ id, passes }) =>
        passes(one.dataValues.find(({ dataElement }) => dataElement === id)?.value),
      ) &&
      includes(one.orgUnit) &&
      isOfProgram(one) &&
      isOfEnrollment(one) &&
      access.canSeeEvent(one),
  );
  return { objects, access, includesDeleted };
}
