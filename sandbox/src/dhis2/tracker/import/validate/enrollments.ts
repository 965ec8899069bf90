import { canWriteData, capturesAt, hasAuthority } from '#sandbox/dhis2/accounts/access.js';
import { isOfSingleEvents } from '../../programs.js';
import { checkAttributeValue, checkRemoval } from './attribute-values.js';
import { checkExistence, checkUid } from './identifiers.js';
import {
  always,
  type Check,
  checkGeometry,
  checkNotes,
  on,
  onWrite,
  type Stage,
} from './validation.js';

type EnrollmentCheck = Check<'enrollments'>;

const checkRequired: EnrollmentCheck = ({ reporter }, one) => {
  for (const name of ['orgUnit', 'program', 'trackedEntity'] as const) {
    if (one[name] === undefined) reporter.error(one, 'E1122', name);
  }
};

const checkReferences: EnrollmentCheck = (validation, one) => {
  const { reporter, store } = validation;
  if (!store.metadata.get('organisationUnits', one.orgUnit!)) {
    reporter.error(one, 'E1070', one.orgUnit);
  }
  if (!validation.metadata('programs', one.program)) reporter.error(one, 'E1069', one.program);
  if (!validation.known('trackedEntities', one.trackedEntity))
    reporter.error(one, 'E1068', one.trackedEntity);
};

const checkImmutable: EnrollmentCheck = ({ reporter, bundle }, one) => {
  const before = bundle.before(one)!;
  for (const name of ['program', 'trackedEntity'] as const) {
    if (one[name] !== before[name]) reporter.error(one, 'E1127', name);
  }
};

const checkRelations: EnrollmentCheck = (validation, one) => {
  const { reporter } = validation;
  const program = validation.metadata('programs', one.program)!;
  if (isOfSingleEvents(program)) reporter.error(one, 'E1014', program.id);
  if (!validation.runsAt(program, one.orgUnit)) {
    reporter.error(one, 'E1041', one.orgUnit, program.id);
  }
  if (
    program.trackedEntityType &&
    validation.known('trackedEntities', one.trackedEntity)?.trackedEntityType !==
      program.trackedEntityType.id
  ) {
    reporter.error(one, 'E1022', one.trackedEntity, program.id);
  }
};

const checkAccess: EnrollmentCheck = (validation, one, strategy) => {
  const { reporter, user, store, bundle, access } = validation;
  const { program: programId, trackedEntity, orgUnit } = bundle.before(one) ?? one;
  const program = store.metadata.get('programs', programId!)!;
  // An enrollment outside the capture scope can be changed, but not moved there.
  const unit = strategy === 'UPDATE' && one.orgUnit !== orgUnit ? one.orgUnit : orgUnit;
  const isWriting = strategy !== 'UPDATE' || unit !== orgUnit;
  if (isWriting && !capturesAt(store, user, unit!)) reporter.error(one, 'E1000', user.id, unit);
  if (
    strategy === 'DELETE' &&
    store.tracker.eventsOf(one.uid).some(({ deleted }) => !deleted) &&
    !hasAuthority(user, 'F_ENROLLMENT_CASCADE_DELETE')
  ) {
    reporter.error(one, 'E1103', user.id, one.uid);
  }
  if (!canWriteData(user, program)) reporter.error(one, 'E1091', user.id, program.id);
  // Without an owner yet, the org unit of the tracked entity counts, if there is one.
  const owner =
    store.tracker.ownerOf(trackedEntity!, program.id) ??
    validation.known('trackedEntities', one.trackedEntity)?.orgUnit;
  const isSomewhere = owner && store.metadata.get('organisationUnits', owner);
  if (isSomewhere && !access.canReach(program.id, owner)) {
    reporter.error(one, 'E1102', user.id, trackedEntity, program.id);
  }
};

/**
 * Checks for one active enrollment at a time, or only one ever, in the payload and on the server.
 */
