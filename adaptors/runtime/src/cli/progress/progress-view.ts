import { isStepLine } from '#common/reporting/step-lines.js';
import type { RunEvent } from '../../engine/events.js';

/** Shows a run while it runs. */
export interface ProgressView {
  show(event: RunEvent): void;
  /** Leaves the screen clean; nothing is shown afterwards. */
  close(): void;
}

/** Where a view writes, normally stderr. */
export interface Screen {
  write(text: string): unknown;
  columns?: number;
}

/**
 * The lines of an event that every view shows in the same words; none if it is not shown. Adaptors
 * log one line for each request; these are shown only with `--verbose`, unless they are warnings. A
 * job may log several lines at once; a line break in what an adaptor logs is data. The summary of
 * the run repeats what a step logs of its report.
 */
export function eventToLines(event: RunEvent, verbose: boolean): string[] {
  if (event.type === 'pass-start') return [`run ${event.pass}`];
  if (event.type === 'engine') return verbose ? `engine: ${event.line}`.split('\n') : [];
  if (event.type !== 'log') return [];
  const { source, level, line } = event;
  if (isStepLine(line) && !verbose) return [];
  const isLoud = level === 'warn' || level === 'error';
  const lines = source === 'job' ? line.split('\n') : [line];
  if (isLoud) return lines.map(one => `${level === 'warn' ? 'Warning' : 'Error'}: ${one}`);
  return verbose || (source === 'job' && level === 'info') ? lines : [];
}
