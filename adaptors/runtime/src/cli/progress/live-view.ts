import { formatCount } from '#common/reporting/format-count.js';
import { type Progress, parseProgress } from '#common/reporting/progress.js';
import { formatSeconds } from '../print/format.js';
import { visible } from '../print/visible.js';
import { eventToLines, type ProgressView, type Screen } from './progress-view.js';

const FRAMES = ['◒', '◐', '◓', '◑'];
const FRAME_MS = 100;
const BAR = 24;
const CLEAR = '\r\x1b[2K';

function formatBar({ label, done, total }: Progress): string {
  if (!total) return `${formatCount(done)} ${label}`;
  const full = Math.min(BAR, Math.round((done / total) * BAR));
  return `${'━'.repeat(full)}${'─'.repeat(BAR - full)} ${formatCount(done)} of ${formatCount(total)} ${label}`;
}

/** One line that is drawn again and again, for a terminal. Finished steps and log lines stay above it. */
export function createLiveView(screen: Screen, verbose: boolean): ProgressView {
  let step: string | undefined;
  let progress: Progress | undefined;
  let frame = 0;
  const draw = () => {
    if (step === undefined) return;
    const line = `${FRAMES[frame % FRAMES.length]}  ${step}${progress ? `  ${formatBar(progress)}` : ''}`;
    screen.write(`${CLEAR}${line.slice(0, (screen.columns || 80) - 1)}`);
  };
  const timer = setInterval(() => {
    frame += 1;
    draw();
  }, FRAME_MS);
  timer.unref();
  const print = (line: string) => {
    screen.write(`${CLEAR}${visible(line)}\n`);
    draw();
  };
  const end = (line: string) => {
    step = undefined;
    progress = undefined;
    print(line);
  };
  return {
    show(event) {
      const read = event.type === 'log' ? parseProgress(event.line) : undefined;
      if (read) progress = read;
      else if (event.type === 'step-start') {
        step = event.step;
        draw();
      } else if (event.type === 'step-complete') {
        end(
          `◆  ${event.step}  ${progress ? `${formatBar(progress)}  ` : ''}${formatSeconds(event.seconds)}`,
        );
      } else if (event.type === 'step-error') {
        end(`▲  ${event.step} failed after ${formatSeconds(event.seconds)}`);
      } else {
        for (const line of eventToLines(event, verbose)) print(`│  ${line}`);
      }
    },
    close() {
      clearInterval(timer);
      screen.write(CLEAR);
    },
  };
}
