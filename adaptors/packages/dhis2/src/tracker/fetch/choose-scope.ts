import type { ApiRequest } from '#common/http/index.js';
import { configurationError } from '#common/reporting/errors.js';
import { readAccount } from '../../client/account.js';
import type { Dhis2Client } from '../../client/client.js';
import { chooseRoots } from '../../org-units/fetch/choose-roots.js';
import type { TrackerDialect } from '../dialect.js';

/** Every request names all of them, besides the ids of tracked entities. */
const MAX_ROOTS = 200;

/**
 * The org units from which tracked entities are read: the roots and all below them, or everything
 * that the account may see, if the version has a parameter for it.
 *
 * @param words ids or codes of roots
 * @returns query parameters
 * @throws IntegrationError `UNKNOWN_ORG_UNIT`, `NO_ORG_UNITS` or `TOO_MANY_ROOTS` (configuration)
 */
export async function chooseScope(
  client: Dhis2Client,
  dialect: TrackerDialect,
  words: readonly string[],
): Promise<NonNullable<ApiRequest['query']>> {
  if (words.length === 0 && dialect.everywhere) return dialect.everywhere;
  const roots =
    words.length > 0 ? await chooseRoots(client, words) : (await readAccount(client)).captureRoots;
  if (roots.length === 0) {
    throw configurationError('NO_ORG_UNITS', 'The account has no org units to read from.', {
      fix: 'Give it data capture org units in DHIS2, or name roots in the job.',
    });
  }
  if (roots.length > MAX_ROOTS) {
    throw configurationError(
      'TOO_MANY_ROOTS',
      `There are ${roots.length} roots to read from, but a request can name only ${MAX_ROOTS}.`,
      { fix: 'Name fewer roots in the job, higher up in the tree.' },
    );
  }
  return dialect.below(roots);
}
