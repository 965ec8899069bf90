import type { SeedUser } from '#sandbox/dhis2/accounts/types.js';
import type { ServerContext } from '#sandbox/dhis2/server-context.js';
import type { Enrollment } from '../../types.js';
import { orderedObjects } from '../order.js';
import type { Param, RenamedParam, TrackerParams } from '../params.js';
import { ORG_UNIT_MODE, readOrgUnitScope } from './org-unit-scope.js';
import { isUpdated, isWithin, programOf, requireProgram, type Selection } from './selection.js';

const ORG_UNITS: RenamedParam = { name: 'orgUnits', since: 41, old: 'orgUnit', until: 41 };
const ENROLLMENTS: RenamedParam = {
  name: 'enrollments',
  since: 41,
  old: 'enrollment',
  until: 41,
};
const STATUS: RenamedParam = { name: 'status', since: 42, old: 'programStatus', until: 44 };

export const ENROLLMENT_PARAMS: readonly Param[] = [
  ORG_UNITS,
  ORG_UNIT_MODE,
  ENROLLMENTS,
  STATUS,
  'program',
  'trackedEntity',
  'followUp',
  'updatedAfter',
  'updatedWithin',
  'enrolledAfter',
  'enrolledBefore',
];

/**
 * The requested enrollments that the user may read, in order (dhis2 FACTS §4.2).
 *
 * @throws Refusal when the parameters are not valid, or select data that the user may not read
 */
export function selectEnrollments(
  context: ServerContext,
  user: SeedUser,
  params: TrackerParams,
): Selection<Enrollment> {
  const { store, dialect } = context;
  requireProgram(dialect, params);
  const ids = params.uids(ENROLLMENTS);
  const trackedEntity = params.uid('trackedEntity');
  const hasIds = ids.length > 0 || trackedEntity !== undefined;
  const { access, includes } = readOrgUnitScope(
    context,
    user,
    params,
    params.uids(ORG_UNITS),
    hasIds,
  );
  const program = programOf(context, user, params);
  const status = params.oneOf(STATUS, ['ACTIVE', 'COMPLETED', 'CANCELLED']);
  const followUp = params.has('followUp') ? params.flag('followUp') : undefined;
  const updated = isUpdated(params);
  const enrolled = isWithin(params, 'enrolledAfter', 'enrolledBefore');
  const wanted = ids.length > 0 ? new Set(ids) : undefined;
  const includesDeleted = params.flag('includeDeleted');
  const objects = orderedObjects(store.tracker, params, 'enrollments', dialect).filter(
    one =>
      (includesDeleted || !one.deleted) &&
      (program === undefined || one.program === program) &&
      (trackedEntity === undefined || one.trackedEntity === trackedEntity) &&
      (!wanted || wanted.has(one.enrollment)) &&
      (status === undefined || one.status === status) &&
      (followUp === undefined || one.followUp === followUp) &&
      updated(one.updatedAt) &&
      enrolled(one.enrolledAt) &&
      includes(one.orgUnit) &&
      access.canSeeEnrollment(one),
  );
  return { objects, access, includesDeleted };
}
