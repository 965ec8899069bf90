import { createHash } from 'node:crypto';
import { tokenizer } from 'acorn';

/** A job of a workflow, as far as its text counts. */
interface JobText {
  key: string;
  source: string;
}

/**
 * A hash of what the jobs of a workflow say: it changes with any of them, but not with comments and
 * blanks. Steps that continue an earlier run compare it with that of the state (`state.jobsHash`).
 *
 * @returns 16 hexadecimal digits
 */
export function hashJobs(jobs: readonly JobText[]): string {
  const hash = createHash('sha256');
  for (const { key, source } of jobs) hash.update(JSON.stringify([key, ...wordsOf(source)]));
  return hash.digest('hex').slice(0, 16);
}

function wordsOf(source: string): string[] {
  const options = { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true } as const;
  const tokens = [...tokenizer(source, options)];
  return tokens.map(({ start, end }) => source.slice(start, end));
}
