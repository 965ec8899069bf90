import { parseProgress } from '#common/reporting/progress.js';
import type { LogLevel } from '../../engine/events.js';
import { formatSeconds } from '../print/format.js';
import { visible } from '../print/visible.js';
import { createPace } from './pace.js';
import { eventToLines, type ProgressView } from './progress-view.js';

/** A line of the log, for programs that collect logs. */
interface LogLine {
  /** ISO 8601, UTC. */
  time: string;
  level: LogLevel;
  step?: string;
  message: string;
}

/** Marks what is a line of the log already. */
const START = '{"time":"';

function toLine(level: LogLevel, message: string, step: string | undefined): string {
  const line: LogLine = {
    time: new Date().toISOString(),
    level,
    ...(step === undefined ? {} : { step }),
    message: visible(message),
  };
  return `${JSON.stringify(line)}\n`;
}

/** One JSON object a line. */
export function createJsonView(
  screen: { write(text: string): unknown },
  verbose: boolean,
): ProgressView {
  let step: string | undefined;
  const tell = (level: LogLevel, message: string) => screen.write(toLine(level, message, step));
  const pace = createPace(text => tell('info', text));
  return {
    show(event) {
      const progress = event.type === 'log' ? parseProgress(event.line) : undefined;
      if (progress) pace.note(progress);
      else if (event.type === 'step-start') {
        step = event.step;
        pace.begin();
        tell('info', 'started');
      } else if (event.type === 'step-complete' || event.type === 'step-error') {
        pace.flush();
        const isError = event.type === 'step-error';
        const seconds = formatSeconds(event.seconds);
        tell(
          isError ? 'error' : 'info',
          isError ? `failed after ${seconds}` : `done in ${seconds}`,
        );
        step = undefined;
      } else {
        const level = event.type === 'log' ? event.level : 'debug';
        for (const line of eventToLines(event, verbose)) {
          tell(level, line.replace(/^(Warning|Error): /, ''));
        }
      }
    },
    close: () => {},
  };
}

/**
 * Writes everything else that goes to a stream as JSON objects, too: errors, and what nobody expects,
 * such as a warning of Node.
 *
 * @returns ends it
 */
export function logAsJson(stream: NodeJS.WriteStream): () => void {
  const { write } = stream;
  const passOn = (text: string, ...rest: unknown[]) =>
    (write as (...all: unknown[]) => boolean).call(stream, text, ...rest);
  stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    if (text === '' || text.startsWith(START)) return passOn(text, ...rest);
    return passOn(toLine(levelOf(text), plainOf(text), undefined), ...rest);
  }) as typeof stream.write;
  return () => {
    stream.write = write;
  };
}

function levelOf(text: string): LogLevel {
  if (text.startsWith('Error')) return 'error';
  return text.startsWith('Warning') ? 'warn' : 'info';
}

/** An error and what to do about it are one message. */
function plainOf(text: string): string {
  const lines = text.split('\n').map(line => line.trim());
  return lines
    .filter(Boolean)
    .join(' ')
    .replace(/^(Warning|Error): /, '');
}
