import { canRead, canWriteData, capturesAt, hasAuthority } from '#sandbox/dhis2/accounts/access.js';
import { isOfSingleEvents, programOfEvent } from '../../programs.js';
import type { Program, TrackerEvent } from '../../types.js';
import type { Strategy } from '../bundle.js';
import type { PayloadEvent } from '../payload.js';
import { attributeOptionComboOf } from './attribute-option-combo.js';
import type { Check, Validation } from './validation.js';

/** Checks whether a user may write an event (the server's source, SecurityOwnershipValidator). */
export const checkEventAccess: Check<'events'> = (validation, one, strategy) => {
  const { store, bundle } = validation;
  const before = bundle.before(one);
  const program = programOfEvent(store.metadata, {
    programStage: (before ?? one).programStage!,
  });
  checkOrgUnit(validation, one, before, program, strategy);
  if (isOfSingleEvents(program)) checkProgram(validation, one, program);
  else checkEnrolled(validation, one, before, program);
  checkCategoryOptions(validation, one, before);
  checkCompletion(validation, one, before, strategy);
};

/**
 * A user creates and deletes events, and changes single ones, only in the capture scope. An event
 * of an enrollment can be changed elsewhere, but not moved there.
 */
function checkOrgUnit(
  { reporter, user, store }: Validation,
  one: PayloadEvent,
  before: TrackerEvent | undefined,
  program: Program,
  strategy: Strategy,
): void {
  const isSingle = isOfSingleEvents(program);
  const [now, then] = [one.orgUnit, before?.orgUnit];
  const units = {
    CREATE: [now],
    DELETE: [then],
    UPDATE: isSingle ? [then, now] : now === then ? [] : [now],
  }[strategy];
  for (const orgUnit of units) {
    if (!capturesAt(store, user, orgUnit!)) reporter.error(one, 'E1000', user.id, orgUnit);
  }
}

function checkProgram({ reporter, user }: Validation, one: PayloadEvent, program: Program): void {
  if (!canWriteData(user, program)) reporter.error(one, 'E1091', user.id, program.id);
}

function checkEnrolled(
  validation: Validation,
  one: PayloadEvent,
  before: TrackerEvent | undefined,
  program: Program,
): void {
  const { reporter, user, store, access } = validation;
  const stage = store.metadata.get('programStages', (before ?? one).programStage!)!;
  const type = store.metadata.get('trackedEntityTypes', program.trackedEntityType!.id)!;
  if (!canWriteData(user, stage)) reporter.error(one, 'E1095', user.id, stage.id);
  if (!canRead(user, program)) reporter.error(one, 'E1096', user.id, program.id);
  if (!canRead(user, type)) reporter.error(one, 'E1104', user.id, program.id, type.id);
  const enrollment = before
    ? store.tracker.get('enrollments', before.enrollment!)
    : validation.known('enrollments', one.enrollment);
  const person = enrollment?.trackedEntity;
  const owner = person && store.tracker.ownerOf(person, program.id);
  if (owner && !access.canReach(program.id, owner)) {
    reporter.error(one, 'E1102', user.id, person, program.id);
  }
}

function checkCategoryOptions(
  { reporter, user, store: { metadata } }: Validation,
  one: PayloadEvent,
  before: TrackerEvent | undefined,
): void {
  const id = before?.attributeOptionCombo ?? attributeOptionComboOf(metadata, one);
  const combo = metadata.get('categoryOptionCombos', id);
  for (const option of combo?.categoryOptions ?? []) {
    if (!canWriteData(user, metadata.get('categoryOptions', option.id)!)) {
      reporter.error(one, 'E1099', user.id, option.id);
    }
  }
}

function checkCompletion(
  { reporter, user }: Validation,
  one: PayloadEvent,
  before: TrackerEvent | undefined,
  strategy: Strategy,
): void {
  if (
    strategy === 'UPDATE' &&
    before?.status === 'COMPLETED' &&
    one.status !== 'COMPLETED' &&
    !hasAuthority(user, 'F_UNCOMPLETE_EVENT')
  ) {
    reporter.error(one, 'E1083', user.id);
  }
}
