import type { ErrorObject } from 'ajv';

/** The parts of a JSON schema that a message uses. */
interface PropertySchema {
  title?: string;
  examples?: unknown[];
  /** What its pattern demands, behind "must". */
  'x-must'?: string;
}

/** What a field must be, in a few words; never its value. */
const EXPECTED: Record<string, (params: Record<string, unknown>) => string> = {
  // YAML reads 123456 as a number.
  type: ({ type }) =>
    type === 'string'
      ? 'must be string: put it in quotes'
      : `must be ${Array.isArray(type) ? type.join(' or ') : type}`,
  format: ({ format }) => (format === 'uri' ? 'must be a URL' : `must be a ${format}`),
  pattern: ({ pattern }) => `must match ${pattern}`,
  minLength: () => 'must not be empty',
  enum: ({ allowedValues }) => `must be one of ${(allowedValues as unknown[]).join(', ')}`,
};

function expectation({ keyword, params, message }: ErrorObject): string {
  return EXPECTED[keyword]?.(params) ?? message ?? 'is not valid';
}

/** Whether the field's format is wrong as well, which explains more than a pattern. */
function isToldByFormat({ keyword, instancePath }: ErrorObject, errors: ErrorObject[]): boolean {
  return (
    (keyword === 'pattern' || keyword === 'minLength') &&
    errors.some(other => other.keyword === 'format' && other.instancePath === instancePath)
  );
}

/** First example of a field whose values are not secret. */
function example(properties: Record<string, PropertySchema>, field: string): string {
  const value = properties[field]?.examples?.[0];
  return value === undefined ? '' : `, for example ${String(value)}`;
}

/** The fields that the branches of `anyOf` or `oneOf` require: `username and password, or pat`. */
function describeAlternatives(errors: ErrorObject[], nameOf: (field: string) => string): string {
  const branches = new Map<string, string[]>();
  for (const { schemaPath, keyword, params } of errors) {
    const branch = /\/(?:anyOf|oneOf)\/(\d+)\//.exec(schemaPath)?.[1];
    if (branch === undefined || keyword !== 'required') continue;
    branches.set(branch, [
      ...(branches.get(branch) ?? []),
      nameOf(params.missingProperty as string),
    ]);
  }
  return [...branches.values()].map(fields => fields.join(' and ')).join(', or ');
}

/**
 * Turns the errors of a JSON schema validation into sentences that name fields and what they must
 * be, never a value.
 *
 * @param nameOf what a missing field is called where it must be added
 * @returns one sentence for each field, for example `apiUrl must be a URL, for example https://...`
 */
export function describeSchemaErrors(
  errors: ErrorObject[],
  properties: Record<string, PropertySchema>,
  nameOf: (field: string) => string = field => field,
): string[] {
  const inBranch = (error: ErrorObject) => /\/(anyOf|oneOf)\/\d+\//.test(error.schemaPath);
  const sentences = errors
    .filter(error => !inBranch(error) || error.instancePath !== '')
    .filter(error => !isToldByFormat(error, errors))
    .map(error => {
      const field = error.instancePath.slice(1).replaceAll('/', '.');
      const { keyword, params } = error;
      if (keyword === 'required') {
        const missing = params.missingProperty as string;
        return `${nameOf(missing)} is missing${example(properties, missing)}`;
      }
      if (keyword === 'additionalProperties')
        return `${params.additionalProperty} is not a known field`;
      if (keyword === 'anyOf' || keyword === 'oneOf') {
        const fields = field ? '' : describeAlternatives(errors.filter(inBranch), nameOf);
        return fields ? `it needs ${fields}` : `${field || 'it'} is not valid`;
      }
      if (keyword === 'if') return '';
      const must = keyword === 'pattern' ? properties[field]?.['x-must'] : undefined;
      const expected = must ? `must ${must}` : expectation(error);
      return `${field || 'it'} ${expected}${example(properties, field)}`;
    })
    .filter(sentence => sentence !== '');
  return [...new Set(sentences)];
}
