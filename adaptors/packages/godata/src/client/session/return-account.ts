import type { ApiRequest, Requester } from '#common/http/index.js';
import type { Notes } from '#common/reporting/notes.js';
import type { UserRecord } from '../types/index.js';
import { findWayBack, settleVisit } from './outbreak-visit.js';

/**
 * Returns an account to the outbreak that it had before a run that was killed, or whose server did
 * not answer. Sends nothing if no such run is noted. It never fails: what the run itself needs of
 * the server, it will say.
 *
 * @param notes of earlier runs
 */
export async function returnAccount(
  requester: Requester,
  notes: Notes | undefined,
  { token, userId }: { token: string; userId?: unknown },
): Promise<void> {
  if (typeof userId !== 'string') return;
  const wayBack = findWayBack(notes, userId);
  if (!wayBack) return;
  const send = (request: Pick<ApiRequest, 'method' | 'body'>) =>
    requester.send({
      path: '/users/{id}',
      params: { id: userId },
      headers: { Authorization: token },
      idempotent: true,
      ...request,
    });
  try {
    const { status, body } = await send({ method: 'GET' });
    if (status !== 200) return;
    const { activeOutbreakId = null } = body as UserRecord;
    const target = wayBack(activeOutbreakId);
    if (target) {
      const changed = await send({ method: 'PATCH', body: { activeOutbreakId: target.former } });
      if (changed.status >= 500) return;
      console.warn(
        changed.status < 400
          ? `A run before this one left the Go.Data account in outbreak ${activeOutbreakId}. It has ${target.former ?? 'none'} again.`
          : `The active outbreak of the Go.Data account could not be set back to ${target.former ?? 'none'} (status ${changed.status}). Set it in Go.Data.`,
      );
    }
    settleVisit(userId);
  } catch {
    // The note stays, and the next run tries again.
  }
}
