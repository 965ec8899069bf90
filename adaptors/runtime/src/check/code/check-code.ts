import { findCompileProblems } from '../../compile/compile-job.js';
import { parseJob } from '../../compile/parse-job.js';
import type { Adaptor } from '../../project/resolve-adaptor.js';
import { type CodeProblem, type JobCode, readJobCode } from './code-problem.js';
import { findImports } from './imports.js';
import { findStatements } from './statements.js';
import { findUnknownNames } from './unknown-names.js';
import { findUnsupportedSyntax } from './unsupported-syntax.js';

/** Rules that need to know what the adaptor exports. */
const FINDERS: ((code: JobCode) => CodeProblem[])[] = [
  findUnknownNames,
  findImports,
  findStatements,
];

/**
 * What is wrong with the text of a job, in the order of the text.
 *
 * @param adaptor undefined when it is not here; what depends on it is not checked then
 */
export function checkCode(
  source: string,
  file: string,
  adaptor: Pick<Adaptor, 'name' | 'exports'> | undefined,
): CodeProblem[] {
  const problems = findCompileProblems({ source, file, name: file, adaptors: [] }).map(
    ({ code, message, fix, offset }): CodeProblem => ({
      rule: code === 'JOB_SYNTAX' ? 'syntax' : 'lazy-state',
      offset,
      message: message.replace(/\.?$/, '.'),
      fix,
    }),
  );
  if (problems.some(({ rule }) => rule === 'syntax')) return problems;
  problems.push(...findUnsupportedSyntax({ ast: parseJob(source, file), source }));
  if (adaptor) {
    const code = readJobCode(source, file, adaptor);
    problems.push(...FINDERS.flatMap(find => find(code)));
  }
  return problems.sort((a, b) => a.offset - b.offset);
}
