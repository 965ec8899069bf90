import { canWriteData, capturesAt, hasAuthority } from '../../../users.js';
import type { PayloadEvent } from '../payload.js';
import { checkAttributeOptionCombo } from './attribute-option-combo.js';
import { checkDataValues, HAPPENED } from './data-values.js';
import { checkExistence, checkUid } from './identifiers.js';
import {
  always,
  type Check,
  checkGeometry,
  checkNotes,
  on,
  onWrite,
  type Stage,
  type Validation,
} from './validation.js';

type EventCheck = Check<'events'>;

const checkRequired: EventCheck = (validation, one) => {
  const { reporter } = validation;
  for (const name of ['orgUnit', 'programStage'] as const) {
    if (one[name] === undefined) reporter.error(one, 'E1123', name);
  }
  if (programOf(validation, one) === undefined) reporter.error(one, 'E1123', 'program');
};

const checkReferences: EventCheck = (validation, one) => {
  const { reporter, store } = validation;
  if (!store.metadata.get('organisationUnits', one.orgUnit!)) {
    reporter.error(one, 'E1011', one.orgUnit);
  }
  const program = programOf(validation, one);
  if (!validation.metadata('programs', program)) reporter.error(one, 'E1010', program);
  if (!validation.metadata('programStages', one.programStage)) {
    reporter.error(one, 'E1013', one.programStage);
  }
};

const checkImmutable: EventCheck = ({ reporter, bundle }, one) => {
  const before = bundle.before(one)!;
  if (one.programStage !== before.programStage) reporter.error(one, 'E1128', 'programStage');
  if (one.enrollment !== undefined && one.enrollment !== before.enrollment) {
    reporter.error(one, 'E1128', 'enrollment');
  }
};

const checkRelations: EventCheck = (validation, one) => {
  const { reporter } = validation;
  const program = validation.metadata('programs', programOf(validation, one))!;
  const stage = validation.metadata('programStages', one.programStage)!;
  const enrollment = validation.known('enrollments', one.enrollment);
  if (!enrollment?.trackedEntity) reporter.error(one, 'E1313', one.uid);
  if (stage.program.id !== program.id) {
    reporter.error(one, 'E1089', one.uid, stage.id, program.id);
  }
  if (one.enrollment === undefined) reporter.error(one, 'E1033', one.uid);
  else if (enrollment?.program !== program.id) {
    reporter.error(one, 'E1079', one.uid, program.id, one.enrollment);
  }
  if (!validation.runsAt(program, one.orgUnit)) {
    reporter.error(one, 'E1029', one.orgUnit, program.id);
  }
  checkAttributeOptionCombo(validation, one, program);
};

const checkAccess: EventCheck = (validation, one, strategy) => {
  const { reporter, user, store, bundle, access } = validation;
  const before = bundle.before(one);
  const { programStage, orgUnit } = before ?? one;
  const stage = store.metadata.get('programStages', programStage!)!;
  const trackedEntity = (before ? store.tracker.get('enrollments', before.enrollment) : undefined)
    ?.trackedEntity;
  if (strategy !== 'UPDATE' && !capturesAt(store, user, orgUnit!)) {
    reporter.error(one, 'E1000', user.id, orgUnit);
  }
  if (!canWriteData(user, stage)) reporter.error(one, 'E1095', user.id, stage.id);
  const person = trackedEntity ?? validation.known('enrollments', one.enrollment)?.trackedEntity;
  const owner = person && store.tracker.ownerOf(person, stage.program.id);
  if (owner && !access.canReach(stage.program.id, owner)) {
    reporter.error(one, 'E1102', user.id, person, stage.program.id);
  }
  const combo = store.metadata.get('categoryOptionCombos', one.attributeOptionCombo ?? '');
  for (const { id } of combo?.categoryOptions ?? []) {
    if (!canWriteData(user, store.metadata.get('categoryOptions', id)!)) {
      reporter.error(one, 'E1099', user.id, id);
    }
  }
  if (
    strategy === 'UPDATE' &&
    before?.status === 'COMPLETED' &&
    one.status !== 'COMPLETED' &&
    !hasAuthority(user, 'F_UNCOMPLETE_EVENT')
  ) {
    reporter.error(one, 'E1083', user.id);
  }
};

const checkTimes: EventCheck = ({ reporter, dialect }, one) => {
  const { uid, status, occurredAt, scheduledAt, completedAt } = one;
  if (occurredAt === undefined && (status === 'ACTIVE' || status === 'COMPLETED')) {
    reporter.error(one, 'E1031', uid);
  } else if (scheduledAt === undefined && status === 'SCHEDULE') {
    reporter.error(one, 'E1050', uid);
  }
  if (dialect.checksCompletion && completedAt !== undefined && status !== 'COMPLETED') {
    reporter.error(one, 'E1051', uid, status);
  }
};

/** What has happened cannot become something that is still to come. */
const checkStatus: EventCheck = ({ reporter, bundle, dialect }, one, strategy) => {
  if (strategy !== 'UPDATE' || !dialect.checksStatuses) return;
  const { status } = bundle.before(one)!;
  if (HAPPENED.has(status) && !HAPPENED.has(one.status)) {
    reporter.error(one, 'E1316', status, one.status);
  }
};

/** No stage of the sandbox lets a user be assigned. */
const checkAssignedUser: EventCheck = ({ reporter }, one) => {
  if (one.hasAssignedUser) reporter.warning(one, 'E1120', one.programStage!);
};

/** The program of an event: what it says, or that of its stage. */
function programOf(validation: Validation, { program, programStage }: PayloadEvent) {
  return program ?? validation.metadata('programStages', programStage)?.program.id;
}

/** What has to be right about an event (the server's source, EventValidator). */
export const EVENT_STAGES: readonly Stage<'events'>[] = [
  always(checkUid),
  always(checkExistence),
  onWrite(checkRequired),
  onWrite(checkReferences),
  on('UPDATE', checkImmutable),
  onWrite(checkRelations),
  always(checkAccess),
  onWrite(
    checkTimes,
    (validation, one) => {
      const stage = validation.metadata('programStages', one.programStage)!;
      checkGeometry(validation, one, stage.featureType);
    },
    checkNotes,
    checkDataValues,
    checkStatus,
    checkAssignedUser,
  ),
];

/**
 * A stage that is not repeatable has one event in an enrollment. Looked at when all events have been,
 * since only those that are right count (the server's source, RepeatedEventsValidator).
 */
export function checkRepeatedEvents(validation: Validation): void {
  const { reporter, store, bundle } = validation;
  const events = bundle.payload.events.filter(one => {
    const stage = validation.metadata('programStages', one.programStage);
    return !reporter.isInvalid(one) && !stage?.repeatable && bundle.strategyOf(one) !== 'DELETE';
  });
  const placeOf = ({ enrollment, programStage }: { enrollment?: string; programStage?: string }) =>
    `${enrollment} ${programStage}`;
  const counts = new Map<string, number>();
  for (const one of events) counts.set(placeOf(one), (counts.get(placeOf(one)) ?? 0) + 1);
  for (const one of events) {
    const hasTwin = (counts.get(placeOf(one)) ?? 0) > 1;
    const isSecond =
      bundle.strategyOf(one) === 'CREATE' &&
      store.tracker
        .eventsOf(one.enrollment!)
        .some(other => !other.deleted && other.programStage === one.programStage);
    if (hasTwin || isSecond) reporter.error(one, 'E1039', one.programStage);
  }
}
