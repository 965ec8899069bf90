import { randomBytes } from 'node:crypto';
import { stringify } from 'yaml';
import type { WorkflowStep } from '../project/read-workflow.js';

const HEAD = `# The credentials of the workflows, by name. Fill them in, and keep this file to yourself.
# A second export does not change it.
`;

interface Schema {
  properties?: Record<string, { examples?: unknown[]; writeOnly?: boolean }>;
  required?: string[];
  anyOf?: { required?: string[] }[];
}

/** The fields that a credential must have, with an example of each; secrets are left to fill in. */
function toExample(schema: Schema, memoryKey: string): Record<string, unknown> {
  const { properties = {}, required = [], anyOf = [] } = schema;
  const fields = new Set([...required, ...(anyOf[0]?.required ?? [])]);
  const examples = [...fields].map(field => {
    const { examples: [first] = [], writeOnly } = properties[field] ?? {};
    return [field, writeOnly ? '...' : (first ?? '...')];
  });
  return {
    ...Object.fromEntries(examples),
    ...('memoryKey' in properties ? { memoryKey } : {}),
  };
}

/**
 * A credentials file for OpenFn's CLI to fill in: the fields that each adaptor needs, and one key
 * for the memory of two-way runs, which the CLI does not make itself.
 */
export function toCredentialsTemplate(steps: readonly WorkflowStep[]): string {
  const memoryKey = randomBytes(32).toString('base64');
  const credentials = new Map<string, Record<string, unknown>>();
  for (const { credential, adaptor } of steps) {
    if (credential === undefined || credentials.has(credential)) continue;
    credentials.set(credential, toExample((adaptor.schema ?? {}) as Schema, memoryKey));
  }
  const document = Object.fromEntries(credentials);
  return HEAD + (credentials.size > 0 ? stringify(document) : '');
}
