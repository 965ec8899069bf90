import { describe, expect, it } from 'vitest';
import { idsIn, safeCode, safeId } from '#common/reporting/server-text.js';

describe('of a text that a server sends', () => {
  it.each([
    ['Attribute `zDhUuAYrxNC` of `Lovelace` is unknown', ['zDhUuAYrxNC']],
    ['Org unit `ImspTQPwCqd` has no program `uYjxkTbwRNf`', ['ImspTQPwCqd', 'uYjxkTbwRNf']],
    ['Not unique: `AB123456789`', []],
    ['Christopher and CHRISTOPHER and christopher', []],
    ['Key (value)=(Ada) 0791234567890', []],
  ])('only ids that the request names are taken: %s', (text, ids) => {
    const request = {
      path: '/programs/{id}',
      params: { id: 'uYjxkTbwRNf' },
      query: { filter: ['zDhUuAYrxNC:eq:AB123456789'], orgUnits: 'ImspTQPwCqd,O6uvpzGd5pu' },
    };
    expect(idsIn(text, request)).toEqual(ids);
  });

  it.each([
    ['zDhUuAYrxNC', 'zDhUuAYrxNC'],
    ['Christopher', undefined],
    ['zDhUuAYrxNCx', undefined],
    [undefined, undefined],
  ])('an id has the form of one: %s', (text, id) => {
    expect(safeId(text)).toBe(id);
  });

  it.each([
    ['E1020', 'E1020'],
    ['ACCESS_DENIED', 'ACCESS_DENIED'],
    ['ValidationError', 'ValidationError'],
    ['Lovelace', undefined],
    ['LOVELACE', undefined],
    ['ERROR: Ada', undefined],
    [42, undefined],
  ])('a code has the form of one: %s', (code, safe) => {
    expect(safeCode(code)).toBe(safe);
  });
});
