import { configurationError, type IntegrationError } from '#common/reporting/errors.js';
import {
  chooseNamed,
  describeNamed,
  listCandidates,
  listNearest,
  type Named,
} from '#common/reporting/named.js';
import type { DraftRequest } from '#runtime/scaffold/draft.js';

/** A choice of the user's: an object of a server. */
interface Question {
  /** The option that gives it: `--outbreak`. */
  option: string;
  /** What it is, in the singular: `outbreak`. */
  what: string;
  /** The question on a terminal. */
  text: string;
  /** Code of the error about one that does not exist. */
  code: string;
}

/** Most objects that an error or a question lists. */
const MAX_LISTED = 50;

/** The word that says: none of them. */
const NONE = 'none';

/**
 * The object that the user chose by id, code or exact name, or is asked for. On a terminal, an answer
 * that names none, or several, is told, and the question asked again.
 *
 * @param given what the option says
 * @throws IntegrationError `MISSING_CHOICE`, `AMBIGUOUS_NAME`, or the code of the question
 * (configuration)
 */
export async function choose<T extends Named>(
  question: Question,
  given: string | undefined,
  all: readonly T[],
  ask: DraftRequest['ask'],
): Promise<T> {
  if (given !== undefined || !ask || all.length === 0) {
    const found = find(question, given ?? '', all);
    if ('found' in found) return found.found;
    throw found.problem;
  }
  const listed = all.slice(0, MAX_LISTED).map(describeNamed);
  const hidden = all.length - listed.length;
  const list = hidden > 0 ? [...listed, `... and ${hidden} more`] : listed;
  let answer = await ask(question.text, list);
  for (;;) {
    const found = find(question, answer.trim(), all);
    if ('found' in found) return found.found;
    answer = await ask(`${found.problem.message}\n${question.text}`, []);
  }
}

/** The same for what a user may do without: undefined for the answer `none`. */
export async function chooseOrNone<T extends Named>(
  question: Question,
  given: string | undefined,
  all: readonly T[],
  ask: DraftRequest['ask'],
): Promise<T | undefined> {
  const none = { id: NONE } as T;
  const found = await choose(question, given, [...all, none], ask);
  return found === none ? undefined : found;
}

function find<T extends Named>(
  { option, what, code }: Question,
  word: string,
  all: readonly T[],
): { found: T } | { problem: IntegrationError } {
  if (word === '') return { problem: missing(option, what, all) };
  const { found, candidates } = chooseNamed(word, all);
  if (found) return { found };
  if (candidates.length > 0) {
    return {
      problem: configurationError(
        'AMBIGUOUS_NAME',
        `${option}: "${word}" names several objects: ${listCandidates(candidates)}.`,
        { fix: 'Use the id of one. Nothing was written.' },
      ),
    };
  }
  return {
    problem: configurationError(
      code,
      `${option}: the account sees no ${what} with the id, code or name "${word}". ${listNearest(word, all, 'It sees', what)}`,
      { fix: `Use one of these, or share the ${what} with the account. Nothing was written.` },
    ),
  };
}

function missing<T extends Named>(option: string, what: string, all: readonly T[]) {
  const listed = all.slice(0, MAX_LISTED).map(describeNamed);
  const more = all.length > MAX_LISTED ? `; ${all.length - MAX_LISTED} more` : '';
  return all.length === 0
    ? configurationError(
        'MISSING_CHOICE',
        `${option} is missing, and the account sees no ${what} at all.`,
        { fix: `Create the ${what}, or share it with the account. Nothing was written.` },
      )
    : configurationError(
        'MISSING_CHOICE',
        `${option} is missing. The account sees: ${listed.join('; ')}${more}.`,
        { fix: `Add ${option} with one of these. Nothing was written.` },
      );
}
