import path from 'node:path';
import Project, { detectVersion } from '@openfn/project';
import { parseDocument } from 'yaml';
import { configurationError } from '../../../common/src/errors.js';
import { readText } from '../files/read-text.js';
import type { ProjectSpec } from './spec.js';

/** A project on disk, job bodies not yet read. */
export interface LoadedProject {
  /** Absolute folder of project.yaml. */
  folder: string;
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
  // @openfn/project's own reader passes over mistakes in the YAML without a word.
  const document = parseDocument(text);
  const [mistake] = document.errors;
  if (mistake) {
    const message = `${file} is not YAML: ${mistake.message}`;
    throw configurationError('PROJECT_INVALID', message, { fix: 'Correct that line.' });
  }
  const spec = document.toJS() as ProjectSpec | null;
  const { workflows } = spec ?? {};
  if (!spec || !workflows || Array.isArray(workflows) || detectVersion(spec) !== 1) {
    throw configurationError(
      'PROJECT_INVALID',
      `${file} is not a project in OpenFn's spec version 1.`,
      { fix: 'It needs workflows with jobs, triggers and edges, and no schema_version.' },
    );
  }
  return { folder: path.resolve(folder), spec, workflows: Object.keys(workflows) };
}

/**
 * One workflow through `@openfn/project`, job texts in place: its steps as the engine takes them.
 *
 * @param key the workflow's key in project.yaml, which `checkWorkflow` has passed
 * @param bodies text of every job, by key
 */
export async function readEngineWorkflow(
  spec: ProjectSpec,
  key: string,
  bodies: Map<string, string>,
) {
  const workflow = spec.workflows![key]!;
  const jobs = Object.fromEntries(
    Object.entries(workflow.jobs!).map(([jobKey, job]) => [
      jobKey,
      { ...job, body: bodies.get(jobKey) },
    ]),
  );
  // Absent is true on the platform, but @openfn/project reads it as false. A run by hand takes the way
  // of the trigger even while the trigger is switched off.
  const edges = Object.fromEntries(
    Object.entries(workflow.edges ?? {}).map(([edgeKey, edge]) => [
      edgeKey,
      { ...edge, enabled: edge.source_trigger !== undefined || (edge.enabled ?? true) },
    ]),
  );
  // The map of credentials, be it empty, is how @openfn/project knows this spec from a server's state.
  const { credentials = {} } = spec;
  const single = { ...spec, credentials, workflows: { [key]: { ...workflow, jobs, edges } } };
  const project = await Project.from('project', single);
  return project.workflows[0]!;
}
