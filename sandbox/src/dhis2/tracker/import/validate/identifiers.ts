import { isUid } from '#sandbox/dhis2/metadata/uid.js';
import type { TrackerKind } from '../../types.js';
import type { TrackerCode } from '../messages.js';
import type { Check } from './validation.js';

/**
 * The error codes of each kind for a UID that exists, does not exist, or is deleted (dhis2 FACTS
 * §4.1).
 */
const CODES: Readonly<
  Record<TrackerKind, { taken: TrackerCode; missing: TrackerCode; deleted: TrackerCode }>
> = {
  trackedEntities: { taken: 'E1002', missing: 'E1063', deleted: 'E1114' },
  enrollments: { taken: 'E1080', missing: 'E1081', deleted: 'E1113' },
  events: { taken: 'E1030', missing: 'E1032', deleted: 'E1082' },
  relationships: { taken: 'E4015', missing: 'E4016', deleted: 'E4017' },
};

/** Checks the form of UIDs, also those of notes. */
export const checkUid: Check<TrackerKind> = ({ reporter }, object) => {
  const notes = 'notes' in object ? object.notes.map(({ note }) => note) : [];
  for (const uid of [object.uid, ...notes]) {
    if (!isUid(uid)) reporter.error(object, 'E1048', uid, object.uid);
  }
};

/**
 * A created object must not exist, a changed or deleted one must exist, and a deleted one cannot be
 * restored.
 */
export const checkExistence: Check<TrackerKind> = ({ reporter, bundle }, object, strategy) => {
  const { taken, missing, deleted } = CODES[object.kind];
  const before = bundle.before(object);
  if (before?.deleted) reporter.error(object, deleted, object.uid);
  else if (before && strategy === 'CREATE') reporter.error(object, taken, object.uid);
  else if (!before && strategy !== 'CREATE') reporter.error(object, missing, object.uid);
  // An update of a relationship is ignored with a warning.
  else if (before && strategy === 'UPDATE' && object.kind === 'relationships') {
    reporter.warning(object, taken, object.uid);
  }
};
