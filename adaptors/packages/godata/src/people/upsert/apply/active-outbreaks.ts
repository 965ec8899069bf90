import type { GoDataClient } from '#godata/client/client.js';

/**
 * Writes to outbreaks. The server requires that each is the account's active outbreak (godata FACTS
 * §1.6). At the end, also after an error, the former active outbreak is restored.
 *
 * @param act does the writing; calls `activate` before it writes to an outbreak
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
    // The first error is the one to report. The next run corrects the active outbreak.
    if (active !== former) await client.setActiveOutbreak(former).catch(() => {});
    throw error;
  }
  if (active !== former) await client.setActiveOutbreak(former);
  return result;
}
