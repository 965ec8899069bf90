import { checkBound } from '#common/binding/check-bound.js';
import type { BoundTo } from '#common/handover/bound-to.js';
import { IntegrationError } from '#common/reporting/errors.js';
import type { Dhis2Client } from './client.js';

/** An org unit at the top of the tree. */
interface Root {
  id: string;
  created?: string;
}

/**
 * What tells this DHIS2 from another one: its system id, or, where the account is not told it (2.44,
 * dhis2 LIVE), the ids and creation times of its top org units, for one more request.
 *
 * @returns undefined if the account may not read them either
 */
async function identify(client: Dhis2Client): Promise<BoundTo['dhis2']> {
  const { systemId } = await client.systemInfo();
  if (systemId !== undefined) return { systemId };
  try {
    const query = { filter: 'level:eq:1', fields: 'id,created', gist: false };
    const organisationUnits = await client.list<Root>('/organisationUnits', query);
    const roots = organisationUnits.map(({ id, created = '' }) => [id, created]);
    return { roots: Object.fromEntries(roots) };
  } catch (error) {
    if (error instanceof IntegrationError && !error.retryable) return undefined;
    throw error;
  }
}

/**
 * What tells this DHIS2 from another one, if a state of this one, or none, was given.
 *
 * @param former what the cursor of the run before belongs to
 * @throws IntegrationError `FOREIGN_STATE` (configuration)
 */
export async function identifyBound(
  client: Dhis2Client,
  former: BoundTo | undefined,
): Promise<Pick<BoundTo, 'dhis2'>> {
  const dhis2 = await identify(client);
  const present = dhis2 ? { dhis2 } : {};
  checkBound(former, present);
  return present;
}
