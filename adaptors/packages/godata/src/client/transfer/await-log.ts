import { isJsonObject, sleep, unexpectedAnswer } from '#common/http/index.js';
import { IntegrationError } from '#common/reporting/errors.js';
import type { Session } from '../session/session.js';

/** How long to wait for a background action. */
export interface WaitLimits {
  /** Milliseconds between the first two requests. Each later pause is twice as long. */
  firstPauseMs: number;
  /** Longest pause, in milliseconds. */
  longestPauseMs: number;
  /** Milliseconds after which to give up. */
  totalMs: number;
}

/**
 * An export takes at least a second or two, because the server starts a process for it (godata
 * FACTS §2.8).
 */
const DEFAULT_PATIENCE: WaitLimits = {
  firstPauseMs: 500,
  longestPauseMs: 10_000,
  totalMs: 60 * 60_000,
};

const RUNNING = 'LNG_SYNC_STATUS_IN_PROGRESS';
const FAILED = 'LNG_SYNC_STATUS_FAILED';

/**
 * Waits until the log of a background action says that it has ended.
 *
 * @param kind `export` or `import`
 * @throws IntegrationError `BACKGROUND_FAILED` or `BACKGROUND_LOST`
 */
export async function awaitLog<T extends { status: string }>(
  session: Session,
  kind: 'export' | 'import',
  id: string,
  patience: WaitLimits = DEFAULT_PATIENCE,
): Promise<T> {
  const path = `/${kind}-logs/{id}`;
  const details = { system: 'Go.Data', log: id };
  const deadline = Date.now() + patience.totalMs;
  for (let pause = patience.firstPauseMs; ; pause = Math.min(pause * 2, patience.longestPauseMs)) {
    const { body } = await session.send({ method: 'GET', path, params: { id } });
    if (!isJsonObject(body) || typeof body.status !== 'string') {
      throw unexpectedAnswer('Go.Data', { method: 'GET', path }, 'a log', body);
    }
    if (body.status === FAILED) {
      throw new IntegrationError({
        code: 'BACKGROUND_FAILED',
        message: `Go.Data could not finish an ${kind}.`,
        fix: `Read the ${kind} log ${id} in Go.Data (System administration), then run again.`,
        details,
      });
    }
    if (body.status !== RUNNING) return body as unknown as T;
    if (Date.now() >= deadline) break;
    await sleep(pause);
  }
  throw new IntegrationError({
    code: 'BACKGROUND_LOST',
    message: `Go.Data did not finish an ${kind} within ${Math.round(patience.totalMs / 60_000)} minutes.`,
    fix: 'Check the load of the server, then run again.',
    details,
  });
}
