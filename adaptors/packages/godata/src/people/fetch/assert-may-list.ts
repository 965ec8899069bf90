import { IntegrationError } from '#common/reporting/errors.js';
import type { GoDataClient } from '../../client/client.js';

/**
 * Makes sure that the account may list people of every kind: among people of all kinds the server
 * omits without a word those that it may not (server code, outbreakPeople.js), and what is not
 * seen would be passed by for ever.
 *
 * @throws IntegrationError `MISSING_PERMISSION`
 */
export async function assertMayList(client: GoDataClient, outbreakId: string): Promise<void> {
  const { cases, contacts, contactsOfContacts } = client.outbreak(outbreakId);
  const one = { fields: ['deleted'], deleted: true, limit: 1 };
  await Promise.all([cases.list(one), contacts.list(one), listIfThere()]);

  /** The first versions had no contacts of contacts (FACTS §4). */
  async function listIfThere() {
    try {
      await contactsOfContacts.list(one);
    } catch (error) {
      if (!(error instanceof IntegrationError && error.code === 'NOT_FOUND')) throw error;
    }
  }
}
