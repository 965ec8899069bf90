import type { Kind } from '../../../tracker-import/payload.js';
import type { ImportReport, TrackerError } from '../../../tracker-import/report.js';
import type { PlannedObject } from '../plan/person-plan.js';

/** What became of an object that was sent. */
export type Outcome =
  | { state: 'taken' }
  /** DHIS2 had it already. */
  | { state: 'there' }
  /** DHIS2 gives a reason. */
  | { state: 'refused'; errors: TrackerError[] }
  /** What it belongs to was refused, and it was left out along with that. */
  | { state: 'orphaned'; by: PlannedObject }
  /** The report says nothing of it. */
  | { state: 'unsure' };

/** Names of kinds in a report (dhis2 FACTS §4.1). */
const TYPES: Readonly<Record<Kind, string>> = {
  trackedEntities: 'TRACKED_ENTITY',
  enrollments: 'ENROLLMENT',
  events: 'EVENT',
  relationships: 'RELATIONSHIP',
};

/** A relationship that is there already: between the same two (E4018), or the very same (E4015). */
const IS_THERE = new Set(['E4015', 'E4018']);

/** What is to be deleted is not there, or not any more. */
const IS_GONE = new Set(['E1032', 'E1063', 'E1081', 'E1082', 'E1113', 'E1114', 'E4016', 'E4017']);

/** Left out since what it belongs to was refused. */
const BY_PARENT = 'E5000';

interface ObjectReport {
  uid?: string;
  errorReports?: unknown[];
}

/**
 * Tells for every object what an import has made of it. A child of what was refused is named by DHIS2
 * as such (E5000), but not what hangs on that child in turn.
 *
 * @param sent parents before their children
 */
export function readOutcomes(
  report: ImportReport,
  sent: readonly PlannedObject[],
): Map<PlannedObject, Outcome> {
  const errors = new Map<string, TrackerError[]>();
  for (const error of report.validationReport?.errorReports ?? []) {
    errors.set(keyOf(error), [...(errors.get(keyOf(error)) ?? []), error]);
  }
  const taken = takenIn(report, errors);
  // Of a relationship that is there already it is no more than a warning.
  const there = new Set(
    (report.validationReport?.warningReports ?? [])
      .filter(warning => IS_THERE.has((warning as { warningCode?: string }).warningCode ?? ''))
      .map(keyOf),
  );
  const outcomes = new Map<PlannedObject, Outcome>();
  const byUid = new Map(sent.map(one => [one.uid, one]));
  for (const one of sent) {
    const key = `${TYPES[one.kind]} ${one.uid}`;
    const parents = parentsOf(one).flatMap(uid => byUid.get(uid) ?? []);
    const by = parents.find(parent => isLost(outcomes.get(parent)));
    const own = (errors.get(key) ?? []).filter(({ errorCode }) => errorCode !== BY_PARENT);
    if (there.has(key) || (own.length > 0 && own.every(error => isThere(one, error)))) {
      outcomes.set(one, { state: 'there' });
    } else if (own.length > 0) outcomes.set(one, { state: 'refused', errors: own });
    else if (taken.has(key)) outcomes.set(one, { state: 'taken' });
    else if (by) outcomes.set(one, { state: 'orphaned', by });
    else if (errors.has(key)) outcomes.set(one, { state: 'refused', errors: errors.get(key)! });
    else outcomes.set(one, { state: 'unsure' });
  }
  return outcomes;
}

function keyOf({ trackerType, uid }: TrackerError): string {
  return `${trackerType} ${uid}`;
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
  for (const [type, { objectReports = [] }] of Object.entries(bundleReport?.typeReportMap ?? {})) {
    for (const { uid, errorReports = [] } of objectReports as ObjectReport[]) {
      const key = `${type} ${uid}`;
      if (errorReports.length === 0 && !errors.has(key)) taken.add(key);
    }
  }
  return taken;
}
