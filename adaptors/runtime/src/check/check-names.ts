/*
 * Names of the project, its workflows, jobs, credentials and collections. Some are refused only
 * when the platform deploys them, and of two that become one id OpenFn's tools keep one (openfn
 * FACTS §2.2).
 */
import { type ProjectSpec, slugOf, type WorkflowSpec } from '../project/spec.js';
import type { SpecProblem } from '../project/spec-problem.js';

/** What the platform accepts as the name of a job. */
const JOB_NAME = /^[a-zA-Z0-9_\- ]{1,100}$/;
/** What it accepts as the name of a collection. */
const COLLECTION_NAME = /^[a-z0-9]+([-_.][a-z0-9]+)*$/;

/** A thing with a name, its place, and what must be unique. */
interface Named {
  path: string[];
  what: string;
  identity: string;
}

function findTwice(things: Named[]): SpecProblem[] {
  const first = new Map<string, Named>();
  return things.flatMap(thing => {
    const other = first.get(thing.identity);
    if (!other) {
      first.set(thing.identity, thing);
      return [];
    }
    return [
      {
        rule: 'duplicate-name',
        path: thing.path,
        message: `${thing.what} has the same name as ${other.what}: one of them would be lost.`,
        fix: 'Give it another name. Capitals and punctuation make no difference.',
      },
    ];
  });
}

/** What is wrong with the names in one workflow. */
export function checkWorkflowNames(workflow: WorkflowSpec, at: string[]): SpecProblem[] {
  const jobs = Object.entries(workflow.jobs ?? {});
  const refused = jobs
    .filter(([, { name = '' }]) => !JOB_NAME.test(name.trim()))
    .map(([key, { name }]): SpecProblem => {
      const reason = name?.trim()
        ? 'the platform accepts only names of letters A to Z, digits, spaces, - and _, at most 100'
        : 'it has no name';
      const path = [...at, 'jobs', key, 'name'];
      return { rule: 'bad-name', path, message: `Job ${key}: ${reason}.` };
    });
  const unnamed: SpecProblem[] = workflow.name?.trim()
    ? []
    : [{ rule: 'bad-name', path: [...at, 'name'], message: 'The workflow has no name.' }];
  const triggers = Object.entries(workflow.triggers ?? {}).map(([key, { type = '' }]) => ({
    path: [...at, 'triggers', key],
    what: `Trigger ${key}`,
    // A trigger has no name; OpenFn's tools call it by its type.
    identity: type,
  }));
  const steps = jobs.map(([key, { name = key }]) => ({
    path: [...at, 'jobs', key],
    what: `Job ${key}`,
    identity: slugOf(name) || key,
  }));
  return [...unnamed, ...refused, ...findTwice([...triggers, ...steps])];
}

function checkCredentials({ credentials }: ProjectSpec): SpecProblem[] {
  const entries = Object.entries(credentials ?? {});
  const missing = entries.flatMap(([key, credential]): SpecProblem[] =>
    (['name', 'owner'] as const)
      .filter(field => !credential[field])
      .map(field => ({
        rule: 'bad-credential',
        path: ['credentials', key],
        message: `Credential ${key}: ${field} is missing.`,
      })),
  );
  const named = entries.map(([key, { name, owner }]) => ({
    path: ['credentials', key],
    what: `Credential ${key}`,
    identity: `${owner} ${name}`,
  }));
  return [...missing, ...findTwice(named)];
}

function checkCollections({ collections }: ProjectSpec): SpecProblem[] {
  const entries = Object.entries(collections ?? {});
  const refused = entries
    .filter(([, { name = '' }]) => !COLLECTION_NAME.test(name))
    .map(([key]): SpecProblem => {
      const message = `Collection ${key}: name must be lower-case letters and digits, joined by - _ or a dot.`;
      return { rule: 'bad-collection', path: ['collections', key], message };
    });
  const named = entries.map(([key, { name = key }]) => ({
    path: ['collections', key],
    what: `Collection ${key}`,
    identity: name,
  }));
  return [...refused, ...findTwice(named)];
}

/** What is wrong with the names of a project, its credentials and its collections. */
export function checkProjectNames(spec: ProjectSpec): SpecProblem[] {
  const workflows = Object.entries(spec.workflows ?? {}).map(([key, workflow]) => ({
    path: ['workflows', key],
    what: `Workflow ${key}`,
    identity: slugOf(String(workflow?.name ?? key)) || key,
  }));
  const unnamed: SpecProblem[] = spec.name?.trim()
    ? []
    : [{ rule: 'bad-name', path: ['name'], message: 'The project has no name.' }];
  return [
    ...unnamed,
    ...checkCredentials(spec),
    ...checkCollections(spec),
    ...findTwice(workflows),
  ];
}
