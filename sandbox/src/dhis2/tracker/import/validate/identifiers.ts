import { isUid } from '#sandbox/dhis2/metadata/uid.js';
import type { TrackerKind } from '../../types.js';
import type { TrackerCode } from '../messages.js';
import type { Check } from './validation.js';

/** The codes of a kind for a UID that is taken, not there, or used up (dhis2 FACTS §4.1). */
const CODES: Readonly<
  Record<TrackerKind, { taken: TrackerCode; missing: TrackerCode; deleted: TrackerCode }>
> = {
  trackedEntities: { taken: 'E1002', missing: 'E1063', deleted: 'E1114' },
  enrollments: { taken: 'E1080', missing: 'E1081', deleted: 'E1113' },
  events: { taken: 'E1030', missing: 'E1032', deleted: 'E1082' },
  relationships: { taken: 'E4015', missing: 'E4016', deleted: 'E4017' },
};

/** UIDs have their form, those of notes too. */
export const checkUid: Check<TrackerKind> = ({ reporter }, object) => {
  const notes = 'notes' in object ? object.notes.map(({ note }) => note) : [];
  for (const uid of [object.uid, ...notes]) {
    if (!isUid(uid)) reporter.error(object, 'E1048', uid, object.uid);
  }
};

/** What is created is not there, what is changed or deleted is, and what is deleted stays so. */
export const checkExistence: Check<TrackerKind> = ({ reporter, bundle }, object, strategy) => {
  const { taken, missing, deleted } = CODES[object.kind];
  const before = bundle.before(object);
  if (before?.deleted) reporter.error(object, deleted, object.uid);
  else if (before && strategy === 'CREATE') reporter.error(object, taken, object.uid);
  else if (!before && strategy !== 'CREATE') reporter.error(object, missing, object.uid);
  // A relationship never changes; that is worth a word, and no more.
  else if (before && strategy === 'UPDATE' && object.kind === 'relationships') {
    reporter.warning(object, taken, object.uid);
  }
};
