/** A record that the target refused, or that a step could not use. Ids and codes only, no personal data. */
export interface Rejected {
  /** What was rejected: `data value`, `location`, `case`... */
  kind: string;
  /** The record's id, or for a data value its cell `orgUnit/period/dataElement/categoryOptionCombo`. */
  id: string;
  /** The code of the server or of this project: `E7641`, `READ_BACK`... */
  code: string;
  message: string;
  /** Of a conflict: the field of Go.Data. */
  field?: string;
  /** Of a conflict: when the record was last changed in a system, as that system gives it. */
  changedAt?: { dhis2?: string; godata?: string };
}

/** Records that a step read and did not pass on, grouped by reason. Not a rejection: exit status 0. */
export interface LeftOut {
  /** Stable reason: `no-date`, `future-date`, `outside-window`, `unmapped-location`, `unmapped-code`... */
  reason: string;
  /** The location id, the code (`sex=OTHER`)... concerned. Empty if there is none. */
  subject: string;
  /** How many records (cases, contacts...). */
  count: number;
  /** Every run counts these again: of several runs, the count of the last one is the number. */
  isCurrent?: true;
}

/** How much of a source reaches its target. The first thing that the summary of a run says. */
export interface Coverage {
  /** What is counted, in the plural: `cases`. */
  things: string;
  /** What they do if all is well: `reach a value`. */
  verb: string;
  reached: number;
  /** All that should: those that reached it, and those that were omitted, but not on purpose. */
  expected: number;
  /** Of people: those of whom something was rejected, by code, largest first. */
  rejected?: LeftOut[];
  /** Those that did not, by cause, largest first. */
  omitted: LeftOut[];
  /** Those that nobody expects there: the mapping or the window excludes them. */
  onPurpose: LeftOut[];
}

/** A record that was written differently from its source, because the target cannot hold it as it is. */
export interface Adjusted {
  /** What was adjusted: `location`... */
  kind: string;
  id: string;
  /** Stable reason: `SIBLING_NAME`, `BROKEN_COORDINATES`... */
  code: string;
  /** What was changed. */
  message: string;
}

/** One entry of `state.report`: what a step did, under the step's name. */
export interface StepReport {
  /** What a reader must know before everything else; hosts show it first. */
  headlines?: string[];
  /** How much of the source reaches its target; shown first, too. */
  coverage?: Coverage;
  read?: number;
  /** How many of the people of a mapping step have a value for each field of Go.Data. */
  given?: Record<string, number>;
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
  /** The server that the step used, if it told its version. */
  server?: { system: 'DHIS2' | 'Go.Data'; version: string };
  warnings?: string[];
  dryRun?: boolean;
  /** The user allowed the run to take away a large share; later steps of the run may do so too. */
  allowLargeChange?: boolean;
  /**
   * In a dry run: the number of requests that asked the server what it would refuse, and the
   * objects that could not be asked about.
   */
  validated?: { requests: number; notAsked: number };
  /** In a dry run: what a check of the mapping should tell beside records. */
  findings?: Finding[];
}

/** Something about a mapping that stops nothing, and that its user should know. */
export interface Finding {
  /** A `warning` leaves something out, or writes what is seldom meant; a `note` is no problem. */
  severity: 'warning' | 'note';
  /** `refusing-rule`, `generated-attribute`... */
  code: string;
  message: string;
}

/** The rejected and adjusted parts of a report; empty lists are omitted. */
export function listed(
  rejected: readonly Rejected[],
  adjusted: readonly Adjusted[] = [],
): Pick<StepReport, 'rejected' | 'rejectedCount' | 'adjusted' | 'adjustedCount'> {
  return {
    ...(rejected.length > 0 ? { rejectedCount: rejected.length, rejected: [...rejected] } : {}),
    ...(adjusted.length > 0 ? { adjustedCount: adjusted.length, adjusted: [...adjusted] } : {}),
  };
}

/** A report with more warnings. */
export function withWarnings(report: StepReport, warnings: readonly string[]): StepReport {
  if (warnings.length === 0) return report;
  return { ...report, warnings: [...(report.warnings ?? []), ...warnings] };
}

/**
 * Longest list in a report. {@link cutLists} cuts longer ones, so that a state stays small even if
 * everything fails.
 */
export const MAX_LISTED = 1000;

/** A report with lists that have room in a state. */
export function cutLists(report: StepReport): StepReport {
  const { rejected, adjusted } = report;
  return {
    ...report,
    ...(rejected ? { rejected: rejected.slice(0, MAX_LISTED) } : {}),
    ...(adjusted ? { adjusted: adjusted.slice(0, MAX_LISTED) } : {}),
  };
}

/** A state as OpenFn passes it from step to step; see DESIGN for the keys that survive. */
export interface State {
  configuration?: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: jobs decide what a state holds
  data?: any;
  report?: Record<string, StepReport>;
  dryRun?: boolean;
  /** True: the host has no size limit between steps. Set by programs that convert whole files. */
  isUnlimited?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  [input: string]: any;
}
