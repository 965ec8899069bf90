import type { GoDataClient } from '#godata/client/client.js';

/**
 * Writes to outbreaks. The server requires that each is the account's active outbreak (godata FACTS
 * §1.6). At the end, also after an error, the former active outbreak is restored; after a kill, or
 * if the server does not answer, by the next run.
 *
 * @param act does the writing; calls `activate` before it writes to an outbreak
 */
export async function withActiveOutbreaks<T>(
  client: GoDataClient,
  act: (activate: (outbreakId: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const visit = await client.visitOutbreaks();
  let result: T;
  try {
    result = await act(visit.enter);
  } catch (error) {
    // The first error is the one to report.
    await visit.leave().catch(() => {});
    throw error;
  }
  await visit.leave();
  return result;
}
