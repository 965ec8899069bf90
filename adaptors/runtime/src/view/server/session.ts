import { randomBytes, timingSafeEqual } from 'node:crypto';

/** The one session of a page server. */
export interface Session {
  /** For the address: it opens the session once. */
  token: string;
  /** Value of the cookie that a browser gets for the token. */
  cookie: string;
  /** What a page sends with a request that does more than read. */
  csrf: string;
  /** @returns whether this was the token, used for the first time */
  redeem(given: string): boolean;
}

const secret = () => randomBytes(32).toString('base64url');

/** Whether two secrets are equal; how long it takes tells nothing of where they differ. */
export function isSame(given: string | undefined, expected: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Creates a session that nobody has opened yet. */
export function createSession(): Session {
  const token = secret();
  let isUsed = false;
  return {
    token,
    cookie: secret(),
    csrf: secret(),
    redeem(given) {
      if (isUsed || !isSame(given, token)) return false;
      isUsed = true;
      return true;
    },
  };
}
