import path from 'node:path';
import type { ExitStatus } from '../run/exit-status.js';
import { exportProject } from '../workspace/export-project.js';
import { print } from './print/print-lines.js';
import { reportErrors } from './report-errors.js';

/** Options of `godata-dhis2 export`. */
export interface ExportOptions {
  /** Folder of project.yaml. */
  project: string;
}

/** `godata-dhis2 export`: writes a workspace from which OpenFn's own CLI runs the workflows. */
export function exportCommand(
  folder: string | undefined,
  { project }: ExportOptions,
): Promise<ExitStatus> {
  return reportErrors(async () => {
    const target = folder ?? path.join(project, 'dist', 'workspace');
    const { workflows } = await exportProject(project, target);
    const lines = [
      ...workflows.map(id => `  ${path.join(target, 'workflows', id)}`),
      '',
      `Workspace: ${path.join(target, 'openfn.yaml')}`,
      `Next:      put the credentials, by name, into ${path.join(target, 'credentials.yaml')};`,
      `           then, in that folder: openfn ${workflows[0] ?? '<workflow>'}`,
    ];
    print(lines);
    return 0;
  });
}
