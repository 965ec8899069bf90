import type { State } from '#common/reporting/report.js';
import { GoDataClient } from '../client/client.js';
import type { GoDataConfiguration } from '../client/configuration.js';

/**
 * One client for each credential object, which is the same for all operations of a step. Each login
 * of an account ends its other sessions (godata FACTS §1.2): two clients in one step would end each
 * other's sessions, and `each` would log in for every record. A client lives as long as its
 * credential.
 */
const clients = new WeakMap<object, GoDataClient>();

/** The client of a step. */
export function clientOf({ configuration }: State): GoDataClient {
  if (typeof configuration !== 'object' || configuration === null) {
    return new GoDataClient(configuration as unknown as GoDataConfiguration);
  }
  let client = clients.get(configuration);
  if (!client) {
    client = new GoDataClient(configuration as GoDataConfiguration);
    clients.set(configuration, client);
  }
  return client;
}
