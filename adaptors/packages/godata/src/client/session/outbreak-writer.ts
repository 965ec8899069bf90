import type { ApiAnswer, ApiRequest } from '#common/http/index.js';
import { IntegrationError } from '#common/reporting/errors.js';
import { serverError } from '../server-error.js';
import type { UserRecord } from '../types/index.js';
import { readAccount, writeActiveOutbreak } from './account.js';
import type { Session } from './session.js';

/** Sends requests that write to an outbreak. */
export interface OutbreakWriter {
  /** @throws IntegrationError for every status of 400 and above */
  send(outbreakId: string, request: ApiRequest): Promise<ApiAnswer>;
  /** The answer whatever its status. */
  exchange(outbreakId: string, request: ApiRequest): Promise<ApiAnswer>;
}

/**
 * Writes to an outbreak whether or not it is the account's active one. The server lets an account
 * write to its active outbreak alone (godata FACTS §1.6), and refuses before it does anything: so a
 * request goes out as it is, and only after a refusal the outbreak is made active, for this one
 * request, and the one before put back. One switch at a time: the active outbreak is one for all of
 * an account's requests.
 */
export function createOutbreakWriter(session: Session): OutbreakWriter {
  let last: Promise<unknown> = Promise.resolve();

  async function exchange(outbreakId: string, request: ApiRequest): Promise<ApiAnswer> {
    const answer = await session.exchange(request);
    if (!isAccessDenied(request, answer)) return answer;
    const switched = last.then(() => exchangeSwitched(session, outbreakId, request, answer));
    last = switched.catch(() => {});
    return switched;
  }

  async function send(outbreakId: string, request: ApiRequest): Promise<ApiAnswer> {
    const answer = await exchange(outbreakId, request);
    if (answer.status >= 400) throw serverError(request, answer);
    return answer;
  }

  return { send, exchange };
}

async function exchangeSwitched(
  session: Session,
  outbreakId: string,
  request: ApiRequest,
  refusal: ApiAnswer,
): Promise<ApiAnswer> {
  const account = await readAccount(session);
  // Another switch may have come in between.
  if (account.activeOutbreakId === outbreakId) return session.exchange(request);
  if (!mayAccess(account, outbreakId)) return refusal;
  await writeActiveOutbreak(session, outbreakId);
  let answer: ApiAnswer;
  try {
    answer = await session.exchange(request);
  } catch (error) {
    await putBack(session, account).catch(() => {});
    throw error;
  }
  // What was refused is told first.
  if (answer.status >= 400) await putBack(session, account).catch(() => {});
  else await putBack(session, account);
  return answer;
}

async function putBack(session: Session, { activeOutbreakId = null }: UserRecord): Promise<void> {
  try {
    await writeActiveOutbreak(session, activeOutbreakId);
  } catch (cause) {
    throw new IntegrationError({
      code: 'ACTIVE_OUTBREAK_NOT_RESTORED',
      message: `The record is written, but the account's active outbreak could not be set back to ${activeOutbreakId ?? 'none'}.`,
      fix: 'Set it in Go.Data, then run again.',
      details: { system: 'Go.Data', activeOutbreakId },
      cause,
    });
  }
}

function isAccessDenied(request: ApiRequest, answer: ApiAnswer): boolean {
  return answer.status === 403 && serverError(request, answer).code === 'ACCESS_DENIED';
}

/** An empty list of outbreaks means all. */
function mayAccess({ outbreakIds }: UserRecord, outbreakId: string): boolean {
  return !outbreakIds?.length || outbreakIds.includes(outbreakId);
}
