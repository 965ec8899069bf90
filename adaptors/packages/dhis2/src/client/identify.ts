import type { BoundTo } from '#common/handover/bound-to.js';
import type { Dhis2Client } from './client.js';

/** An org unit at the top of the tree. */
interface Root {
  id: string;
  created?: string;
}

/**
 * What tells this DHIS2 from another one: its system id, or, where the account is not told it (2.44,
 * dhis2 LIVE), the ids and creation times of its top org units, for one more request.
 */
export async function identify(client: Dhis2Client): Promise<NonNullable<BoundTo['dhis2']>> {
  const { systemId } = await client.systemInfo();
  if (systemId !== undefined) return { systemId };
  const { organisationUnits = [] } = await client.get<{ organisationUnits?: Root[] }>(
    '/organisationUnits',
    { filter: 'level:eq:1', fields: 'id,created', paging: false, gist: false },
  );
  return {
    roots: Object.fromEntries(organisationUnits.map(({ id, created = '' }) => [id, created])),
  };
}
