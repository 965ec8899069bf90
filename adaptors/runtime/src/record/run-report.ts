import type { StepReport } from '#common/reporting/report.js';
import type { RunError } from '../engine/run-error.js';
import { packageVersion } from '../files/package-version.js';
import { type ExitStatus, exitStatusToRunStatus, type RunStatus } from '../run/exit-status.js';
import type { Figures } from './figures/index.js';

/** Version of the form of {@link RunReport}: docs/run-report.schema.json. */
export const REPORT_VERSION = 1;

/** A run in one JSON document: what `--json` prints and `report.json` of its record holds. */
export interface RunReport {
  reportVersion: typeof REPORT_VERSION;
  workflow: string;
  /** `unfinished`: the run is going on, or its process was killed. */
  status: RunStatus | 'unfinished';
  exitStatus: ExitStatus | null;
  dryRun: boolean;
  /** Number of runs; only with `--drain`. */
  passes?: number;
  /** ISO 8601, UTC. */
  startedAt: string;
  endedAt?: string;
  seconds: number;
  /** What this process used since its start: processor time, and its peak memory. */
  resources: { cpuSeconds: number; peakMemoryMb: number };
  /** This package, Node, and each server that told its version. */
  versions: Record<string, string>;
  /** Ids of the outbreaks that the run read or wrote. */
  outbreaks?: string[];
  /** Hash of the text of the jobs, in which the mapping is; comments do not count. */
  mappingHash?: string;
  /** The server behind each credential that the run used: host and path of its address. */
  servers?: Record<string, string>;
  /** Time of the run that this one took back. */
  undoOf?: string;
  report: Record<string, StepReport>;
  changes: { total: number; file: string | null };
  /** The numbers behind the pictures of the page. */
  figures?: Figures;
  errors?: RunError[];
}

/** What a document says about the run itself. */
export interface RunFacts {
  workflow: string;
  /** Absent while the run is going on. */
  exitStatus?: ExitStatus;
  dryRun: boolean | undefined;
  passes?: number | undefined;
  /** Milliseconds since 1970. */
  startedAt: number;
  seconds: number;
  outbreaks?: readonly string[];
  mappingHash?: string | undefined;
  servers?: Record<string, string> | undefined;
  undoOf?: string | undefined;
  report?: RunReport['report'];
  changes?: RunReport['changes'];
  figures?: Figures | undefined;
  errors?: RunError[];
}

const round = (value: number) => Math.round(value * 1000) / 1000;

/** The document of a run, also of one that was stopped, could not begin, or is going on. */
export function toRunReport(facts: RunFacts): RunReport {
  const { workflow, exitStatus, dryRun = false, passes, startedAt, seconds, errors = [] } = facts;
  const { outbreaks = [], mappingHash, servers = {}, undoOf, report = {} } = facts;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    reportVersion: REPORT_VERSION,
    workflow,
    status: exitStatus === undefined ? 'unfinished' : exitStatusToRunStatus(exitStatus),
    exitStatus: exitStatus ?? null,
    dryRun,
    ...(passes !== undefined && { passes }),
    startedAt: new Date(startedAt).toISOString(),
    ...(exitStatus !== undefined && { endedAt: new Date().toISOString() }),
    seconds: round(seconds),
    resources: {
      cpuSeconds: round((userCPUTime + systemCPUTime) / 1e6),
      peakMemoryMb: Math.round(maxRSS / 1024),
    },
    versions: versionsOf(report),
    ...(outbreaks.length > 0 && { outbreaks: [...outbreaks] }),
    ...(mappingHash !== undefined && { mappingHash }),
    ...(Object.keys(servers).length > 0 && { servers }),
    ...(undoOf !== undefined && { undoOf }),
    report,
    changes: facts.changes ?? { total: 0, file: null },
    ...(facts.figures && { figures: facts.figures }),
    ...(errors.length > 0 && { errors }),
  };
}

function versionsOf(report: RunReport['report']): RunReport['versions'] {
  const servers = Object.values(report).flatMap(({ server }) => (server ? [server] : []));
  return {
    'godata-dhis2': packageVersion(),
    node: process.versions.node,
    ...Object.fromEntries(servers.map(({ system, version }) => [system, version])),
  };
}
