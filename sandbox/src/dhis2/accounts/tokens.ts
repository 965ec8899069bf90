import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Refusal } from '../http/web-message.js';
import type { SeedToken, SeedUser } from './types.js';

const PREFIX = 'd2pat_';
const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The header of every answer about an invalid token (recording 013). */
const CHALLENGE = { 'WWW-Authenticate': 'ApiToken' };

/** The long form of a token in a seed. */
function toSeedToken(token: string | SeedToken): SeedToken {
  return typeof token === 'string' ? { key: token } : token;
}

/** Creates the key of a personal access token, of the first form (dhis2 FACTS §6). */
export function createTokenKey(): string {
  const code = Array.from({ length: 32 }, () => CHARACTERS[randomInt(CHARACTERS.length)]).join('');
  return `${PREFIX}${code}${checksumOf(code)}`;
}

/**
 * The user of a token.
 *
 * @throws Refusal 400 for a key with a wrong checksum; 401 for a token that has expired or does
 * not allow such a request (dhis2 LIVE 253, recordings 013 and 015)
 */
export function userOfToken(
  users: readonly SeedUser[],
  key: string,
  method: string,
  now: Date,
): SeedUser | undefined {
  for (const user of users) {
    const token = user.tokens?.map(toSeedToken).find(one => one.key === key);
    if (!token) continue;
    if (token.expires !== undefined && new Date(token.expires) <= now) {
      throw refuseToken('token has expired.');
    }
    if (token.methods && !token.methods.includes(method)) {
      throw refuseToken('request http method is not allowed.');
    }
    return user;
  }
  if (!isWellFormed(key)) {
    throw new Refusal(400, { message: 'Checksum validation failed' }, CHALLENGE);
  }
  return undefined;
}

function refuseToken(why: string): Refusal {
  const message = `Failed to authenticate API token, ${why}`;
  return new Refusal(401, { message }, CHALLENGE);
}

function isWellFormed(key: string): boolean {
  const [, code = '', checksum] = /^d2pat_([A-Za-z0-9]{32})(\d{10})$/.exec(key) ?? [];
  return checksum === checksumOf(code);
}

function checksumOf(code: string): string {
  return String(crc32(code)).padStart(10, '0');
}
