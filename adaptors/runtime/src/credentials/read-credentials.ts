import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { configurationError } from '../../../common/src/errors.js';
import { parseObject } from '../files/parse-object.js';
import { type NamedFile, readText } from '../files/read-text.js';
import type { WorkflowStep } from '../project/read-workflow.js';
import { describeSchemaErrors } from './describe-schema-errors.js';

/** Credentials by name: `{ godata: { apiUrl, email, password }, dhis2: { ... } }`. */
export type Credentials = Record<string, unknown>;

/**
 * Reads a credentials file, JSON or YAML.
 *
 * @throws IntegrationError `CREDENTIALS_NOT_FOUND`, `CREDENTIALS_UNREADABLE`, `CREDENTIALS_INVALID`,
 * kind `configuration`; no message holds a value from the file
 */
export function readCredentials(path: string): Credentials {
  const file: NamedFile = {
    path,
    what: 'credentials file',
    code: 'CREDENTIALS',
    fix: 'Give a JSON or YAML file with --credentials: one object for each credential of project.yaml, by name.',
  };
  return parseObject(readText(file), file);
}

function checkCredential(step: WorkflowStep, credentials: Credentials): string[] {
  const { credential: name, adaptor } = step;
  if (name === undefined) return [];
  const value = credentials[name];
  if (value === undefined) return [`Credential ${name} (step ${step.id}) is missing.`];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`Credential ${name} must be an object of fields.`];
  }
  if (!adaptor.schema) return [];
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const { $schema: _draft, ...schema } = adaptor.schema;
  if (ajv.validate(schema, value)) return [];
  const properties = (schema.properties ?? {}) as Record<
    string,
    { title?: string; examples?: unknown[] }
  >;
  return describeSchemaErrors(ajv.errors ?? [], properties).map(
    text => `Credential ${name}: ${text}.`,
  );
}

/**
 * Checks that every step of a workflow has its credential, and that it is as the adaptor's
 * configuration-schema.json asks. All problems are told at once.
 *
 * @param origin what to name in the message, normally the path of the credentials file
 * @throws IntegrationError `CREDENTIALS_INVALID`, kind `configuration`
 */
export function checkCredentials(
  steps: WorkflowStep[],
  credentials: Credentials,
  origin: string,
): void {
  const problems = [...new Set(steps.flatMap(step => checkCredential(step, credentials)))];
  if (problems.length === 0) return;
  throw configurationError('CREDENTIALS_INVALID', `${origin}: ${problems.join(' ')}`, {
    fix: 'Correct the credentials file that --credentials names.',
    details: { problems },
  });
}
