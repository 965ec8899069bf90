import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { uidOf } from '#common/identity/uid.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SIGNS = `${LETTERS}0123456789`;

/** The hash as one number; each sign is what is left of a division by the number of signs. */
function expected(parts: unknown[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  let number = BigInt(`0x${hex}`);
  const take = (signs: string) => {
    const sign = signs[Number(number % BigInt(signs.length))]!;
    number /= BigInt(signs.length);
    return sign;
  };
  return take(LETTERS) + Array.from({ length: 10 }, () => take(SIGNS)).join('');
}

it('a UID is the SHA-256 of its source, so that objects of earlier versions are found again', () => {
  expect(uidOf({ server: 'godata', kind: 'tracked-entity', id: 'case-1' })).toBe('zkMKg5Tuyox');
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(9), (kind, id, generation) => {
      const uid = uidOf({ server: 'godata', kind, id, generation });
      expect(uid).toBe(expected(['godata', kind, id, generation]));
    }),
  );
});
