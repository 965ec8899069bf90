import path from 'node:path';
import type { ExitStatus } from '../run/exit-status.js';
import { exportProject } from '../workspace/export-project.js';
import { exportSpec4 } from '../workspace/export-spec-4.js';
import { formatCommand } from './print/format.js';
import { print } from './print/print-lines.js';
import { reportErrors } from './report-errors.js';

/** Options of `godata-dhis2 export`. */
export interface ExportOptions {
  /** Folder of project.yaml. */
  project: string;
  /** Write one file of this version of the spec instead of a workspace. */
  spec?: '4';
  /** A list of outbreaks or regions. */
  for?: string;
}

async function writeSpec4(target: string, project: string): Promise<ExitStatus> {
  await exportSpec4(project, target);
  print([
    `Project: ${target}   (spec 4.0, with the texts of all jobs)`,
    'Next:    import it on the platform; bring changed texts back with: npx godata-dhis2 pull FILE',
  ]);
  return 0;
}

async function writeWorkspace(target: string, project: string, list?: string): Promise<ExitStatus> {
  const { workflows, isNew } = await exportProject(project, target, list);
  const credentials = path.join(target, 'credentials.yaml');
  const enter = formatCommand(['cd', target]);
  const command = `openfn ${workflows[0] ?? '<workflow>'} -o state.json`;
  print([
    ...workflows.map(id => `  ${path.join(target, 'workflows', id)}`),
    '',
    `Workspace: ${path.join(target, 'openfn.yaml')}`,
    `Adaptors:  ${path.join(target, 'repo')}`,
    `Next:      ${isNew ? `fill in ${credentials}, then` : 'run a workflow'} (npm install --global @openfn/cli):`,
    `           ${enter} && OPENFN_REPO_DIR="$PWD/repo" ${command}`,
  ]);
  return 0;
}

/**
 * `godata-dhis2 export`: writes a workspace from which OpenFn's own CLI runs the workflows, or the
 * whole project as one file.
 */
export function exportCommand(
  target: string | undefined,
  { project, spec, for: list }: ExportOptions,
): Promise<ExitStatus> {
  return reportErrors(() =>
    spec
      ? writeSpec4(target ?? path.join(project, 'dist', 'project-spec-4.yaml'), project)
      : writeWorkspace(target ?? path.join(project, 'dist', 'workspace'), project, list),
  );
}
