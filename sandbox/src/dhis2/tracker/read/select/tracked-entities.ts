import { canReadData } from '#sandbox/dhis2/accounts/access.js';
import type { SeedUser } from '#sandbox/dhis2/accounts/types.js';
import { Refusal } from '#sandbox/dhis2/http/web-message.js';
import type { ServerContext } from '#sandbox/dhis2/server-context.js';
import type { Enrollment, TrackedEntity } from '../../types.js';
import { orderedObjects } from '../order.js';
import type { Param, RenamedParam, TrackerParams } from '../params.js';
import { livingAttributes } from './living-attributes.js';
import { ORG_UNIT_MODE, readOrgUnitScope } from './org-unit-scope.js';
import { checkSearchScope } from './search-scope.js';
import { isUpdated, isWithin, programOf, type Selection } from './selection.js';
import { fieldType, parseValueFilters } from './value-filter.js';

const ORG_UNITS: RenamedParam = { name: 'orgUnits', since: 41, old: 'orgUnit', until: 41 };
const TRACKED_ENTITIES: RenamedParam = {
  name: 'trackedEntities',
  since: 41,
  old: 'trackedEntity',
  until: 41,
};
const STATUS: RenamedParam = {
  name: 'enrollmentStatus',
  since: 42,
  old: 'programStatus',
  until: 44,
};

/** Parameters about enrollments, which need a program. */
const OF_ENROLLMENT: readonly Param[] = [
  STATUS,
  'followUp',
  'enrollmentEnrolledAfter',
  'enrollmentEnrolledBefore',
  'enrollmentOccurredAfter',
  'enrollmentOccurredBefore',
];

export const TRACKED_ENTITY_PARAMS: readonly Param[] = [
  ORG_UNITS,
  ORG_UNIT_MODE,
  TRACKED_ENTITIES,
  'program',
  'trackedEntityType',
  'updatedAfter',
  'updatedWithin',
  'updatedBefore',
  'filter',
  ...OF_ENROLLMENT,
];

/**
 * The requested tracked entities that the user may read, in order (dhis2 FACTS §4.2). With a
 * program their org unit is that of the owner, otherwise that of the registration.
 *
 * @throws Refusal when the parameters are not valid, or select data that the user may not read
 */
export function selectTrackedEntities(
  context: ServerContext,
  user: SeedUser,
  params: TrackerParams,
): Selection<TrackedEntity> {
  const { store, dialect } = context;
  const ids = params.uids(TRACKED_ENTITIES);
  const orgUnits = params.uids(ORG_UNITS);
  const hasIds = ids.length > 0;
  const { mode, access, includes } = readOrgUnitScope(context, user, params, orgUnits, hasIds);
  const program = programOf(context, user, params);
  const type = typeOf(context, user, params);
  if (program && type !== undefined) {
    throw params.bad('`program` and `trackedEntityType` cannot be specified simultaneously');
  }
  if (!program && type === undefined && !hasIds && dialect.tracker.needsSelection) {
    throw params.bad(
      'Either `program`, `trackedEntityType` or `trackedEntities` should be specified',
    );
  }
  const about = OF_ENROLLMENT.find(param => params.has(param));
  if (!program && about !== undefined) {
    const name = typeof about === 'string' ? about : about.name;
    throw params.bad(`\`program\` must be defined when \`${name}\` is defined`);
  }
  const filters = parseValueFilters(
    params,
    params.all('filter'),
    { subject: 'attribute', what: 'Tracked entity attribute' },
    id => fieldType(context, user, 'trackedEntityAttributes', id),
  );
  const attributes = filters.map(({ id }) => id);
  checkSearchScope(context, user, { mode, orgUnits, hasIds, program, type, attributes });
  const wanted = hasIds ? new Set(ids) : undefined;
  const updated = isUpdated(params, 'updatedBefore');
  const includesDeleted = params.flag('includeDeleted');
  const { read } = dialect.tracker;
  if (type !== undefined && includesDeleted && read.typeWithDeleted) {
    throw new Refusal(409, read.typeWithDeleted);
  }
  const enrolls = createEnrollmentTest(params, includesDeleted);
  const enrollments = program && store.tracker.enrollmentsIn(program).filter(enrolls);
  const members = enrollments && new Set(enrollments.map(one => one.trackedEntity));

  const isVisible = (one: TrackedEntity) => {
    if (!program) return includes(one.orgUnit) && access.canSee(one);
    const owner = store.tracker.ownerOf(one.trackedEntity, program)!;
    return includes(owner) && access.canSeeIn(program, one.trackedEntity);
  };
  const all = orderedObjects(store.tracker, params, 'trackedEntities', dialect);
  const objects = all.filter(
    one =>
      (includesDeleted || !one.deleted) &&
      (!members || members.has(one.trackedEntity)) &&
      (!wanted || wanted.has(one.trackedEntity)) &&
      (type === undefined || one.trackedEntityType === type) &&
      updated(one.updatedAt) &&
      filters.every(({ id, passes }) =>
        passes(livingAttributes(one).find(({ attribute }) => attribute === id)?.value),
      ) &&
      isVisible(one),
  );
  return { objects, access, includesDeleted, program };
}

/** The test of the enrollment in the program. */
function createEnrollmentTest(
  params: TrackerParams,
  includesDeleted: boolean,
): (enrollment: Enrollment) => boolean {
  const status = params.oneOf(STATUS, ['ACTIVE', 'COMPLETED', 'CANCELLED']);
  const followUp = params.has('followUp') ? params.flag('followUp') : undefined;
  const enrolled = isWithin(params, 'enrollmentEnrolledAfter', 'enrollmentEnrolledBefore');
  const occurred = isWithin(params, 'enrollmentOccurredAfter', 'enrollmentOccurredBefore');
  return one =>
    (includesDeleted || !one.deleted) &&
    (status === undefined || one.status === status) &&
    (followUp === undefined || one.followUp === followUp) &&
    enrolled(one.enrolledAt) &&
    occurred(one.occurredAt);
}

function typeOf({ store }: ServerContext, user: SeedUser, params: TrackerParams) {
  const id = params.uid('trackedEntityType');
  if (id === undefined) return undefined;
  const type = store.metadata.get('trackedEntityTypes', id);
  if (!type || !canReadData(user, type)) {
    throw params.bad(`Tracked entity type is specified but does not exist: ${id}`);
  }
  return id;
}
