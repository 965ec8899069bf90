import type { ApiRequest } from '#common/http/index.js';
import { configurationError } from '#common/reporting/errors.js';
import { readAccount } from '../../client/account.js';
import type { Dhis2Client } from '../../client/client.js';
import { chooseRoots } from '../../org-units/fetch/choose-roots.js';
import type { TrackerDialect } from '../dialect.js';

/** Every address names them all, beside the ids of tracked entities. */
const MAX_ROOTS = 200;

/**
 * Within which org units tracked entities are read: those at and below the roots, else all that the
 * account may see, as far as the version has a word for it.
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
      `There are ${roots.length} org units to read below; a request takes ${MAX_ROOTS}.`,
      { fix: 'Name fewer roots in the job, higher up in the tree.' },
    );
  }
  return dialect.below(roots);
}
