import type { PlanTable } from '#common/reporting/plan.js';
import type { UndoTable } from '#common/reporting/undo-table.js';

/** What a run reports while it runs. */
export type RunEvent =
  /** One of several runs; each begins with the final state of the one before. */
  | { type: 'pass-start'; pass: number }
  | { type: 'step-start'; step: string }
  /**
   * A line that a job logged, or an adaptor through the `console` of the process; or a warning of
   * this runtime.
   */
  | { type: 'log'; source: 'job' | 'adaptor' | 'runtime'; level: LogLevel; line: string }
  /** A log line of the engine, for `--verbose`. */
  | { type: 'engine'; line: string }
  | {
      type: 'step-complete';
      step: string;
      seconds: number;
      stateBytes?: number;
      /** What the step left for the next one. */
      state: Record<string, unknown>;
      /** The changes of a step that wrote, told once. */
      plan?: PlanTable;
    }
  | {
      type: 'step-error';
      step: string;
      seconds: number;
      /** Only if the step wrote all but rejected records: what it left. */
      state?: Record<string, unknown>;
      plan?: PlanTable;
      /** What it was about to change; it may have made some of these changes. */
      planned?: UndoTable;
    };

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export type EventListener = (event: RunEvent) => void;
