import { IntegrationError } from '#common/reporting/errors.js';
import type { GoDataClient } from '../../client/client.js';

/**
 * Checks that the account may list people of every kind. The list of people of all kinds omits,
 * without an error, the kinds that the account may not list (server code, outbreakPeople.js). Their
 * changes would never be read.
 *
 * @throws IntegrationError `MISSING_PERMISSION`
 */
export async function assertMayList(client: GoDataClient, outbreakId: string): Promise<void> {
  const { cases, contacts, contactsOfContacts } = client.outbreak(outbreakId);
  const one = { fields: ['deleted'], deleted: true, limit: 1 };
  await Promise.all([cases.list(one), contacts.list(one), listContactsOfContacts()]);

  /** The first versions of Go.Data had no contacts of contacts (FACTS §4). */
  async function listContactsOfContacts() {
    try {
      await contactsOfContacts.list(one);
    } catch (error) {
      if (!(error instanceof IntegrationError && error.code === 'NOT_FOUND')) throw error;
    }
  }
}
