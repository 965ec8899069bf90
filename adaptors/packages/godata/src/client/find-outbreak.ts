import { badOption } from '#common/operations/options.js';
import { configurationError, IntegrationError } from '#common/reporting/errors.js';
import { nearest } from '#common/reporting/nearest.js';
import type { GoDataClient } from './client.js';
import type { Outbreak } from './requests/outbreaks.js';

/** An outbreak, by id or by its exact name. */
export type ExistingOutbreak = { id: string } | { name: string };

/**
 * Checks the option `outbreak` of an operation.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration)
 */
export function readOutbreakChoice(outbreak: unknown): ExistingOutbreak {
  const { id, name } = (outbreak ?? {}) as { id?: unknown; name?: unknown };
  if (typeof id === 'string' && id !== '') return { id };
  if (typeof name === 'string' && name !== '') return { name };
  throw badOption('outbreak', 'must have an id or a name', "For example { name: 'Cholera 2026' }.");
}

/**
 * Finds an outbreak by id or exact name.
 *
 * @param otherwise what else a user can do about a name that no outbreak has
 * @throws IntegrationError `UNKNOWN_OUTBREAK` or `AMBIGUOUS_OUTBREAK` (configuration)
 */
export async function findOutbreak(
  client: GoDataClient,
  wanted: ExistingOutbreak,
  otherwise = 'Or create the outbreak in Go.Data.',
): Promise<Outbreak> {
  return 'id' in wanted ? findById(client, wanted.id) : findByName(client, wanted.name, otherwise);
}

function findById(client: GoDataClient, id: string): Promise<Outbreak> {
  return unlessUnknown(id, () => client.getOutbreak(id));
}

/**
 * Reads an outbreak by its id.
 *
 * @throws IntegrationError `UNKNOWN_OUTBREAK` (configuration)
 */
export async function unlessUnknown<T>(id: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof IntegrationError && error.code === 'UNKNOWN_ID')) throw error;
    throw configurationError('UNKNOWN_OUTBREAK', `Go.Data has no outbreak with the id ${id}.`, {
      fix: 'Copy the id from the address of the outbreak in Go.Data. A deleted outbreak cannot be read.',
    });
  }
}

/**
 * Reads all names and compares them here. The server's filter misreads a name that looks like a
 * date or an operator (godata FACTS §3).
 */
async function findByName(
  client: GoDataClient,
  name: string,
  otherwise: string,
): Promise<Outbreak> {
  const all = await client.listOutbreaks();
  const matches = all.filter(outbreak => outbreak.name === name);
  if (matches.length === 1) return matches[0]!;
  if (matches.length > 1) {
    throw configurationError(
      'AMBIGUOUS_OUTBREAK',
      `${matches.length} outbreaks have the name "${name}".`,
      {
        fix: `Give the id instead: ${matches.map(({ id }) => id).join(', ')}.`,
      },
    );
  }
  throw configurationError(
    'UNKNOWN_OUTBREAK',
    `The account can see no outbreak with the name "${name}".`,
    {
      fix:
        all.length === 0
          ? 'The account can see no outbreak at all: give it access to the outbreak.'
          : `Name one of these outbreaks in the job: ${listOutbreaks(name, all)}. ${otherwise}`,
    },
  );
}

/** The outbreaks that exist, nearest names first, as messages name them. */
export function listOutbreaks(
  wanted: string,
  outbreaks: readonly { id: string; name?: unknown }[],
): string {
  const near = nearest(wanted, outbreaks, ({ name }) => [String(name)]);
  const more = outbreaks.length - near.length;
  const names = near.map(({ name, id }) => `"${name}" (${id})`);
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
