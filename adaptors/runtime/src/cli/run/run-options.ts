import type { Keep } from '../../record/records.js';

/** Options of `godata-dhis2 run`, as the command line gives them. */
export interface RunOptions {
  credentials?: string;
  state?: string;
  output?: string;
  dryRun?: boolean;
  /** Also take away more than a job's `largeChange` allows. */
  allowLargeChange?: boolean;
  /** Run again with the final state until the source has no more. */
  drain?: boolean;
  /** Step to begin with, and the last one. */
  start?: string;
  end?: string;
  /** Keep what each step leaves, for a later run with `start`. */
  cacheSteps?: boolean;
  /** Which records of earlier runs stay. */
  keepRuns?: Keep;
  /** Write without a question. */
  yes?: boolean;
  /** Whom to tell how the run ended: an address, or `env`. */
  notify?: string;
  /** Form of the log on stderr. */
  logFormat?: 'text' | 'json';
  json?: boolean;
  verbose?: boolean;
  /** Folder of project.yaml. */
  project: string;
}
