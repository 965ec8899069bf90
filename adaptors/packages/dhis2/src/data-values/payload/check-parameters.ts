import { badOption } from '#common/operations/options.js';
import type { Dhis2Client } from '../../client/client.js';
import { readDryRun } from '../../client/rest/rehearsal.js';

type Query = Readonly<Record<string, unknown>>;

/** Strategies that 2.43 and later treat as "create and update" (dhis2 LIVE 185, FACTS §0). */
const HALF_STRATEGIES = new Set(['CREATE', 'NEW', 'UPDATE', 'UPDATES']);
const FIRST_WITHOUT = 43;

/**
 * Refuses import parameters that have no effect. DHIS2 ignores an unknown parameter, so `dryrun`
 * stores (dhis2 LIVE 179). Since 2.43 a strategy that should only create or only update does both.
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
    'Remove it, and send only the values to write.',
  );
}
