import type { Credentials } from '../credentials/read-credentials.js';
import type { EventListener } from '../engine/events.js';
import type { StepRange } from './select-steps.js';

/** What to run, and with what. */
export interface RunRequest {
  /** Folder of project.yaml. */
  project: string;
  /** Key or name of the workflow. */
  workflow: string;
  /** Path of a credentials file, or the credentials themselves by name; only steps with a credential need them. */
  credentials?: string | Credentials;
  /** Initial state. @default {} */
  state?: Record<string, unknown>;
  /** The steps to run, by id or name. @default all */
  range?: StepRange;
  /**
   * Begin with what the step before `range.start` left in an earlier run that kept it (`cacheStep`);
   * `state` is added to it. @default false
   */
  isFromCache?: boolean;
  /** Called after all checks and before the first step; an error thrown by it ends the run. */
  onReady?: (ready: ReadyRun) => void;
  /** Called for every step, log line and progress line. */
  onEvent?: EventListener;
}

/** What is known of a run before its first step. */
export interface ReadyRun {
  /** Key of the workflow. */
  workflow: string;
  /** Hash of what its jobs say. */
  jobsHash: string;
  /** The server behind each credential that its steps use: host and path. */
  servers: Record<string, string>;
}
