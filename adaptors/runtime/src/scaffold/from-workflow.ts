import { stringify } from 'yaml';
import { configurationError } from '#common/reporting/errors.js';
import { findPackageRoot } from '../files/package-root.js';
import { toFileNames } from '../project/file-names.js';
import { type LoadedProject, readProject } from '../project/read-project.js';
import { readWorkflow } from '../project/read-workflow.js';
import type { JobSpec, TriggerSpec } from '../project/spec.js';
import { suggest } from '../project/suggest.js';
import { KINDS } from './kinds.js';

/** The project that has a workflow: the user's own, else this package. */
function findProject(own: LoadedProject, wanted: string): LoadedProject {
  const shipped = readProject(findPackageRoot());
  const found = [own, shipped].find(({ workflows }) => workflows.includes(wanted));
  if (found) return found;
  const all = [...new Set([...own.workflows, ...shipped.workflows])];
  const kinds = Object.keys(KINDS);
  throw configurationError(
    'UNKNOWN_WORKFLOW',
    `No workflow is named ${wanted}. There are: ${all.join(', ')}.${suggest(wanted, [...all, ...kinds])}`,
    { fix: `Give one of these names with --from, or a kind: ${kinds.join(', ')}.` },
  );
}

function mapValues<A, B>(entries: Record<string, A> = {}, change: (value: A, key: string) => B) {
  return Object.fromEntries(
    Object.entries(entries).map(([key, value]) => [key, change(value, key)] as const),
  );
}

/**
 * A workflow as a template: its jobs, in files of their own even if it shares one with others, and
 * its entry for project.yaml, with credentials by name and its triggers switched off.
 *
 * @param own the project that gets a workflow
 * @param wanted key of a workflow of it, or of this package
 * @param name of the new workflow
 * @returns texts by file name; the entry is `workflow.yaml`
 * @throws IntegrationError `UNKNOWN_WORKFLOW` and those of `readWorkflow`, kind `configuration`
 */
export async function templateFrom(
  own: LoadedProject,
  wanted: string,
  name: string,
): Promise<Map<string, string>> {
  const project = findProject(own, wanted);
  const { steps } = await readWorkflow(project, wanted);
  const spec = project.spec.workflows![wanted]!;
  const files = toFileNames(steps.map(({ key }) => key));
  const entry = {
    name,
    jobs: mapValues(spec.jobs, (job, key): JobSpec => {
      const credential = job.credential && project.spec.credentials?.[job.credential]?.name;
      return {
        ...job,
        ...(credential && { credential }),
        body: { path: `jobs/${name}/${files.get(key)}.js` },
      };
    }),
    triggers: mapValues(spec.triggers, (trigger): TriggerSpec => ({ ...trigger, enabled: false })),
    edges: spec.edges ?? {},
  };
  const page = `# ${name}\n\nMade from the workflow ${wanted}, whose page explains the constants and options of these jobs.\n`;
  return new Map([
    ...steps.map(({ key, source }) => [`${files.get(key)}.js`, source] as const),
    ['README.md', page],
    ['workflow.yaml', stringify(entry, { lineWidth: 0 })],
  ]);
}