const checkOthers: EnrollmentCheck = (validation, one) => {
  const { reporter, store, bundle } = validation;
  const { onlyEnrollOnce = false } = validation.metadata('programs', one.program)!;
  const isAlone = one.status === 'CANCELLED' || (one.status === 'COMPLETED' && !onlyEnrollOnce);
  if (isAlone) return;
  const statuses = new Map<string, string>();
  for (const other of store.tracker.enrollmentsOf(one.trackedEntity!)) {
    if (!other.deleted && other.program === one.program) {
      statuses.set(other.enrollment, other.status);
    }
  }
  for (const other of bundle.enrollmentsOf(one.trackedEntity!)) {
    // An enrollment that this payload cancels still counts.
    if (other.program === one.program && other.status !== 'CANCELLED') {
      statuses.set(other.uid, other.status);
    }
  }
  statuses.delete(one.uid);
  const others = [...statuses.values()].filter(status => status !== 'CANCELLED');
  if (one.status === 'ACTIVE' && others.includes('ACTIVE')) {
    reporter.error(one, 'E1015', one.trackedEntity, one.program);
  }
  if (onlyEnrollOnce && others.length > 0) {
    reporter.error(one, 'E1016', one.trackedEntity, one.program);
  }
};

const checkTimes: EnrollmentCheck = (validation, one) => {
  const { reporter, dialect, store } = validation;
  const program = validation.metadata('programs', one.program)!;
  const today = store.time.now().slice(0, 10);
  const isFuture = (time: string | undefined) => time !== undefined && time.slice(0, 10) > today;
  if (one.enrolledAt === undefined) reporter.error(one, 'E1025', 'NULL');
  if (isFuture(one.enrolledAt) && !program.selectEnrollmentDatesInFuture) {
    reporter.error(one, 'E1020', one.enrolledAt, store.time.toInstant(one.enrolledAt!));
  }
  if (isFuture(one.occurredAt) && !program.selectIncidentDatesInFuture) {
    reporter.error(one, 'E1021', one.occurredAt, store.time.toInstant(one.occurredAt!));
  }
  if ((program.displayIncidentDate ?? true) && one.occurredAt === undefined) {
    reporter.error(one, 'E1023', 'NULL');
  }
  if (dialect.checksCompletion && one.completedAt !== undefined && one.status === 'ACTIVE') {
    reporter.error(one, 'E1052', one.uid, one.status);
  }
};

/** Checks the values of an enrollment, and the ones that its program requires. */
export const checkAttributes: EnrollmentCheck = (validation, one) => {
  const { reporter, bundle, dialect } = validation;
  const program = validation.metadata('programs', one.program)!;
  const parts = program.programTrackedEntityAttributes;
  const idsOf = (some: typeof parts) => new Set(some.map(part => part.trackedEntityAttribute.id));
  const [all, mandatory] = [idsOf(parts), idsOf(parts.filter(part => part.mandatory))];
  const values = one.attributes.filter(({ value }) => value !== undefined);
  for (const value of one.attributes) {
    if (value.id === undefined) {
      reporter.error(one, 'E1075', '');
      continue;
    }
    checkRemoval(validation, one, value, mandatory);
    const attribute = validation.metadata('trackedEntityAttributes', value.id);
    if (!attribute) reporter.error(one, 'E1006', value.id);
    else if (value.value !== undefined) {
      checkAttributeValue(validation, one, attribute, value.value);
    }
  }
  const nested = dialect.countsKnownValues
    ? (bundle.find('trackedEntities', one.trackedEntity)?.attributes ?? [])
    : [];
  const known = validation.stored('trackedEntities', one.trackedEntity)?.attributes ?? [];
  const given = new Set([
    ...values.map(({ id }) => id),
    ...nested.map(({ id }) => id),
    ...known.map(({ attribute }) => attribute),
  ]);
  for (const id of mandatory) {
    if (!given.has(id)) reporter.error(one, 'E1018', id, program.id, one.uid);
  }
  for (const { id, value } of values) {
    if (id !== undefined && !all.has(id)) reporter.error(one, 'E1019', `${id}=${value}`);
  }
};

/** The checks of an enrollment, in order (the server's source, EnrollmentValidator). */
export const ENROLLMENT_STAGES: readonly Stage<'enrollments'>[] = [
  always(checkUid),
  always(checkExistence),
  onWrite(checkRequired),
  onWrite(checkReferences),
  on('UPDATE', checkImmutable),
  onWrite(checkRelations),
  always(checkAccess),
  onWrite(
    checkNotes,
    checkOthers,
    (validation, one) =>
      checkGeometry(validation, one, validation.metadata('programs', one.program)!.featureType),
    checkTimes,
    checkAttributes,
  ),
];
