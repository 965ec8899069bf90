import { isOfSingleEvents } from '../../programs.js';
import type { PayloadEvent } from '../payload.js';
import { checkAttributeOptionCombo } from './attribute-option-combo.js';
import { checkDataValues, HAPPENED } from './data-values.js';
import { checkEventAccess } from './event-access.js';
import { checkEventTimes } from './event-times.js';
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
  const { reporter, dialect } = validation;
  const { isSingle, isEnrolled } = kindsOf(validation, one);
  const needsEnrollment = dialect.requiresEnrollments && isEnrolled;
  if (programOf(validation, one) === undefined) reporter.error(one, 'E1123', 'program');
  if (one.orgUnit === undefined) reporter.error(one, 'E1123', 'orgUnit');
  if (needsEnrollment && one.enrollment === undefined) reporter.error(one, 'E1123', 'enrollment');
  if (one.programStage === undefined) reporter.error(one, 'E1123', 'programStage');
  // An event that names a stage of one program and another program is checked as both kinds
  // (recording 201 of 2.43.1).
  if (isSingle && needsEnrollment && one.enrollment === undefined) {
    reporter.error(one, 'E1089', one.uid, one.programStage, one.program);
  }
};

/**
 * Whether an event is single or belongs to an enrollment. Its program decides, or without one its
 * stage (the server's source, ParamsConverter of 2.43).
 */
function kindsOf(validation: Validation, { program: id, programStage }: PayloadEvent) {
  const program = validation.metadata('programs', id);
  const stage = validation.metadata('programStages', programStage);
  const ofStage = stage && validation.metadata('programs', stage.program.id);
  const named = program ?? ofStage;
  const isEnrolling = (one: typeof named) => one !== undefined && !isOfSingleEvents(one);
  return {
    isSingle: named !== undefined && isOfSingleEvents(named),
    isEnrolled: named === undefined || isEnrolling(program) || isEnrolling(ofStage),
  };
}

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
  if (stage.program.id !== program.id) {
    reporter.error(one, 'E1089', one.uid, stage.id, program.id);
  }
  if (!isOfSingleEvents(program)) checkEnrollment(validation, one, program.id);
  if (!validation.runsAt(program, one.orgUnit)) {
    reporter.error(one, 'E1029', one.orgUnit, program.id);
  }
  checkAttributeOptionCombo(validation, one, program);
};

/**
 * Checks the enrollment of an event: it must be given, have a tracked entity, and be in the event's
 * program.
 */
function checkEnrollment(validation: Validation, one: PayloadEvent, program: string): void {
  const { reporter, dialect } = validation;
  if (one.enrollment === undefined) {
    if (dialect.missesPersonOfNoEnrollment) reporter.error(one, 'E1313', one.uid);
    reporter.error(one, 'E1033', one.uid);
    return;
  }
  const enrollment = validation.known('enrollments', one.enrollment);
  if (!enrollment?.trackedEntity) reporter.error(one, 'E1313', one.uid);
  if (enrollment?.program !== program) {
    reporter.error(one, 'E1079', one.uid, program, one.enrollment);
  }
}

/** A single event cannot be scheduled, skipped or overdue (dhis2 LIVE 219). */
const checkSingleStatus: EventCheck = (validation, one) => {
  const program = validation.metadata('programs', programOf(validation, one))!;
  if (!validation.dialect.checksSingleStatus || !isOfSingleEvents(program)) return;
  if (!HAPPENED.has(one.status)) validation.reporter.error(one, 'E1318', one.status);
};

/** An event that has happened cannot become a planned one. */
const checkStatus: EventCheck = ({ reporter, bundle, dialect }, one, strategy) => {
  if (strategy !== 'UPDATE' || !dialect.checksStatuses) return;
  const { status } = bundle.before(one)!;
  if (HAPPENED.has(status) && !HAPPENED.has(one.status)) {
    reporter.error(one, 'E1316', status, one.status);
  }
};

/** No program stage in the sandbox allows the assignment of users. */
const checkAssignedUser: EventCheck = ({ reporter }, one) => {
  if (one.hasAssignedUser) reporter.warning(one, 'E1120', one.programStage!);
};

/** The program of an event: its own, or that of its stage. */
function programOf(validation: Validation, { program, programStage }: PayloadEvent) {
  return program ?? validation.metadata('programStages', programStage)?.program.id;
}

/** The checks of an event, in order (the server's source, EventValidator). */
export const EVENT_STAGES: readonly Stage<'events'>[] = [
  always(checkUid),
  always(checkExistence),
  onWrite(checkRequired),
  onWrite(checkReferences),
  on('UPDATE', checkImmutable),
  onWrite(checkRelations),
  onWrite(checkSingleStatus),
  always(checkEventAccess),
  onWrite(
    checkEventTimes,
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
