import type { DescribedOutbreak } from '#common/handover/described-outbreak.js';
import type { DescribedProgram } from '#common/handover/described-program.js';
import type { StepReport } from '#common/reporting/report.js';
import type { RunEvent } from '../../engine/events.js';
import { isObject } from '../../record/figures/index.js';

/** What dry runs told of both servers: names and types, and how many people have each field. */
export interface Metadata {
  /** Kind of people → their program. */
  programs: Record<string, DescribedProgram>;
  /** Absent until people of Go.Data were read. */
  outbreak?: DescribedOutbreak;
  /** Field of Go.Data → people who have a value, of `read`; by workflow. */
  given: Record<string, { read: number; fields: Record<string, number> }>;
}

/** Takes from the states of dry runs what describes the servers, and nobody in them. */
export function createMetadataReader(): {
  metadata: Metadata;
  readEvent(event: RunEvent): void;
  readReport(workflow: string, report: Record<string, StepReport>): void;
} {
  const metadata: Metadata = { programs: {}, given: {} };
  return {
    metadata,
    readEvent(event) {
      if (event.type !== 'step-complete' || !isObject(event.state.data)) return;
      const { programs, described } = event.state.data;
      if (isObject(programs)) Object.assign(metadata.programs, programs);
      if (isObject(described) && isObject(described.items)) {
        metadata.outbreak = described as unknown as DescribedOutbreak;
      }
    },
    readReport(workflow, report) {
      for (const { given, read } of Object.values(report)) {
        if (given && read) metadata.given[workflow] = { read, fields: given };
      }
    },
  };
}
