import path from 'node:path';
import Project, { detectVersion } from '@openfn/project';
import { configurationError } from '#common/reporting/errors.js';
import { parseYaml } from '../files/parse-yaml.js';
import { readText } from '../files/read-text.js';
import type { ProjectSpec } from './spec.js';

/** A project on disk, job bodies not yet read. */
export interface LoadedProject {
  /** Absolute folder of project.yaml. */
  folder: string;
  /** Text of project.yaml. */
  text: string;
  spec: ProjectSpec;
  /** Keys of its workflows, as the command line takes them. */
  workflows: string[];
}

/**
 * Reads project.yaml of a folder (spec v1).
 *
 * @throws IntegrationError `PROJECT_NOT_FOUND`, `PROJECT_INVALID`, kind `configuration`
 * @example
 * readProject('.').workflows; // ['cases-to-data-values']
 */
export function readProject(folder: string): LoadedProject {
  const file = path.join(folder, 'project.yaml');
  const text = readText({
    path: file,
    what: 'project file',
    code: 'PROJECT',
    fix: 'Run the command in the folder of the project, or give it with --project.',
  });
  // @openfn/project's own reader silently accepts errors in the YAML.
  const parsed = parseYaml(text);
  if ('line' in parsed) {
    const { line, column } = parsed;
    const message = `${file} is not YAML: line ${line}, column ${column}.`;
    throw configurationError('PROJECT_INVALID', message, {
      fix: 'Check that place: a quote or a bracket may be missing, or the indentation may be wrong. Put text that begins with * or & in quotes.',
      details: { line, column },
    });
  }
  const spec = parsed.value as ProjectSpec | null;
  const { workflows } = spec ?? {};
  if (!spec || !workflows || Array.isArray(workflows) || detectVersion(spec) !== 1) {
    throw configurationError(
      'PROJECT_INVALID',
      `${file} is not a project in OpenFn's spec version 1.`,
      { fix: 'It needs workflows with jobs, triggers and edges, and no schema_version.' },
    );
  }
  return { folder: path.resolve(folder), text, spec, workflows: Object.keys(workflows) };
}

/** Whether `@openfn/project` can build an id from a name: it keeps only ASCII letters and digits. */
const hasSlug = (name: string) => /\w/.test(name);

/**
 * The steps of one workflow as `@openfn/project` gives them, with the job texts: triggers first,
 * then the jobs in the order of the file. A job whose name has no ASCII letter has its key as id.
 *
 * @param key the workflow's key in project.yaml, which `checkWorkflow` has accepted
 * @param bodies text of every job, by key
 */
export async function readEngineWorkflow(
  spec: ProjectSpec,
  key: string,
  bodies: Map<string, string>,
) {
  const workflow = spec.workflows![key]!;
  const keys = new Map<string, string>();
  const jobs = Object.fromEntries(
    Object.entries(workflow.jobs!).map(([jobKey, job], index) => {
      const isLatin = hasSlug(job.name ?? jobKey);
      const standIn = `unnamed-job-${index}`;
      if (!isLatin) keys.set(standIn, jobKey);
      return [jobKey, { ...job, ...(!isLatin && { name: standIn }), body: bodies.get(jobKey) }];
    }),
  );
  // Absent means true on the platform, but @openfn/project reads it as false. A run by hand follows
  // the edge of a trigger even while the trigger is switched off.
  const edges = Object.fromEntries(
    Object.entries(workflow.edges ?? {}).map(([edgeKey, edge]) => [
      edgeKey,
      { ...edge, enabled: edge.source_trigger != null || (edge.enabled ?? true) },
    ]),
  );
  // @openfn/project recognises this spec, and not a server's state, by the map of credentials, even
  // if it is empty.
  const credentials = spec.credentials ?? {};
  const name = hasSlug(workflow.name ?? key) ? workflow.name : 'unnamed-workflow';
  const single = { ...spec, credentials, workflows: { [key]: { ...workflow, name, jobs, edges } } };
  const project = await Project.from('project', single);
  return project.workflows[0]!.steps.map(step => ({
    id: keys.get(step.id!) ?? step.id!,
    next: Object.fromEntries(
      Object.entries(step.next ?? {}).map(([to, edge]) => [keys.get(to) ?? to, edge]),
    ),
  }));
}
