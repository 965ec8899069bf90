import { type Adaptor, resolveAdaptor } from '../project/resolve-adaptor.js';
import { OPENFN, scopeOf } from '../project/scope.js';
import type { JobSpec } from '../project/spec.js';
import type { SpecProblem } from '../project/spec-problem.js';

const NAME = /^(@[^/]+)\/language-[a-z0-9-]+$/;
const VERSION = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;

/** The adaptor of a job, if it is installed, and what is wrong with how the job names it. */
export interface CheckedAdaptor {
  adaptor: Adaptor | undefined;
  problems: SpecProblem[];
}

function checkSpecifier(
  specifier: string,
  { scope, job }: { scope: string; job: string },
  path: string[],
): SpecProblem[] {
  const [, name = '', version = ''] = /^(.+?)(?:@([^@/]*))?$/.exec(specifier) ?? [];
  const found = NAME.exec(name)?.[1];
  if (found !== OPENFN && found !== scope) {
    const allowed = [...new Set([OPENFN, scope])].map(one => `${one}/language-...`).join(' or ');
    const message = `Job ${job}: ${specifier} is not the name of an adaptor. It must be ${allowed}`;
    return [{ rule: 'bad-adaptor', path, message }];
  }
  if (VERSION.test(version)) return [];
  return [
    {
      rule: 'unpinned-adaptor',
      path,
      message: `Job ${job}: ${specifier} names no version, so the code that runs could change at any time.`,
      fix: `Add the version, for example ${scope}/language-godata@4.0.0.`,
    },
  ];
}

/**
 * Finds the adaptor of a job and checks how it is named.
 *
 * @param project folder of project.yaml
 * @param path keys to the job's adaptor
 */
export async function checkAdaptor(
  project: string,
  [key, job]: [string, JobSpec],
  path: string[],
): Promise<CheckedAdaptor> {
  const specifier = job.adaptor;
  if (!specifier) return { adaptor: undefined, problems: [] };
  const problems = checkSpecifier(specifier, { scope: scopeOf(project), job: key }, path);
  try {
    const adaptor = await resolveAdaptor(project, specifier);
    const pinned = /@(\d[^@/]*)$/.exec(specifier)?.[1];
    if (pinned === undefined || pinned === adaptor.version) return { adaptor, problems };
    const message = `Job ${key}: version ${pinned} is named, but ${adaptor.version} is installed and runs here.`;
    return {
      adaptor,
      problems: [...problems, { rule: 'other-version', path, message, isWarning: true }],
    };
  } catch (error) {
    const { message, fix } = error as { message: string; fix?: string };
    return {
      adaptor: undefined,
      problems: [...problems, { rule: 'missing-adaptor', path, message, fix }],
    };
  }
}
