import { type Document, isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import { configurationError } from '#common/reporting/errors.js';
import { resolveAdaptor } from '../project/resolve-adaptor.js';
import type { ProjectSpec } from '../project/spec.js';

/** Key of the project's credential with this name. */
function findCredential({ credentials }: ProjectSpec, name: string): string {
  const found = Object.entries(credentials ?? {}).find(([, each]) => each?.name === name);
  if (found) return found[0];
  throw configurationError('NO_CREDENTIAL', `project.yaml has no credential named ${name}.`, {
    fix: `Add one, for example: me@example.org-${name}: { name: ${name}, owner: me@example.org }`,
  });
}

/** The workflow of the template, with pinned adaptors and the project's credentials. */
async function fillIn(template: Document, spec: ProjectSpec, project: string): Promise<YAMLMap> {
  const workflow = template.contents;
  const jobs = isMap(workflow) ? workflow.get('jobs') : undefined;
  if (!isMap(workflow) || !isMap(jobs)) throw new Error('The template has no jobs.');
  for (const { value: job } of jobs.items) {
    if (!isMap(job)) continue;
    const adaptor = job.get('adaptor', true);
    const credential = job.get('credential', true);
    if (isScalar(adaptor)) {
      const { name, version } = await resolveAdaptor(project, String(adaptor.value));
      adaptor.value = `${name}@${version}`;
    }
    if (isScalar(credential)) credential.value = findCredential(spec, String(credential.value));
  }
  return workflow;
}

/**
 * project.yaml with one more workflow; comments and everything else stay.
 *
 * @param text of project.yaml
 * @param template text of the workflow
 * @throws IntegrationError `NO_CREDENTIAL` or `ADAPTOR_NOT_FOUND`, kind `configuration`
 */
export async function addToSpec(
  text: string,
  spec: ProjectSpec,
  name: string,
  template: string,
  project: string,
): Promise<string> {
  const document = parseDocument(text) as unknown as Document;
  const workflow = await fillIn(parseDocument(template) as unknown as Document, spec, project);
  const workflows = document.get('workflows') as YAMLMap;
  // A map written on one line cannot hold one that is not.
  workflows.flow = false;
  workflows.set(name, workflow);
  return document.toString({ lineWidth: 0 });
}
