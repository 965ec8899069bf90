import {
  canRead,
  canWriteData,
  capturesAt,
  hasAuthority,
  isSuperuser,
} from '#sandbox/dhis2/accounts/access.js';
import type { TrackedEntity, TrackedEntityType } from '../../types.js';
import type { PayloadTrackedEntity } from '../payload.js';
import { checkAttributeValue, checkRemoval } from './attribute-values.js';
import { checkExistence, checkUid } from './identifiers.js';
import { always, type Check, on, onWrite, type Stage, type Validation } from './validation.js';

type TrackedEntityCheck = Check<'trackedEntities'>;

const checkRequired: TrackedEntityCheck = ({ reporter }, one) => {
  for (const name of ['trackedEntityType', 'orgUnit'] as const) {
    if (one[name] === undefined) reporter.error(one, 'E1121', name);
  }
};

const checkReferences: TrackedEntityCheck = (validation, one) => {
  const { reporter, store } = validation;
  if (!store.metadata.get('organisationUnits', one.orgUnit!)) {
    reporter.error(one, 'E1049', one.orgUnit);
  }
  if (!validation.metadata('trackedEntityTypes', one.trackedEntityType)) {
    reporter.error(one, 'E1005', one.trackedEntityType);
  }
};

const checkImmutable: TrackedEntityCheck = ({ reporter, bundle }, one) => {
  if (bundle.before(one)!.trackedEntityType !== one.trackedEntityType) {
    reporter.error(one, 'E1126', 'trackedEntityType');
  }
};

const checkAccess: TrackedEntityCheck = (validation, one, strategy) => {
  const { reporter, user, store, bundle, dialect } = validation;
  const before = bundle.before(one);
  const { trackedEntityType, orgUnit } = before ?? one;
  const type = store.metadata.get('trackedEntityTypes', trackedEntityType!)!;
  if (strategy === 'CREATE' && !canWriteData(user, type)) {
    reporter.error(one, 'E1001', user.id, type.id);
  }
  const isExempt = dialect.exemptsSuperusers && isSuperuser(user);
  if (strategy !== 'UPDATE' && !isExempt && !capturesAt(store, user, orgUnit!)) {
    // Since 2.43 a list with one member (recording 138).
    reporter.error(one, 'E1000', user.id, dialect.listsArguments ? `[${orgUnit}]` : orgUnit);
  }
  if (before && dialect.asksForOwnership) checkOwnership(validation, one, before, type);
  else if (before && !(canWriteData(user, type) && canReach(validation, before))) {
    if (dialect.namesSearchScope) reporter.error(one, 'E1105', user.id, orgUnit);
    else reporter.error(one, 'E1003', user.id, one.uid, orgUnit);
  }
  if (
    dialect.asksForOwnership &&
    strategy === 'UPDATE' &&
    one.orgUnit !== orgUnit &&
    !capturesAt(store, user, one.orgUnit!)
  ) {
    reporter.error(one, 'E1000', user.id, one.orgUnit);
  }
  const enrollments = store.tracker.enrollmentsOf(one.uid);
  if (
    strategy === 'DELETE' &&
    enrollments.some(({ deleted }) => !deleted) &&
    !hasAuthority(user, 'F_TEI_CASCADE_DELETE')
  ) {
    reporter.error(one, 'E1100', user.id, one.uid);
  }
};

/**
 * Checks whether a user may change a tracked entity since 2.43: it requires a program for its type
 * that the user may write, and access to the owner of the tracked entity in it (recording 140; the
 * server's source, DefaultTrackerAccessManager).
 */
function checkOwnership(
  { reporter, user, store, access }: Validation,
  one: PayloadTrackedEntity,
  before: TrackedEntity,
  type: TrackedEntityType,
): void {
  if (isSuperuser(user)) return;
  if (!canWriteData(user, type)) reporter.error(one, 'E1001', user.id, `[${type.id}]`);
  const programs = store.metadata
    .list('programs')
    .filter(program => program.trackedEntityType?.id === type.id && canRead(user, program));
  const ownerIn = (program: string) => store.tracker.ownerOf(one.uid, program) ?? before.orgUnit;
  if (programs.length === 0) reporter.error(one, 'E1323', user.id);
  else if (
    !programs.some(
      program => canWriteData(user, program) && access.canReach(program.id, ownerIn(program.id)),
    )
  ) {
    reporter.error(one, 'E1324', user.id, `[${one.uid}]`);
  }
}

/** Whether a user can find a tracked entity: at its org unit, or through one of its programs. */
function canReach({ access, store }: Validation, { trackedEntity, orgUnit }: TrackedEntity) {
  return (
    access.canSearch(orgUnit) ||
    store.tracker.enrollmentsOf(trackedEntity).some(one => access.canSeeEnrollment(one))
  );
}

const checkAttributes: TrackedEntityCheck = (validation, one) => {
  const { reporter, dialect, bundle } = validation;
  const type = validation.metadata('trackedEntityTypes', one.trackedEntityType)!;
  const mandatory = new Set(
    type.trackedEntityTypeAttributes
      .filter(part => part.mandatory)
      .map(part => part.trackedEntityAttribute.id),
  );
  const known = dialect.countsKnownValues ? (bundle.before(one)?.attributes ?? []) : [];
  const given = new Set([
    ...known.map(({ attribute }) => attribute),
    ...one.attributes.map(({ id }) => id),
  ]);
  for (const id of mandatory) {
    if (!given.has(id)) reporter.error(one, 'E1090', id, type.id, one.uid);
  }
  for (const value of one.attributes) {
    const attribute = validation.metadata('trackedEntityAttributes', value.id);
    if (!attribute) reporter.error(one, 'E1006', value.id);
    else if (value.value === undefined) checkRemoval(validation, one, value, mandatory);
    else checkAttributeValue(validation, one, attribute, value.value);
  }
};

/** The checks of a tracked entity, in order (the server's source, TrackedEntityValidator). */
export const TRACKED_ENTITY_STAGES: readonly Stage<'trackedEntities'>[] = [
  always(checkUid),
  always(checkExistence),
  onWrite(checkRequired),
  onWrite(checkReferences),
  on('UPDATE', checkImmutable),
  always(checkAccess),
  onWrite(checkAttributes),
];
