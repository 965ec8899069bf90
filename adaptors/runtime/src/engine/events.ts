/** What a run tells while it goes on. */
export type RunEvent =
  /** Several runs are made, each with the final state of the one before. */
  | { type: 'pass-start'; pass: number }
  | { type: 'step-start'; step: string }
  /** A line that a job or, through the `console` of the process, an adaptor logged; or a warning of ours. */
  | { type: 'log'; source: 'job' | 'adaptor' | 'runtime'; level: LogLevel; line: string }
  /** A line of the engine itself, for `--verbose`. */
  | { type: 'engine'; line: string }
  | { type: 'step-complete'; step: string; seconds: number; stateBytes?: number }
  | { type: 'step-error'; step: string; seconds: number };

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export type EventListener = (event: RunEvent) => void;
