import { describe, expect, it } from 'vitest';
import { Dhis2Client } from '#dhis2/client/client.js';
import { GoDataClient } from '#godata/client/client.js';

const clients = (address: string) => [
  () => new Dhis2Client({ hostUrl: address, pat: 'd2p_x' }),
  () => new GoDataClient({ apiUrl: address, email: 'a@b.c', password: 'x' }),
];

describe('the address in a credential', () => {
  it.each([
    'https://dhis2.example.org',
    'HTTP://dhis2.example.org:8080/dhis/',
    'http://127.0.0.1:8080',
    'http://[::1]:8080/api',
    'https://santé.example.org/~x/a%20b',
  ])('may be %s', address => {
    for (const create of clients(address)) expect(create).not.toThrow();
  });

  it.each([
    'https://user@dhis2.example.org',
    'https://user:secret@dhis2.example.org/api',
    'https://dhis2.example.org@evil.example.org/',
    'https://dhis2.example.org?x=1',
    'https://dhis2.example.org/#/',
    'https://dhis2.example.org\\@evil.example.org',
    'https://dhis2.example.org/a b',
    'https://dhis2.example.org:port',
    'https://dhis2.example.org:65536',
    'https://',
    'ftp://dhis2.example.org',
    'dhis2.example.org',
  ])('cannot be %s, and no message repeats it', address => {
    for (const create of clients(address)) {
      expect(create).toThrow(
        expect.objectContaining({ code: 'INVALID_CREDENTIAL', kind: 'configuration' }),
      );
      expect(create).not.toThrow(/secret|user@/);
    }
  });
});

describe('a personal access token', () => {
  it.each(['d2p_a\nX-Evil: 1', 'd2p_a b', 'd2p_\u2028a', 'd2p_ä'])('cannot be %j', pat => {
    expect(() => new Dhis2Client({ hostUrl: 'https://dhis2.example.org', pat })).toThrow(
      expect.objectContaining({ code: 'INVALID_CREDENTIAL', kind: 'configuration' }),
    );
  });
});
