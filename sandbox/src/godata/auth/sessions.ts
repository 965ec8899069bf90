import { randomBytes } from 'node:crypto';
import { invalidToken } from '../errors.js';
import type { Dialect } from '../version.js';

interface Session {
  userId: string;
  createdMs: number;
}

export interface SessionOptions {
  now(): Date;
  ttlSeconds: number;
  dialect: Dialect;
}

/** A token that is older than this starts a new life when it is used (godata FACTS §1.2). */
const SLIDES_AFTER_MS = 50_000;

/** The valid tokens: they live `ttlSeconds` from their last use. */
export class Sessions {
  readonly #options: SessionOptions;
  readonly #byToken = new Map<string, Session>();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Logs a user in; since 2.36 this ends all other sessions of the user (r011). */
  open(userId: string): { token: string; created: Date } {
    if (this.#options.dialect.hasOauthAndOneToken) this.#endAll(userId);
    const created = this.#options.now();
    const token = randomBytes(48).toString('base64url');
    this.#byToken.set(token, { userId, createdMs: created.getTime() });
    return { token, created };
  }

  /**
   * The user whose token this is.
   *
   * @returns undefined if the token is unknown
   * @throws ApiError 401 INVALID_TOKEN, once: the expired token is forgotten (r224, r225)
   */
  use(token: string): string | undefined {
    const session = this.#byToken.get(token);
    if (!session) return undefined;
    const nowMs = this.#options.now().getTime();
    const ageMs = nowMs - session.createdMs;
    if (ageMs >= this.#options.ttlSeconds * 1000) {
      this.#byToken.delete(token);
      throw invalidToken();
    }
    if (ageMs > SLIDES_AFTER_MS) session.createdMs = nowMs;
    return session.userId;
  }

  close(token: string): void {
    this.#byToken.delete(token);
  }

  /** Ages every token beyond its life: the next use of each is refused as expired. */
  expire(): void {
    for (const session of this.#byToken.values()) session.createdMs = Number.NEGATIVE_INFINITY;
  }

  /** Forgets every token. */
  kill(): void {
    this.#byToken.clear();
  }

  #endAll(userId: string): void {
    for (const [token, session] of this.#byToken) {
      if (session.userId === userId) this.#byToken.delete(token);
    }
  }
}
