import type { RunEvent } from '../engine/events.js';

/** Tells the user why nothing happens. */
export function waitEvent({ message }: Error): RunEvent {
  const line = `${message} This run waits for it, for up to a minute.`;
  return { type: 'log', source: 'runtime', level: 'warn', line };
}
