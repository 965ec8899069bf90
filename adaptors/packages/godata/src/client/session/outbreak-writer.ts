import type { ApiAnswer, ApiRequest } from '#common/http/index.js';
import { IntegrationError } from '#common/reporting/errors.js';
import { serverError } from '../server-error.js';
import type { UserRecord } from '../types/index.js';
import { readAccount, writeActiveOutbreak } from './account.js';
import { createOutbreakVisit, type OutbreakVisit } from './outbreak-visit.js';
import type { Session } from './session.js';

/** Sends requests that write to an outbreak. */
export interface OutbreakWriter {
  /** @throws IntegrationError for every status of 400 and above */
  send(outbreakId: string, request: ApiRequest): Promise<ApiAnswer>;
  /** Returns the answer whatever its status is. */
  ask(outbreakId: string, request: ApiRequest): Promise<ApiAnswer>;
}

/**
 * Creates a writer for any outbreak, active or not. The server lets an account write only to its
 * active outbreak (godata FACTS §1.6), and it refuses before it writes anything. So the writer
 * first sends the request as it is. After a refusal it makes the outbreak active, sends the request
 * again and restores the previous active outbreak. It makes one such switch at a time, because the
 * active outbreak holds for all requests of the account.
 */
export function createOutbreakWriter(session: Session): OutbreakWriter {
  let last: Promise<unknown> = Promise.resolve();

  async function ask(outbreakId: string, request: ApiRequest): Promise<ApiAnswer> {
    const answer = await session.ask(request);
    if (!isAccessDenied(request, answer)) return answer;
    const switched = last.then(() => askAsActive(session, outbreakId, request, answer));
    last = switched.catch(() => {});
    return switched;
  }

  async function send(outbreakId: string, request: ApiRequest): Promise<ApiAnswer> {
    const answer = await ask(outbreakId, request);
    if (answer.status >= 400) throw serverError(request, answer);
    return answer;
  }

  return { send, ask };
}

async function askAsActive(
  session: Session,
  outbreakId: string,
  request: ApiRequest,
  refusal: ApiAnswer,
): Promise<ApiAnswer> {
  const account = await readAccount(session);
  // Another request may have made the outbreak active in the meantime.
  if (account.activeOutbreakId === outbreakId) return session.ask(request);
  if (!mayAccess(account, outbreakId)) return refusal;
  const visit = createOutbreakVisit(account, id => writeActiveOutbreak(session, id));
  let answer: ApiAnswer;
  try {
    await visit.enter(outbreakId);
    answer = await session.ask(request);
  } catch (error) {
    await visit.leave().catch(() => {});
    throw error;
  }
  // When the request failed too, its error is the one to report.
  if (answer.status >= 400) await visit.leave().catch(() => {});
  else await leaveOrSay(visit, account);
  return answer;
}

async function leaveOrSay(
  visit: OutbreakVisit,
  { activeOutbreakId = null }: UserRecord,
): Promise<void> {
  try {
    await visit.leave();
  } catch (cause) {
    throw new IntegrationError({
      code: 'ACTIVE_OUTBREAK_NOT_RESTORED',
      message: `The record was written, but the account's active outbreak could not be restored to ${activeOutbreakId ?? 'none'}.`,
      fix: 'Set the active outbreak in Go.Data, then run again.',
      details: { system: 'Go.Data', activeOutbreakId },
      cause,
    });
  }
}

function isAccessDenied(request: ApiRequest, answer: ApiAnswer): boolean {
  return answer.status === 403 && serverError(request, answer).code === 'ACCESS_DENIED';
}

/** An empty list of outbreaks means all outbreaks. */
function mayAccess({ outbreakIds }: UserRecord, outbreakId: string): boolean {
  return !outbreakIds?.length || outbreakIds.includes(outbreakId);
}
