import { describe, expect, it } from 'vitest';
import { idsIn, safeCode, withoutValues } from '#common/reporting/server-text.js';

describe('of a text that a server sends', () => {
  it.each([
    ['Attribute `zDhUuAYrxNC` of `Lovelace` is unknown', ['zDhUuAYrxNC']],
    ['Christopher and CHRISTOPHER and christopher', []],
    ['Key (value)=(Ada) 0791234567890', []],
  ])('only ids are taken: %s', (text, ids) => {
    expect(idsIn(text)).toEqual(ids);
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

  it.each([
    ['Data element `fbfJHSPpUQD` must match: `Ada`', 'Data element `fbfJHSPpUQD` must match: …'],
    ["Value 'Ada' is not valid", 'Value … is not valid'],
    ['Key (value)=(Ada) exists', 'Key (value)… exists'],
    ['Refused. Detail: Ada\nLovelace', 'Refused. …'],
  ])('a sentence loses what it quotes: %s', (text, left) => {
    expect(withoutValues(text)).toBe(left);
  });
});
