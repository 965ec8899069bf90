/*
 * What every job can use on an OpenFn host besides the language itself (openfn FACTS §3). The
 * platform does not have the other names of Node or a browser: an editor that does not know `fetch`
 * is right.
 */

/** Jobs decide what a state holds. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type JobValue = any;

/** The state that a step begins with and passes on. */
interface JobState {
  /** What the step before left, or the input of the run. */
  data: JobValue;
  /** The step's credential. */
  configuration: JobValue;
  /** Where the run begins; a job that advances it writes it back. */
  cursor?: JobValue;
  [key: string]: JobValue;
}

/** Lazy state: `$.data.id` in an argument of an operation is `state => state.data.id`. */
declare const $: JobState;
/** The initial state of the step. Inside an operation, use the state that it is given. */
declare const state: JobState;

declare const console: Record<
  'debug' | 'error' | 'info' | 'log' | 'warn',
  (...values: unknown[]) => void
>;

type TimerCallback = (...values: JobValue[]) => void;
declare function setTimeout(callback: TimerCallback, ms?: number, ...values: JobValue[]): unknown;
declare function setInterval(callback: TimerCallback, ms?: number, ...values: JobValue[]): unknown;
declare function clearTimeout(timer: unknown): void;
declare function clearInterval(timer: unknown): void;

/** Bytes: the part of Node's class that jobs use. */
interface JobBuffer extends Uint8Array {
  toString(encoding?: string, start?: number, end?: number): string;
}
declare const Buffer: {
  from(value: JobValue, encoding?: string): JobBuffer;
  concat(list: Uint8Array[], length?: number): JobBuffer;
  alloc(size: number): JobBuffer;
  byteLength(value: string | Uint8Array, encoding?: string): number;
  isBuffer(value: unknown): value is JobBuffer;
};
