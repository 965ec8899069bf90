import { configurationError } from '#common/reporting/errors.js';
import { type Choice, chooseNamed, listCandidates, listNearest } from '#common/reporting/named.js';
import type { Dhis2Client } from '../../client/client.js';
import type { Named } from '../../client/metadata/metadata.js';

interface Program extends Named {
  programType?: string;
}

/**
 * Finds programs by id, code or exact name. DHIS2 does not show a program that the account may not
 * see (dhis2 FACTS §5), so the error lists those that it sees, the nearest names first.
 *
 * @returns their ids, in the order of the words
 * @throws IntegrationError `UNKNOWN_PROGRAM`, `AMBIGUOUS_NAME` (configuration)
 */
export async function choosePrograms(
  client: Dhis2Client,
  words: readonly string[],
): Promise<string[]> {
  const candidates = await listTrackerPrograms(client);
  return words.map(word => {
    const choice = chooseNamed(word, candidates);
    if (choice.found) return choice.found.id;
    const { code, message } = noProgram(word, choice, candidates);
    throw configurationError(code, message, {
      fix: 'Correct the job, or share the program with the account, its data included.',
    });
  });
}

/** What is said of a word that names no program, or several. */
export function noProgram(
  word: string,
  { candidates: several }: Choice<Named>,
  programs: readonly Named[],
): { code: string; message: string } {
  return several.length > 0
    ? {
        code: 'AMBIGUOUS_NAME',
        message: `"${word}" names several tracker programs: ${listCandidates(several)}. Use an id.`,
      }
    : {
        code: 'UNKNOWN_PROGRAM',
        message: `The account sees no tracker program with the id, code or name "${word}". ${listNearest(word, programs, 'It sees', 'tracker program')}`,
      };
}

/**
 * The programs that the account sees. Programs of single events are omitted: they have no tracked
 * entities.
 */
export async function listTrackerPrograms(client: Dhis2Client): Promise<Named[]> {
  const programs = await client.list<Program>('/programs', {
    fields: 'id,code,name,programType',
  });
  return programs.filter(isTracked);
}

/** Whether a program has tracked entities. */
export function isTracked({ programType }: { programType?: string }): boolean {
  return programType !== 'WITHOUT_REGISTRATION';
}
