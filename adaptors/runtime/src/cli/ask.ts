import { createInterface } from 'node:readline/promises';

/** Asks a question on the terminal; undefined where nobody could answer. */
export function askOnTerminal():
  | ((question: string, answers: readonly string[]) => Promise<string>)
  | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return async (question, answers) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(`${answers.map(answer => `  ${answer}\n`).join('')}${question} `);
    } finally {
      lines.close();
    }
  };
}
