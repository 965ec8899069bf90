import type { Operation } from '../compile/job.js';

/** Where the engine is, read from its log: its errors often do not say. */
export interface Trace {
  /** The step that runs, or the last that ran. */
  readonly step: string | undefined;
  /** Line of the operation in the job file; undefined if none has begun. */
  readonly line: number | undefined;
  /** Whether the job is loaded, so that its first operation has begun. */
  readonly hasBegun: boolean;
  /** Whether the last operation so far returned no state. */
  readonly isEmpty: boolean;
  enter(step: string): void;
  /** Reads one line of the engine's log. */
  read(line: string): void;
  /** Line of an operation that the engine refused before running it, by its index from 0. */
  lineAt(index: number): number | undefined;
}

/** @param operations by step id, in the order in which a job runs them */
export function createTrace(operations: Map<string, Operation[]>): Trace {
  let step: string | undefined;
  let index = -1;
  let isEmpty = false;
  const lineAt = (at: number) => operations.get(step ?? '')?.[at]?.line;
  return {
    get step() {
      return step;
    },
    get line() {
      return lineAt(index);
    },
    get hasBegun() {
      return index >= 0;
    },
    get isEmpty() {
      return isEmpty;
    },
    enter(id) {
      step = id;
      index = -1;
      isEmpty = false;
    },
    read(line) {
      const started = /^Starting operation (\d+)$/.exec(line)?.[1];
      if (started !== undefined) {
        index = Number(started) - 1;
        isEmpty = false;
      } else if (/^Warning: operation \d+ did not return state$/.test(line)) isEmpty = true;
    },
    lineAt,
  };
}
