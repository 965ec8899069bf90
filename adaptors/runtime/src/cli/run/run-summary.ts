import type { RunError } from '../../engine/run-error.js';
import { type ExitStatus, exitStatusToRunStatus, type RunStatus } from '../../run/exit-status.js';
import type { RunOutcome } from '../../run/run-workflow.js';

/** A run in one JSON document: what `--json` prints and `report.json` holds. */
export interface RunSummary {
  workflow: string;
  status: RunStatus;
  exitStatus: ExitStatus;
  dryRun: boolean;
  /** Number of runs; only with `--drain`. */
  passes?: number;
  seconds: number;
  /** What this process used since its start: processor time, and its peak memory. */
  resources: { cpuSeconds: number; peakMemoryMb: number };
  report: RunOutcome['report'];
  changes: { total: number; file: string | null };
  errors?: RunError[];
}

/** What a summary says about the run itself. */
export interface RunFacts {
  workflow: string;
  exitStatus: ExitStatus;
  dryRun: boolean | undefined;
  passes?: number | undefined;
  seconds: number;
  report?: RunOutcome['report'];
  changes?: RunSummary['changes'];
  errors?: RunError[];
}

const round = (value: number) => Math.round(value * 1000) / 1000;

/** The document of a run, also of one that was stopped or could not begin. */
export function toRunSummary(facts: RunFacts): RunSummary {
  const { workflow, exitStatus, dryRun = false, passes, seconds, errors = [] } = facts;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    workflow,
    status: exitStatusToRunStatus(exitStatus),
    exitStatus,
    dryRun,
    ...(passes !== undefined && { passes }),
    seconds: round(seconds),
    resources: {
      cpuSeconds: round((userCPUTime + systemCPUTime) / 1e6),
      peakMemoryMb: Math.round(maxRSS / 1024),
    },
    report: facts.report ?? {},
    changes: facts.changes ?? { total: 0, file: null },
    ...(errors.length > 0 && { errors }),
  };
}
