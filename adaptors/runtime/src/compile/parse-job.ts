import { type Program, parse } from 'acorn';
import { type JobProblem, jobError } from './job-error.js';

interface AcornSyntaxError extends SyntaxError {
  pos: number;
}

function isAcornSyntaxError(error: unknown): error is AcornSyntaxError {
  return error instanceof SyntaxError && typeof (error as { pos?: unknown }).pos === 'number';
}

/** Reads a job's text as an ECMAScript module, or says why it is not one. */
export function tryParseJob(source: string): { ast: Program } | { problem: JobProblem } {
  try {
    const ast = parse(source, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      locations: true,
      ranges: true,
      allowHashBang: true,
    });
    return { ast };
  } catch (error) {
    if (!isAcornSyntaxError(error)) throw error;
    const problem = {
      code: 'JOB_SYNTAX',
      // acorn ends its message with a position that counts columns from 0; ours comes first.
      message: error.message.replace(/ \(\d+:\d+\)$/, ''),
      fix: 'Correct this line. A job is plain JavaScript; write types in JSDoc comments.',
      offset: error.pos,
    };
    return { problem };
  }
}

/**
 * Reads a job's text as an ECMAScript module.
 *
 * @param file the job's path, for the error
 * @throws IntegrationError `JOB_SYNTAX` with file, line, column and the source line
 */
export function parseJob(source: string, file: string): Program {
  const read = tryParseJob(source);
  if ('problem' in read) throw jobError(file, source, read.problem);
  return read.ast;
}
