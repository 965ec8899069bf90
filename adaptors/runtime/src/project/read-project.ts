import path from 'node:path';
import Project, { detectVersion } from '@openfn/project';
import { configurationError } from '#common/reporting/errors.js';
import { parseYaml } from '../files/parse-yaml.js';
import { readText } from '../files/read-text.js';
import type { ProjectSpec } from './spec.js';
import { fromSpec4, isSpec4 } from './spec-4.js';

/** A project on disk, job bodies not yet read. */
export interface LoadedProject {
  /** Absolute folder of project.yaml. */
  folder: string;
  /** Text of project.yaml. */
  text: string;
  /** Version of the spec in which it is written. */
  version: SpecVersion;
  /** In the form of version 1, whatever it is written in. */
  spec: ProjectSpec;
  /** Keys of its workflows, as the command line takes them. */
  workflows: string[];
}

/** Versions of OpenFn's portability spec that are read (openfn FACTS §2). */
export type SpecVersion = 1 | 4;

/**
 * A parsed project of either version, in the form of version 1; undefined if it is neither.
 *
 * @param document what YAML says
 */
export function parseSpec(
  document: unknown,
): { spec: ProjectSpec; version: SpecVersion } | undefined {
  if (typeof document !== 'object' || document === null) return undefined;
  const found = document as Record<string, unknown>;
  const version = detectVersion(found);
  // Files of OpenFn's CLI before spec 4.0 say 2, and are the same in the parts that are read.
  if (version === 4 || version === 2) {
    return isSpec4(found) ? { spec: fromSpec4(found), version: 4 } : undefined;
  }
  if (version !== 1) return undefined;
  const { workflows } = found;
  if (!workflows || Array.isArray(workflows)) return undefined;
  return { spec: found as ProjectSpec, version: 1 };
}

/**
 * Reads project.yaml of a folder, of spec version 1 or 4.0.
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
    fix: 'Run the command in the folder of a project, or give it with --project. npx godata-dhis2 init FOLDER makes one.',
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
  const read = parseSpec(parsed.value);
  if (!read) {
    throw configurationError(
      'PROJECT_INVALID',
      `${file} is not a project in OpenFn's spec version 1 or 4.0.`,
      {
        fix: "It needs workflows with jobs, triggers and edges, or (schema_version '4.0') a list of workflows with steps.",
      },
    );
  }
  const workflows = Object.keys(read.spec.workflows!);
  return { folder: path.resolve(folder), text, ...read, workflows };
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
