import path from 'node:path';
import { type BundledJob, bundleProject } from '../bundle/bundle-project.js';
import type { ExitStatus } from '../run/exit-status.js';
import { print } from './print/print-lines.js';
import { formatTable } from './print/table.js';
import { reportErrors } from './report-errors.js';

/** Options of `godata-dhis2 bundle`. */
export interface BundleOptions {
  /** Folder of project.yaml. */
  project: string;
  /** Workflows to bundle; all by default. */
  only?: string[];
  /** A list of outbreaks or regions. */
  for?: string;
}

const sum = (jobs: BundledJob[]) => jobs.reduce((bytes, job) => bytes + job.bytes, 0);
const toKilobytes = (bytes: number) => Math.ceil(bytes / 1000).toLocaleString('en');

/** What all jobs take here, where jobs with one text share a file, and on a platform. */
function formatSizes(jobs: BundledJob[]): string {
  const files = [...new Map(jobs.map(job => [job.path, job])).values()];
  const here = `${toKilobytes(sum(files))} KB in ${files.length} files`;
  const there = `${toKilobytes(sum(jobs))} KB on the platform, where each of the ${jobs.length} jobs has its own text`;
  return files.length === jobs.length ? here : `${here}; ${there}`;
}

/** `godata-dhis2 bundle`: writes a project whose jobs carry their adaptors inside them. */
export function bundleCommand(
  folder: string | undefined,
  { project, only, for: list }: BundleOptions,
): Promise<ExitStatus> {
  return reportErrors(async () => {
    const target = folder ?? path.join(project, 'dist', 'lightning');
    const jobs = await bundleProject(project, target, {
      ...(only && { only }),
      ...(list && { list }),
    });
    const rows = jobs.map(({ workflow, job, adaptor, bytes }) => [
      workflow,
      job,
      adaptor,
      toKilobytes(bytes),
    ]);
    const lines = [
      ...formatTable(['workflow', 'job', 'adaptor', 'KB'], rows),
      '',
      `Jobs:    ${formatSizes(jobs)}`,
      `Project: ${path.join(target, 'project.yaml')}`,
      `Next:    deploy ${target} as any OpenFn project, for example: openfn deploy`,
    ];
    print(lines);
    return 0;
  });
}
