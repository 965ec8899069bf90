import path from 'node:path';
import { bundleProject } from '../bundle/bundle-project.js';
import type { ExitStatus } from '../run/exit-status.js';
import { print } from './print/print-lines.js';
import { formatTable } from './print/table.js';
import { reportErrors } from './report-errors.js';

/** Options of `godata-dhis2 bundle`. */
export interface BundleOptions {
  /** Folder of project.yaml. */
  project: string;
}

/** `godata-dhis2 bundle`: writes a project whose jobs carry their adaptors inside them. */
export function bundleCommand(
  folder: string | undefined,
  { project }: BundleOptions,
): Promise<ExitStatus> {
  return reportErrors(async () => {
    const target = folder ?? path.join(project, 'dist', 'lightning');
    const jobs = await bundleProject(project, target);
    const rows = jobs.map(({ workflow, job, adaptor, bytes }) => [
      workflow,
      job,
      adaptor,
      Math.ceil(bytes / 1000),
    ]);
    const lines = [
      ...formatTable(['workflow', 'job', 'adaptor', 'KB'], rows),
      '',
      `Project: ${path.join(target, 'project.yaml')}`,
      `Next:    deploy ${target} as any OpenFn project, for example: openfn deploy`,
    ];
    print(lines);
    return 0;
  });
}
