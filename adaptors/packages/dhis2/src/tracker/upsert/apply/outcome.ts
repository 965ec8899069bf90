import { getOrCreate } from '#common/collections/get-or-create.js';
import { TYPES } from '../../import/payload.js';
import {
  errorsIn,
  type ImportReport,
  type TrackerError,
  type TrackerWarning,
  warningsIn,
} from '../../import/report.js';
import type { PlannedObject } from '../plan/person-plan.js';

/** The result of an object that was sent. */
export type Outcome =
  /** DHIS2 may have warnings (dhis2 LIVE 199). */
  | { state: 'taken'; warnings?: readonly TrackerWarning[] }
  /** DHIS2 already had it. `hasUid`: a relationship with its UID, which may be between others. */
  | { state: 'there'; hasUid?: boolean }
  /** A tracked entity that was to be deleted, but that another program has. */
  | { state: 'kept' }
  /** DHIS2 gave a reason. `holdsBack`: nothing of the person is written, because of these errors. */
  | { state: 'refused'; errors: TrackerError[]; holdsBack?: ReadonlySet<TrackerError> }
  /** Another object of the person, or the relationship that replaces it, is not written. */
  | { state: 'held' }
  /** Nothing of it remains without the values that DHIS2 refuses. */
  | { state: 'dropped' }
  /** It was left out because the object that it belongs to was refused. */
  | { state: 'orphaned'; by: PlannedObject }
  /** The report does not mention it. */
  | { state: 'unsure' };

/** DHIS2 has a relationship with this UID, between whomever. */
const HAS_UID = 'E4015';

/** A relationship that already exists: between the same two (E4018), or with the same UID. */
const IS_THERE = new Set([HAS_UID, 'E4018']);

/** The object to delete does not exist, or no longer exists. */
const IS_GONE = new Set(['E1032', 'E1063', 'E1081', 'E1082', 'E1113', 'E1114', 'E4016', 'E4017']);

/**
 * A tracked entity is not deleted while it has an enrollment, whether or not the account sees the
 * enrollment.
 */
const HAS_ENROLLMENTS = 'E1100';

/** Left out because the object that it belongs to was refused. */
const BY_PARENT = 'E5000';

/**
 * Tells for every object what an import did with it. DHIS2 names the child of a refused object
 * (E5000), but not the children of that child.
 *
 * @param sent parents before their children
 * @param isRehearsal nothing was to be stored: DHIS2 then lists no objects (dhis2 LIVE 198), and an
 * object without an error is correct
 */
export function readOutcomes(
  report: ImportReport,
  sent: readonly PlannedObject[],
  isRehearsal = false,
): Map<PlannedObject, Outcome> {
  const errors = byObject(errorsIn(report));
  const warnings = byObject(warningsIn(report));
  const taken = takenIn(report, errors);
  const outcomes = new Map<PlannedObject, Outcome>();
  const byUid = new Map(sent.map(one => [one.uid, one]));
  for (const one of sent) {
    const key = `${TYPES[one.kind]} ${one.uid}`;
    const parents = parentsOf(one).flatMap(uid => byUid.get(uid) ?? []);
    const by = parents.find(parent => isLost(outcomes.get(parent)));
    const own = (errors.get(key) ?? []).filter(({ errorCode }) => errorCode !== BY_PARENT);
    // For a relationship that already exists it is only a warning.
    const remarks = warnings.get(key) ?? [];
    const isKnown = remarks.some(({ warningCode = '' }) => IS_THERE.has(warningCode));
    if (isKnown || (own.length > 0 && own.every(error => isThere(one, error)))) {
      const codes = [...remarks.map(row => row.warningCode), ...own.map(row => row.errorCode)];
      outcomes.set(one, { state: 'there', hasUid: codes.includes(HAS_UID) });
    } else if (own.some(({ errorCode }) => errorCode === HAS_ENROLLMENTS)) {
      outcomes.set(one, { state: 'kept' });
    } else if (own.length > 0) outcomes.set(one, { state: 'refused', errors: own });
    else if (taken.has(key) || (isRehearsal && !by && !errors.has(key)))
      outcomes.set(one, { state: 'taken', warnings: remarks });
    else if (by) outcomes.set(one, { state: 'orphaned', by });
    else if (errors.has(key)) outcomes.set(one, { state: 'refused', errors: errors.get(key)! });
    else outcomes.set(one, { state: 'unsure' });
  }
  return outcomes;
}

/** Whether DHIS2 has a relationship with the UID of an object, which is as it was. */
export function hasUidOf(outcome: Outcome): boolean {
  return outcome.state === 'there' && outcome.hasUid === true;
}

function byObject<T extends Pick<TrackerError, 'trackerType' | 'uid'>>(
  rows: readonly T[],
): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    getOrCreate(found, `${row.trackerType} ${row.uid}`, () => [] as T[]).push(row);
  }
  return found;
}

function isThere({ change }: PlannedObject, { errorCode = '' }: TrackerError): boolean {
  return change === 'delete' ? IS_GONE.has(errorCode) : IS_THERE.has(errorCode);
}

function isLost(outcome: Outcome | undefined): boolean {
  return outcome?.state === 'refused' || outcome?.state === 'orphaned';
}

/** UIDs of the objects that an object needs. */
export function parentsOf({ kind, parent, body }: PlannedObject): string[] {
  if (kind !== 'relationships') return parent === undefined ? [] : [parent];
  return [body.from, body.to].flatMap(end => {
    const { trackedEntity } = (end ?? {}) as { trackedEntity?: { trackedEntity?: string } };
    return trackedEntity?.trackedEntity ?? [];
  });
}

/** Objects that the report lists without an error, by kind and UID. */
function takenIn(
  { bundleReport }: ImportReport,
  errors: ReadonlyMap<string, unknown>,
): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const [type, report] of Object.entries(bundleReport?.typeReportMap ?? {})) {
    for (const { uid, errorReports } of report?.objectReports ?? []) {
      const key = `${type} ${uid}`;
      if (!errorReports?.length && !errors.has(key)) taken.add(key);
    }
  }
  return taken;
}
