import { stringify } from 'yaml';
import { configurationError } from '#common/reporting/errors.js';
import { COMMON } from '../bundle/adaptor-code.js';
import type { LoadedProject } from '../project/read-project.js';
import { readWorkflow, type WorkflowStep } from '../project/read-workflow.js';
import { resolveAdaptor } from '../project/resolve-adaptor.js';
import type { ProjectSpec } from '../project/spec.js';
import { copyWorkflow } from './copy-workflow.js';
import { type ListRow, readList } from './read-list.js';

type Credentials = NonNullable<ProjectSpec['credentials']>;

/** Whether the jobs of a workflow take what a list gives. */
function takes(steps: readonly WorkflowStep[], { outbreakId }: ListRow): boolean {
  const wanted = outbreakId === undefined ? /\bstate\.roots\b/ : /\bstate\.outbreakId\b/;
  return steps.some(({ source }) => wanted.test(source));
}

/** Names of the credentials whose account only one run at a time may use. */
function ownCredentials(steps: readonly WorkflowStep[]): string[] {
  return steps.flatMap(({ adaptor, credential }) =>
    adaptor.oneRun && credential !== undefined ? [credential] : [],
  );
}

/** A login to Go.Data ends the other sessions of its account (godata FACTS §1.2). */
function refuseSharedAccount(
  key: string,
  steps: readonly WorkflowStep[],
  rows: readonly ListRow[],
): void {
  for (const credential of ownCredentials(steps)) {
    const used = rows.map(row => row.credentials[credential] ?? credential);
    const shared = used.find((name, index) => used.indexOf(name) !== index);
    if (shared === undefined) continue;
    throw configurationError(
      'LIST_SHARED_ACCOUNT',
      `The workflows made from ${key} would use one account of Go.Data, ${shared}, at the same time: each login ends the other's session.`,
      {
        fix: `Make an account of Go.Data for each line, and add a column ${credential} with the names of their credentials.`,
      },
    );
  }
}

/** The credentials of the project and those that the list names. */
function addCredentials(given: Credentials, rows: readonly ListRow[]): Credentials {
  const all: Credentials = { ...given };
  const names = () => new Set(Object.values(all).map(({ name }) => name));
  for (const [from, to] of rows.flatMap(row => Object.entries(row.credentials))) {
    if (names().has(to)) continue;
    const owner = Object.values(given).find(({ name }) => name === from)?.owner;
    all[owner === undefined ? to : `${owner}-${to}`] = {
      name: to,
      ...(owner === undefined ? {} : { owner }),
    };
  }
  return all;
}

/**
 * A project with one workflow for each line of a list, instead of each workflow that takes what the
 * list gives (`state.outbreakId`, else `state.roots`). The others stay as they are.
 *
 * @param only keys of the workflows to take; all by default
 * @throws IntegrationError `LIST_INVALID`, `LIST_UNUSABLE`, `LIST_SHARED_ACCOUNT` and those of
 * `readWorkflow`, kind `configuration`
 */
export async function scaleOut(
  project: LoadedProject,
  file: string,
  only: readonly string[] = project.workflows,
): Promise<LoadedProject> {
  const { spec, folder } = project;
  const given = spec.credentials ?? {};
  const nameOf = (key: string) => given[key]?.name;
  const rows = readList(
    file,
    Object.values(given).flatMap(({ name }) => name ?? []),
  );
  const credentials = addCredentials(given, rows);
  const keyOf = (name: string) =>
    Object.keys(credentials).find(key => credentials[key]!.name === name)!;
  const { name, version } = await resolveAdaptor(folder, COMMON);
  const workflows: ProjectSpec['workflows'] = {};
  let isUsed = false;
  for (const wanted of only) {
    const { key, steps } = await readWorkflow(project, wanted);
    const workflow = spec.workflows![key]!;
    if (!takes(steps, rows[0]!)) {
      workflows[key] = workflow;
      continue;
    }
    isUsed = true;
    refuseSharedAccount(key, steps, rows);
    for (const [index, row] of rows.entries()) {
      const request = { key, workflow, row, index, common: `${name}@${version}`, keyOf, nameOf };
      const [made, copy] = copyWorkflow(request);
      if (made in workflows || only.includes(made)) throw taken(made, key, row);
      workflows[made] = copy;
    }
  }
  if (!isUsed) throw unused(file, only);
  const scaled = { ...spec, credentials, workflows };
  const text = stringify(scaled, { lineWidth: 0, aliasDuplicateObjects: false });
  return { folder, text, version: 1, spec: scaled, workflows: Object.keys(workflows) };
}

function taken(made: string, key: string, { name }: ListRow) {
  return configurationError(
    'LIST_INVALID',
    `The workflow of ${key} for the line ${name} would be ${made}, and there is one of this name already.`,
    { fix: 'Give the line another name, or leave the other workflow out with --only.' },
  );
}

function unused(file: string, only: readonly string[]) {
  return configurationError(
    'LIST_UNUSABLE',
    `No job of ${only.join(', ')} takes what ${file} gives: state.outbreakId, or, in a list without outbreaks, state.roots.`,
    { fix: 'Choose other workflows with --only, or use the input in a job.' },
  );
}
