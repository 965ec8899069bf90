import { createInterface } from 'node:readline/promises';
import { configurationError } from '#common/reporting/errors.js';

/**
 * Asks a question on the terminal; undefined where nobody could answer.
 *
 * @throws IntegrationError `STOPPED` (configuration) from the question, at Ctrl-C and Ctrl-D
 */
export function askOnTerminal():
  | ((question: string, answers: readonly string[]) => Promise<string>)
  | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return async (question, answers) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    const end = new Promise<never>((_, reject) => {
      lines.once('close', () => reject(stopped()));
      lines.once('SIGINT', () => reject(stopped()));
    });
    const text = `${answers.map(answer => `  ${answer}\n`).join('')}${question} `;
    try {
      return await Promise.race([lines.question(text), end]);
    } catch (error) {
      // The question's line has no end yet.
      process.stderr.write('\n');
      throw error;
    } finally {
      lines.close();
    }
  };
}

const stopped = () =>
  configurationError('STOPPED', 'Stopped at a question.', { fix: 'Nothing was written.' });
