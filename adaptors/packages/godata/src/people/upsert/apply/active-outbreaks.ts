import type { GoDataClient } from '#godata/client/client.js';

/**
 * Writes to outbreaks, each as the account's active one, which the server demands (godata FACTS §1.6),
 * and puts the one before back at the end, after a failure too.
 *
 * @param act writes; calls `activate` before it writes to an outbreak
 */
export async function withActiveOutbreaks<T>(
  client: GoDataClient,
  act: (activate: (outbreakId: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const { activeOutbreakId: former = null } = await client.account();
  let active = former;
  const activate = async (outbreakId: string) => {
    if (active === outbreakId) return;
    await client.setActiveOutbreak(outbreakId);
    active = outbreakId;
  };
  let result: T;
  try {
    result = await act(activate);
  } catch (error) {
    // What has failed is told first; the next run puts it right.
    if (active !== former) await client.setActiveOutbreak(former).catch(() => {});
    throw error;
  }
  if (active !== former) await client.setActiveOutbreak(former);
  return result;
}
