import { isUid } from '#common/identity/uid.js';
import type { Dhis2Client } from '../client/client.js';
import type { OrgUnit } from '../client/metadata/metadata.js';
import { readTree } from './fetch/read-tree.js';

const FIELDS = 'id,code,name,path,openingDate,closedDate';

/**
 * Most characters of both lists in a URL. The whole URL must stay below the 8 KB that servers and
 * proxies accept, however long the server's address is.
 */
const MAX_LISTED = 5_700;
/** Codes that do not conflict with the syntax of a list. They are sent unchanged. */
const PLAIN_CODE = /^[\w.-]+$/;
/** A comma between two of them is sent as %2C. */
const COMMA = 3;

/**
 * Reads the org units with these ids or codes: in one request if they fit into its URL, else by
 * reading the whole tree in the only stable order (dhis2 FACTS §3).
 *
 * @param ids values that are not DHIS2 ids are ignored
 * @param codes org unit codes; may be empty
 * @returns all that exist; with others if the whole tree was read
 * @throws IntegrationError `READ_INCOMPLETE`
 */
export async function readOrgUnits(
  client: Dhis2Client,
  ids: readonly string[],
  codes: readonly string[] = [],
): Promise<OrgUnit[]> {
  const uids = [...new Set(ids.filter(isUid))];
  const words = [...new Set(codes)];
  if (uids.length + words.length === 0) return [];
  if (!words.every(code => PLAIN_CODE.test(code)) || listedLength(uids, words) > MAX_LISTED) {
    return readWholeTree(client);
  }
  return client.list<OrgUnit>('/organisationUnits', {
    filter: [
      ...(uids.length > 0 ? [`id:in:[${uids.join(',')}]`] : []),
      ...(words.length > 0 ? [`code:in:[${words.join(',')}]`] : []),
    ],
    rootJunction: 'OR',
    fields: FIELDS,
  });
}

/** Reads all org units that the account sees. */
export function readWholeTree(client: Dhis2Client): Promise<OrgUnit[]> {
  return readTree<OrgUnit>(client, [], undefined, FIELDS);
}

function listedLength(...lists: string[][]): number {
  return lists.flat().reduce((length, word) => length + word.length + COMMA, 0);
}
