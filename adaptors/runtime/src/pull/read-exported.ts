import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import { parseYaml } from '../files/parse-yaml.js';
import { readText } from '../files/read-text.js';
import { isWrittenInside, liesInside } from '../project/inside.js';
import { parseSpec } from '../project/read-project.js';
import { type JobBody, slugOf } from '../project/spec.js';

/** A job of an exported project. */
export interface ExportedJob {
  /** Id of its workflow and of the step, as OpenFn builds them from names. */
  workflow: string;
  job: string;
  /** Its text; undefined if the export has none. */
  text: string | undefined;
}

const fix =
  'Give a project that was exported from the platform, or the project.yaml of "openfn pull".';

function readBody(file: string, body: JobBody | undefined): string | undefined {
  if (typeof body !== 'object' || body === null) return body ?? undefined;
  const folder = path.dirname(path.resolve(file));
  const target = path.resolve(folder, body.path);
  if (!isWrittenInside(body.path) || !liesInside(folder, target)) {
    const message = `${file} names a text outside its folder: ${body.path}.`;
    throw configurationError('JOB_OUTSIDE_PROJECT', message, {
      fix: 'Copy the text beside the file: nothing outside its folder is read.',
    });
  }
  return readText({ path: target, what: 'text of a job', code: 'JOB', fix });
}

/**
 * Reads the jobs of a project that was exported: spec version 1 or 4.0, with texts or paths.
 *
 * @throws IntegrationError `EXPORT_NOT_FOUND`, `EXPORT_INVALID`, `JOB_OUTSIDE_PROJECT`,
 * `JOB_NOT_FOUND`, kind `configuration`
 */
export function readExported(file: string): ExportedJob[] {
  const text = readText({ path: file, what: 'exported project', code: 'EXPORT', fix });
  const parsed = parseYaml(text);
  const spec = 'line' in parsed ? undefined : parseSpec(parsed.value)?.spec;
  if (!spec)
    throw invalid(`${file} is not a project of OpenFn, neither of spec version 1 nor of 4.0.`);
  return Object.entries(spec.workflows ?? {}).flatMap(([key, workflow]) =>
    Object.entries(workflow?.jobs ?? {}).map(([jobKey, job]) => {
      if (!isJob(job)) throw invalid(`${file}: the job ${jobKey} of ${key} has no name and text.`);
      return {
        workflow: slugOf(workflow.name ?? key) || key,
        job: slugOf(job.name ?? jobKey) || jobKey,
        text: readBody(file, job.body),
      };
    }),
  );
}

const invalid = (message: string) => configurationError('EXPORT_INVALID', message, { fix });

/** Whether a job has the parts that are read, each of the right kind or absent. */
function isJob(job: unknown): boolean {
  if (typeof job !== 'object' || job === null) return false;
  const { name, body } = job as Record<string, unknown>;
  const path = typeof body === 'object' && body !== null ? (body as { path?: unknown }).path : '';
  return (name == null || typeof name === 'string') && typeof path === 'string';
}
