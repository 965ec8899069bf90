import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';

/** Checks credentials by the schema of an adaptor, as OpenFn does. */
function validatorOf(adaptor: string) {
  const file = path.join(
    import.meta.dirname,
    '../../adaptors/packages',
    adaptor,
    'configuration-schema.json',
  );
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
}

describe('a credential for the published adaptor', () => {
  it.each([
    ['godata', { apiUrl: 'https://godata.example.org/api', email: 'a@b.c', password: 'x' }],
    ['dhis2', { hostUrl: 'https://dhis2.example.org', username: 'a', password: 'x' }],
    [
      'dhis2',
      { hostUrl: 'https://dhis2.example.org', username: 'a', password: 'x', apiVersion: '40' },
    ],
    ['dhis2', { hostUrl: 'https://dhis2.example.org', pat: 'd2p_x', apiVersion: null }],
  ])('of %s is valid for this adaptor: %j', (adaptor, credential) => {
    const validate = validatorOf(adaptor);
    expect(validate(credential), JSON.stringify(validate.errors)).toBe(true);
  });
});
