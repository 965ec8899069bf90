import { formatProgress, type Progress } from '#common/reporting/progress.js';

/** Shortest time between two progress lines: a log is read later, by somebody in a hurry. */
const INTERVAL_MS = 2000;

/** Tells the progress of a step as a text now and then, and its last one in any case. */
export function createPace(tell: (text: string) => void) {
  let toldAt = 0;
  let waiting: Progress | undefined;
  const tellNow = (progress: Progress) => {
    tell(formatProgress(progress).replace('progress: ', ''));
    toldAt = Date.now();
    waiting = undefined;
  };
  return {
    /** A step begins. */
    begin() {
      toldAt = 0;
    },
    note(progress: Progress) {
      if (Date.now() - toldAt >= INTERVAL_MS) tellNow(progress);
      else waiting = progress;
    },
    flush() {
      if (waiting) tellNow(waiting);
    },
  };
}
