import { inLanes } from '#common/in-flight/in-lanes.js';
import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { RawRequest } from '#godata/client/requests/raw-request.js';
import { readPartialSuccess } from '#godata/client/transfer/partial-success.js';
import type { PersonCreate } from '../plan/planned-person.js';
import type { RelatedCreate } from '../plan/related-plan.js';
import { createPeople } from './create-people.js';
import { refused } from './refusals.js';

/** The contacts and relationships that were created. */
export interface CreatedContacts {
  /** Ids of contacts that exist now. */
  done: Set<string>;
  /** Relationships that were written together with contacts, by id in the source. */
  written: Set<string>;
}

/**
 * Creates contacts together with their first exposure, in one request for all new contacts of a
 * case: Go.Data does not show a contact without an exposure (godata FACTS §5.5). Contacts of several
 * cases are sent at a time, but not those with visual ids: Go.Data gives the same number twice to
 * records that are created at once (§5.2). A contact whose exposure is unknown is created too.
 *
 * @param exposures relationships to create, with people who exist or are among the contacts
 */
export async function createContacts(
  client: GoDataClient,
  outbreakId: string,
  creates: readonly PersonCreate[],
  exposures: readonly RelatedCreate[],
  rejected: Rejected[],
): Promise<CreatedContacts> {
  const firstOf = new Map<string, RelatedCreate>();
  for (const exposure of exposures) {
    const contact = exposure.other!.id;
    if (exposure.at.path === 'cases' && !firstOf.has(contact)) firstOf.set(contact, exposure);
  }
  const byCase = new Map<string, PersonCreate[]>();
  for (const create of creates) {
    const caseId = firstOf.get(create.id)?.at.id;
    if (caseId !== undefined) byCase.set(caseId, [...(byCase.get(caseId) ?? []), create]);
  }
  const written = new Set<string>();
  const done = new Set<string>();
  const groups = [...byCase].map(([caseId, contacts]) => ({
    caseId,
    contacts,
    refusals: [] as Rejected[],
  }));
  await inLanes(
    groups,
    ({ contacts }) => (contacts.some(({ record }) => record.visualId) ? ['visual ids'] : []),
    async ({ caseId, contacts, refusals }) => {
      const path = `/outbreaks/${encodeURIComponent(outbreakId)}/cases/${encodeURIComponent(caseId)}/contacts`;
      const body = contacts.map(({ id, record }) => ({
        contact: record,
        relationship: firstOf.get(id)!.record,
      }));
      const request: RawRequest = { method: 'POST', path, body };
      for (const [contact, id] of await sendTogether(client, request, contacts, refusals)) {
        written.add(firstOf.get(contact.id)!.key);
        // The server may have assigned another id. Related records need it.
        contact.id = id;
        done.add(id);
      }
    },
  );
  rejected.push(...groups.flatMap(({ refusals }) => refusals));
  const others = creates.filter(({ id }) => !firstOf.has(id));
  for (const id of await createPeople(client, outbreakId, 'contacts', others, rejected))
    done.add(id);
  return { done, written };
}

/**
 * Sends all contacts in one request. The server keeps the valid ones and reports the others by
 * position.
 *
 * @returns the created contacts, with the ids of their records
 */
async function sendTogether(
  client: GoDataClient,
  request: RawRequest,
  contacts: readonly PersonCreate[],
  rejected: Rejected[],
): Promise<[contact: PersonCreate, id: string][]> {
  const answer = await client.exchange(request);
  const { succeeded, failed } = readPartialSuccess(
    { ...request, query: {} },
    answer,
    contacts.length,
  );
  const codes = new Map(failed.map(({ recordNo, code }) => [recordNo, code]));
  for (const [index, { person }] of contacts.entries()) {
    const code = codes.get(index);
    if (code !== undefined) rejected.push(refused(person.kind, person.id, code));
  }
  const ids = new Map(
    succeeded.map(({ recordNo, contact }) => [
      recordNo,
      (contact as { id?: string } | undefined)?.id,
    ]),
  );
  return contacts.flatMap((contact, index) =>
    codes.has(index) ? [] : [[contact, ids.get(index) ?? contact.id] as [PersonCreate, string]],
  );
}
