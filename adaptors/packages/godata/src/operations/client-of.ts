import type { State } from '#common/reporting/report.js';
import { GoDataClient } from '../client/client.js';
import type { GoDataConfiguration } from '../client/configuration.js';

/**
 * Clients by the credential that a host gives a step, which is one object for all its operations.
 * Each login of an account ends its other sessions (godata FACTS §1.2), so that two clients in one
 * step would log each other out; and `each` would log in for every record. Nothing is kept longer
 * than the credential itself.
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
