/** The rule above and below the sentence that ends the user's part of a bundled job. */
export const RULE = `// ${'-'.repeat(97)}`;

/** How that sentence begins. */
export const MARKED = '// Edit the job above this line.';

/** The user's part of a bundled job; a job that is not bundled is returned as it is. */
export function readJobText(expression: string): string {
  const [own] = expression.split(/^\/\/ -{20,}\r?\n(?=\/\/ Edit the job above this line\.)/m, 1);
  return own ?? expression;
}
