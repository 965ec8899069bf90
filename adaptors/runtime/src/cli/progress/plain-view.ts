import { formatProgress, type Progress, parseProgress } from '#common/reporting/progress.js';
import { formatSeconds } from '../print/format.js';
import { visible } from '../print/visible.js';
import { eventToLines, type ProgressView, type Screen } from './progress-view.js';

/** Shortest time between two progress lines: a log is read later, by somebody in a hurry. */
const INTERVAL_MS = 2000;

/** Plain lines, for logs, CI and pipes. */
export function createPlainView(screen: Screen, verbose: boolean): ProgressView {
  let step = '';
  let shownAt = 0;
  let waiting: Progress | undefined;
  const print = (line: string) => screen.write(`${visible(line)}\n`);
  const printProgress = (progress: Progress) => {
    print(`${step}: ${formatProgress(progress).replace('progress: ', '')}`);
    shownAt = Date.now();
    waiting = undefined;
  };
  const flush = () => waiting && printProgress(waiting);
  return {
    show(event) {
      const progress = event.type === 'log' ? parseProgress(event.line) : undefined;
      if (progress) {
        if (Date.now() - shownAt >= INTERVAL_MS) printProgress(progress);
        else waiting = progress;
        return;
      }
      if (event.type === 'step-start') {
        step = event.step;
        shownAt = 0;
        print(`${step}: started`);
      } else if (event.type === 'step-complete') {
        flush();
        print(`${event.step}: done in ${formatSeconds(event.seconds)}`);
      } else if (event.type === 'step-error') {
        flush();
        print(`${event.step}: failed after ${formatSeconds(event.seconds)}`);
      } else {
        for (const line of eventToLines(event, verbose)) print(line);
      }
    },
    close: () => {},
  };
}
