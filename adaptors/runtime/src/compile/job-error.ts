import { configurationError, type IntegrationError } from '#common/reporting/errors.js';

/** A place in a job file; both count from 1. */
export interface Position {
  line: number;
  column: number;
}

/**
 * The line and column of an offset in a text.
 *
 * @param offset characters from the start, 0 for the first
 */
export function offsetToPosition(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: before[before.length - 1]!.length + 1 };
}

/**
 * The source line of a position with a caret below it.
 *
 * @example
 * codeFrame('fn(', { line: 1, column: 4 }); // '  1 | fn(\n    |    ^'
 */
function codeFrame(source: string, { line, column }: Position): string {
  const text = source.split(/\r\n|\r|\n/)[line - 1] ?? '';
  const margin = `  ${line} | `;
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return `${margin}${text}\n${' '.repeat(margin.length - 2)}| ${indent}^`;
}

/** A problem in a job's text, and its place. */
export interface JobProblem {
  /** `JOB_SYNTAX`, `JOB_LAZY_STATE`. */
  code: string;
  message: string;
  fix: string;
  /** Offset in the source, 0 for the first character. */
  offset: number;
}

/**
 * The error of a job that cannot be compiled: file, line and column, the source line and a caret.
 *
 * @param file the job's path as its reader knows it, `jobs/cases-to-data-values/fetch-cases.js`
 */
export function jobError(file: string, source: string, problem: JobProblem): IntegrationError {
  const position = offsetToPosition(source, problem.offset);
  const place = `${file}:${position.line}:${position.column}`;
  return configurationError(
    problem.code,
    `${place}: ${problem.message}\n${codeFrame(source, position)}`,
    { fix: problem.fix, details: { file, ...position } },
  );
}
