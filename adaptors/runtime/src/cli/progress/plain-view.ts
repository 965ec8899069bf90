import { parseProgress } from '#common/reporting/progress.js';
import { formatSeconds } from '../print/format.js';
import { visible } from '../print/visible.js';
import { createPace } from './pace.js';
import { eventToLines, type ProgressView, type Screen } from './progress-view.js';

/** Plain lines, for logs, CI and pipes. */
export function createPlainView(screen: Screen, verbose: boolean): ProgressView {
  let step = '';
  const print = (line: string) => screen.write(`${visible(line)}\n`);
  const pace = createPace(text => print(`${step}: ${text}`));
  return {
    show(event) {
      const progress = event.type === 'log' ? parseProgress(event.line) : undefined;
      if (progress) pace.note(progress);
      else if (event.type === 'step-start') {
        step = event.step;
        pace.begin();
        print(`${step}: started`);
      } else if (event.type === 'step-complete') {
        pace.flush();
        print(`${event.step}: done in ${formatSeconds(event.seconds)}`);
      } else if (event.type === 'step-error') {
        pace.flush();
        print(`${event.step}: failed after ${formatSeconds(event.seconds)}`);
      } else {
        for (const line of eventToLines(event, verbose)) print(line);
      }
    },
    close: () => {},
  };
}
