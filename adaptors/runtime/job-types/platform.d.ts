/*
 * What every job finds on an OpenFn host besides the language itself (openfn FACTS §3). What Node or a
 * browser has besides, the platform has not: an editor that does not know `fetch` is right.
 */

/** What is in a state is the affair of the jobs. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type JobValue = any;

/** The state that a step begins with, and hands on. */
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
/** The initial state of the step; inside an operation use the state that it is given. */
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

/** Bytes, as much of Node's as jobs use. */
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
