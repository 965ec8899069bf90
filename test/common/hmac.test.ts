import { createHmac as createNodeHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHmac } from '#common/identity/hmac.js';
import { toHex } from '#common/identity/sha256.js';

it('codes any text with any key as Node does', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 });
  fc.assert(
    fc.property(text, text, (key, message) => {
      expect(toHex(createHmac(key)(message))).toBe(
        createNodeHmac('sha256', key).update(message).digest('hex'),
      );
    }),
  );
});
