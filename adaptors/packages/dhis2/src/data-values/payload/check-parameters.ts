import { badOption } from '#common/operations/options.js';
import type { Dhis2Client } from '../../client/client.js';
import { readDryRun } from '../../client/rest/rehearsal.js';

type Query = Readonly<Record<string, unknown>>;

/** Strategies that 2.43 and later read as "create and update" (dhis2 LIVE 185, FACTS §0). */
const HALF_STRATEGIES = new Set(['CREATE', 'NEW', 'UPDATE', 'UPDATES']);
const FIRST_WITHOUT = 43;

/**
 * Refuses parameters of an import that do not do what they say: DHIS2 ignores a name that it does not
 * know, so `dryrun` stores (dhis2 LIVE 179), and since 2.43 a strategy that should leave alone what is
 * there, or what is not, writes both.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration)
 */
export async function checkParameters(client: Dhis2Client, query: Query = {}): Promise<void> {
  readDryRun(query);
  const strategy = String(query.importStrategy ?? query.strategy ?? '');
  if (!HALF_STRATEGIES.has(strategy)) return;
  const { minor, version } = await client.systemInfo();
  if (minor < FIRST_WITHOUT) return;
  throw badOption(
    'importStrategy',
    `must not be ${strategy}: DHIS2 ${version} ignores it, and both creates and updates`,
    'Leave it out, and send only the values that are to be written.',
  );
}
