/** What a run tells while it goes on. */
export type RunEvent =
  | { type: 'step-start'; step: string }
  /** A line that a job or, through the `console` of the process, an adaptor logged. */
  | { type: 'log'; source: 'job' | 'adaptor'; level: LogLevel; line: string }
  /** A line of the engine itself, for `--verbose`. */
  | { type: 'engine'; line: string }
  | { type: 'step-complete'; step: string; seconds: number; stateBytes?: number }
  | { type: 'step-error'; step: string; seconds: number };

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export type EventListener = (event: RunEvent) => void;
