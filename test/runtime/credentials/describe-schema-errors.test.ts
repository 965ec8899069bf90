import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { describeSchemaErrors } from '#runtime/credentials/describe-schema-errors.js';

function describeErrors(schema: Record<string, unknown>, value: unknown): string[] {
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats.default(ajv);
  expect(ajv.validate(schema, value)).toBe(false);
  return describeSchemaErrors(ajv.errors!, (schema.properties ?? {}) as Record<string, object>);
}

const EITHER = {
  type: 'object',
  properties: {
    username: { type: 'string' },
    password: { type: 'string' },
    pat: { type: 'string' },
  },
  anyOf: [{ required: ['username', 'password'] }, { required: ['pat'] }],
};

describe('errors of a configuration schema', () => {
  it('join the alternatives of anyOf in one sentence', () => {
    expect(describeErrors(EITHER, {})).toEqual(['it needs username and password, or pat']);
  });

  it('name what is missing from an incomplete alternative', () => {
    expect(describeErrors(EITHER, { username: 'u' })).toEqual(['it needs password, or pat']);
  });

  it.each([
    [{ type: 'integer' }, 'must be integer'],
    [{ type: ['string', 'null'] }, 'must be string or null'],
    [{ enum: ['a', 'b'] }, 'must be one of a, b'],
    [{ pattern: '^https?://' }, 'must match ^https?://'],
    [{ minLength: 100 }, 'must not be empty'],
  ])('name the expected value, not the given one: %j', (rule, expected) => {
    const property = { type: 'string', ...rule };
    const value = 'type' in rule ? { a: true } : { a: 'hush' };
    expect(describeErrors({ type: 'object', properties: { a: property } }, value)).toContain(
      `a ${expected}`,
    );
  });

  it('name an invalid address once', () => {
    const a = { type: 'string', format: 'uri', pattern: '^https?://', minLength: 1 };
    expect(describeErrors({ properties: { a } }, { a: '' })).toEqual(['a must be a URL']);
    expect(describeErrors({ properties: { a } }, { a: 'ftp://x.org' })).toEqual([
      'a must match ^https?://',
    ]);
  });

  it('say how to write a number where text is expected', () => {
    const schema = { properties: { a: { type: 'string' } } };
    expect(describeErrors(schema, { a: 123456 })).toEqual(['a must be string: put it in quotes']);
  });

  it('name an unknown field', () => {
    const schema = { type: 'object', properties: {}, additionalProperties: false };
    expect(describeErrors(schema, { pasword: 'hush' })).toEqual(['pasword is not a known field']);
  });
});
