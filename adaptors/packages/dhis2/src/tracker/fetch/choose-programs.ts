import { configurationError } from '#common/reporting/errors.js';
import type { Dhis2Client } from '../../client/client.js';
import { findNamed, type Named } from '../../client/metadata/metadata.js';

interface Program extends Named {
  programType?: string;
}

/** Most names that an error lists; a server has some dozens. */
const MAX_NAMES = 50;

/**
 * Finds programs by id or code. DHIS2 does not show a program that the account may not see (dhis2
 * FACTS §5), so the error lists those that it sees.
 *
 * @returns their ids, in the order of the words
 * @throws IntegrationError `UNKNOWN_PROGRAM` (configuration)
 */
export async function choosePrograms(
  client: Dhis2Client,
  words: readonly string[],
): Promise<string[]> {
  const candidates = await listTrackerPrograms(client);
  const found = words.map(word => findProgram(word, candidates));
  const unknown = words.filter((_, n) => !found[n]);
  if (unknown.length === 0) return found.map(program => program!.id);
  throw configurationError(
    'UNKNOWN_PROGRAM',
    `The account sees no tracker program with the id or code ${unknown.map(word => `"${word}"`).join(' or ')}. ${describe(candidates)}`,
    { fix: 'Correct the job, or share the program with the account, its data included.' },
  );
}

/**
 * The programs that the account sees. Programs of single events are omitted: they have no tracked
 * entities.
 */
export async function listTrackerPrograms(client: Dhis2Client): Promise<Named[]> {
  const { programs = [] } = await client.get<{ programs?: Program[] }>('/programs', {
    fields: 'id,code,name,programType',
    paging: false,
  });
  return programs.filter(({ programType }) => programType !== 'WITHOUT_REGISTRATION');
}

/** The program with an id or a code. */
export function findProgram(word: string, programs: readonly Named[]): Named | undefined {
  const found = findNamed(
    word,
    programs.map(({ name: _name, ...program }) => program),
  );
  return typeof found === 'object' ? found : undefined;
}

function describe(programs: readonly Named[]): string {
  if (programs.length === 0) return 'It sees no program at all.';
  const names = programs.map(({ id, code, name }) => `${name} (${code ? `${code}, ` : ''}${id})`);
  const more = names.length > MAX_NAMES ? `; ${names.length - MAX_NAMES} more` : '';
  return `It sees: ${names.slice(0, MAX_NAMES).join('; ')}${more}.`;
}
