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
 * The line of an event that every view shows in the same words, or undefined if it is not shown.
 * Adaptors log one line for each request; these are shown only with `--verbose`, unless they are
 * warnings.
 */
export function eventToLine(event: RunEvent, verbose: boolean): string | undefined {
  if (event.type === 'pass-start') return `run ${event.pass}`;
  if (event.type === 'engine') return verbose ? `engine: ${event.line}` : undefined;
  if (event.type !== 'log') return undefined;
  const { source, level, line } = event;
  const isLoud = level === 'warn' || level === 'error';
  if (isLoud) return `${level === 'warn' ? 'Warning' : 'Error'}: ${line}`;
  return verbose || (source === 'job' && level === 'info') ? line : undefined;
}
