import type { Credentials } from '../credentials/read-credentials.js';

const PLAIN = /^http:\/\/(\[[^\]]*\]|[^/:?#]*)/i;
/** This machine: nothing travels. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/i;

/**
 * Warnings about credentials whose address is plain http to another machine, without their values.
 */
export function findPlainHttp(credentials: Credentials): string[] {
  return Object.entries(credentials).flatMap(([name, value]) =>
    Object.entries((value ?? {}) as object).flatMap(([field, address]) => {
      const host = typeof address === 'string' && PLAIN.exec(address.trim())?.[1];
      if (!host || LOOPBACK.test(host)) return [];
      return [
        `The ${field} of the credential ${name} is plain http: everybody on the way can read its password and all data. Use https.`,
      ];
    }),
  );
}
