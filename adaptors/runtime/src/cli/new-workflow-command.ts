import path from 'node:path';
import type { ExitStatus } from '../run/exit-status.js';
import { newWorkflow } from '../scaffold/new-workflow.js';
import { print } from './print/print-lines.js';
import { reportErrors } from './report-errors.js';

/** Options of `godata-dhis2 new-workflow`. */
export interface NewWorkflowOptions {
  /** Folder of project.yaml. */
  project: string;
  /** Workflow to make it from. */
  from?: string;
}

/** `godata-dhis2 new-workflow`: adds a workflow to the project. */
export function newWorkflowCommand(
  name: string,
  { project, from }: NewWorkflowOptions,
): Promise<ExitStatus> {
  return reportErrors(async () => {
    const files = await newWorkflow(project, name, from);
    const lines = [
      ...files.map(file => `  ${path.join(project, file)}`),
      `  ${path.join(project, 'project.yaml')}   (its entry)`,
      '',
      `Next: fill in the jobs, then: npx godata-dhis2 check`,
    ];
    print(lines);
    return 0;
  });
}
