import { configurationError } from '#common/reporting/errors.js';
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
  /** Code of the error about one that does not exist. */
  code: string;
}

/** Most objects that an error or a question lists. */
const MAX_LISTED = 50;

/**
 * The object that the user chose by id, code or exact name, or is asked for.
 *
 * @param given what the option says
 * @param isOptional an empty answer means none
 * @throws IntegrationError `MISSING_CHOICE`, or the code of the question (configuration)
 */
export async function choose<T extends Named>(
  { option, what, code }: Question,
  given: string | undefined,
  all: readonly T[],
  ask: DraftRequest['ask'],
): Promise<T> {
  const word = given ?? (await askFor({ option, what, code }, all, ask));
  const { found, candidates } = chooseNamed(word, all);
  if (found) return found;
  if (candidates.length > 0) {
    throw configurationError(
      'AMBIGUOUS_NAME',
      `${option}: "${word}" names several objects: ${listCandidates(candidates)}.`,
      { fix: 'Use the id of one. Nothing was written.' },
    );
  }
  throw configurationError(
    code,
    `${option}: the account sees no ${what} with the id, code or name "${word}". ${listNearest(word, all, 'It sees', what)}`,
    { fix: `Use one of these, or share the ${what} with the account. Nothing was written.` },
  );
}

async function askFor<T extends Named>(
  { option, what }: Question,
  all: readonly T[],
  ask: DraftRequest['ask'],
): Promise<string> {
  const listed = all.slice(0, MAX_LISTED).map(describeNamed);
  if (ask && all.length > 0) {
    const answer = await ask(`Which ${what}? (id, code or name)`, listed);
    if (answer.trim() !== '') return answer.trim();
  }
  const more = all.length > MAX_LISTED ? `; ${all.length - MAX_LISTED} more` : '';
  throw configurationError(
    'MISSING_CHOICE',
    all.length === 0
      ? `${option} is missing, and the account sees no ${what} at all.`
      : `${option} is missing. The account sees: ${listed.join('; ')}${more}.`,
    {
      fix:
        all.length === 0
          ? `Share a ${what} with the account. Nothing was written.`
          : `Add ${option} with one of these. Nothing was written.`,
    },
  );
}
