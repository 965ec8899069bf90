import { configurationError } from './errors.js';

/** A record that the target did not take, or that a step left out; ids and codes only, no person. */
export interface Rejected {
  /** What was rejected: `data value`, `location`, `case`... */
  kind: string;
  /** The record's id, or for a data value its cell `orgUnit/period/dataElement/categoryOptionCombo`. */
  id: string;
  /** The server's or our own code: `E7641`, `READ_BACK`... */
  code: string;
  message: string;
}

/** Records that a step read and did not pass on, grouped by reason. Not a rejection: exit status 0. */
export interface LeftOut {
  /** Stable reason: `no-date`, `future-date`, `outside-window`, `unmapped-location`, `unmapped-code`... */
  reason: string;
  /** What it concerns: a location id, `sex=OTHER`... Empty when nothing can be named. */
  subject: string;
  /** How many records (cases, contacts...). */
  count: number;
}

/** A record that was written otherwise than its source says, because the target cannot take it so. */
export interface Adjusted {
  /** What was adjusted: `location`... */
  kind: string;
  id: string;
  /** Stable reason: `SIBLING_NAME`, `BROKEN_COORDINATES`... */
  code: string;
  /** What became of it. */
  message: string;
}

/** One entry of `state.report`: what a step did, under the step's name. */
export interface StepReport {
  read?: number;
  counted?: number;
  created?: number;
  updated?: number;
  unchanged?: number;
  deactivated?: number;
  deleted?: number;
  /** Data sets registered as complete. */
  completed?: number;
  rejectedCount?: number;
  /** At most {@link MAX_LISTED} of them; `rejectedCount` counts all. */
  rejected?: Rejected[];
  leftOut?: LeftOut[];
  adjustedCount?: number;
  /** At most {@link MAX_LISTED} of them; `adjustedCount` counts all. Not a rejection: exit status 0. */
  adjusted?: Adjusted[];
  /** HTTP requests that the step made, retries and logins included. */
  requests?: number;
  warnings?: string[];
  dryRun?: boolean;
  /** Of a dry run: the server was asked what it would refuse, in so many requests, but for some objects. */
  validated?: { requests: number; notAsked: number };
}

/** The part of a report that lists what was rejected and adjusted; nothing of what there is none of. */
export function listed(
  rejected: readonly Rejected[],
  adjusted: readonly Adjusted[] = [],
): Pick<StepReport, 'rejected' | 'rejectedCount' | 'adjusted' | 'adjustedCount'> {
  return {
    ...(rejected.length > 0 ? { rejectedCount: rejected.length, rejected: [...rejected] } : {}),
    ...(adjusted.length > 0 ? { adjustedCount: adjusted.length, adjusted: [...adjusted] } : {}),
  };
}

/** The lists of a report are cut here by {@link nextState}: a state stays small, however much goes wrong. */
export const MAX_LISTED = 1000;

/** A state as OpenFn passes it from step to step; see DESIGN for the keys that survive. */
export interface State {
  configuration?: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: what is in a state is the affair of the jobs
  data?: any;
  report?: Record<string, StepReport>;
  dryRun?: boolean;
  /** The host has no limit of size between steps: set by programs that convert whole files. */
  isUnlimited?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  [input: string]: any;
}

/** Bytes of JSON above which a platform destroys what a step leaves (openfn FACTS §6), less a margin. */
const MAX_DATA_BYTES = 9_000_000;

/**
 * The state that a step leaves: the run's inputs and earlier reports, this step's report, and the
 * data for the next step. `references` and `response` are cleared.
 *
 * @param step the step's name, the key of its report
 * @throws IntegrationError `STATE_TOO_LARGE` (configuration) instead of losing it silently
 */
export function nextState<S extends State, D>(
  state: S,
  step: string,
  data: D,
  report: StepReport,
): Omit<S, 'data' | 'references' | 'response'> & { data: D; report: Record<string, StepReport> } {
  const isUnlimited = state.isUnlimited === true;
  if (!isUnlimited) checkSize(step, data);
  const { data: _data, references: _references, response: _response, ...kept } = state;
  const entry = isUnlimited ? report : cutLists(report);
  return { ...kept, data, report: { ...state.report, [step]: entry } };
}

function cutLists(report: StepReport): StepReport {
  const { rejected, adjusted } = report;
  return {
    ...report,
    ...(rejected ? { rejected: rejected.slice(0, MAX_LISTED) } : {}),
    ...(adjusted ? { adjusted: adjusted.slice(0, MAX_LISTED) } : {}),
  };
}

function checkSize(step: string, data: unknown): void {
  const bytes = Buffer.byteLength(JSON.stringify(data));
  if (bytes <= MAX_DATA_BYTES) return;
  throw configurationError(
    'STATE_TOO_LARGE',
    `${step} would leave ${Math.round(bytes / 1e6)} MB for the next step; platforms destroy more than 10 MB.`,
    {
      fix: 'Take less at once: a smaller batchSize, a narrower window, fewer or coarser dimensions.',
    },
  );
}
