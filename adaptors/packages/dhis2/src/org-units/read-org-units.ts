import type { Dhis2Client } from '../client.js';
import { isUid, type OrgUnit } from '../metadata.js';

const FIELDS = 'id,code,name,path,openingDate,closedDate';

/** Ids and codes in one request: 400 of 11 characters stay below the 8 KB that servers take. */
const MAX_LISTED = 400;
/** Codes that cannot be mistaken for the list's own commas and brackets. */
const PLAIN_CODE = /^[\w.-]{1,24}$/;
const PAGE_SIZE = 10_000;

interface Page {
  organisationUnits?: OrgUnit[];
  pager?: { pageCount?: number };
}

/**
 * Reads the org units with these ids or codes: in one request if they are few, else by way of the
 * whole tree, in the only order that is stable (dhis2 FACTS §3).
 *
 * @param codes org unit codes; may be none
 */
export async function readOrgUnits(
  client: Dhis2Client,
  ids: readonly string[],
  codes: readonly string[] = [],
): Promise<OrgUnit[]> {
  const uids = ids.filter(isUid);
  if (uids.length + codes.length === 0) return [];
  if (uids.length + codes.length > MAX_LISTED || !codes.every(code => PLAIN_CODE.test(code))) {
    return readTree(client);
  }
  const { organisationUnits = [] } = await client.get<Page>('/organisationUnits', {
    filter: [
      ...(uids.length > 0 ? [`id:in:[${uids.join(',')}]`] : []),
      ...(codes.length > 0 ? [`code:in:[${codes.join(',')}]`] : []),
    ],
    rootJunction: 'OR',
    fields: FIELDS,
    paging: false,
  });
  return organisationUnits;
}

async function readTree(client: Dhis2Client): Promise<OrgUnit[]> {
  const all: OrgUnit[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const { organisationUnits = [], pager } = await client.get<Page>('/organisationUnits', {
      fields: FIELDS,
      order: 'level:asc,id:asc',
      paging: true,
      page,
      pageSize: PAGE_SIZE,
    });
    all.push(...organisationUnits);
    pages = pager?.pageCount ?? page;
  }
  return all;
}
