/** The rule above and below the sentence that ends the user's part of a bundled job. */
export const RULE = `// ${'-'.repeat(97)}`;

/** How that sentence begins. */
export const MARKED = '// Edit the job above this line.';

/** The sentence after it: what is removed is not there to be called. */
export const ANOTHER_OPERATION =
  '// To use another operation: add it to the job in your project, run `npx godata-dhis2 bundle` again, deploy.';

/** The user's part of a bundled job; a job that is not bundled is returned as it is. */
export function readJobText(expression: string): string {
  const [own] = expression.split(/^\/\/ -{20,}\r?\n(?=\/\/ Edit the job above this line\.)/m, 1);
  return own ?? expression;
}
