import { setTimeout as sleep } from 'node:timers/promises';
import type { Dhis2Cost } from '#sandbox/dhis2/server-context.js';

/**
 * Waits as long as a real server takes for the relationships in a list: some milliseconds for each
 * tracked entity that has any, in pages of any size (dhis2 LIVE, "Relationships are what reading
 * people costs": 14 to 20 ms on 2.42 and 2.43, 40 to 80 on a busy machine).
 */
export async function payForRelationships(
  { relationships = 0 }: Dhis2Cost,
  rows: readonly { relationships?: unknown }[],
): Promise<void> {
  const having = rows.filter(
    one => Array.isArray(one.relationships) && one.relationships.length > 0,
  );
  if (relationships > 0 && having.length > 0) await sleep(relationships * having.length);
}
