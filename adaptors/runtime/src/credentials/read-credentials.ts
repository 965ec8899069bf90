import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { configurationError } from '#common/reporting/errors.js';
import { parseObject } from '../files/parse-object.js';
import { type NamedFile, readText } from '../files/read-text.js';
import { ownOf } from '../project/own.js';
import type { WorkflowStep } from '../project/read-workflow.js';
import { describeSchemaErrors } from './describe-schema-errors.js';
import {
  ENVIRONMENT,
  readDescriptor,
  readEnvironment,
  toVariable,
} from './read-credentials-text.js';

/** Credentials by name: `{ godata: { apiUrl, email, password }, dhis2: { ... } }`. */
export type Credentials = Record<string, unknown>;

/**
 * Reads credentials: a file, JSON or YAML; `fd:3` for the same from a file descriptor; or `env`.
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
  return (
    readEnvironment(path, process.env) ?? parseObject(readDescriptor(path) ?? readText(file), file)
  );
}

function checkCredential(step: WorkflowStep, credentials: Credentials, origin: string): string[] {
  const { credential: name, adaptor } = step;
  const value = name === undefined ? undefined : ownOf(credentials, name);
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`Credential ${name} must be an object of fields.`];
  }
  if (!adaptor.schema) return [];
  // To hold the schema itself to the rules of schemas takes longer than all the rest.
  const ajv = new Ajv({ allErrors: true, strict: false, validateSchema: false });
  addFormats.default(ajv);
  const { $schema: _draft, ...schema } = adaptor.schema;
  if (ajv.validate(schema, value)) return [];
  const properties = (schema.properties ?? {}) as Record<
    string,
    { title?: string; examples?: unknown[] }
  >;
  const nameOf = (field: string) => (origin === ENVIRONMENT ? toVariable(name!, field) : field);
  return describeSchemaErrors(ajv.errors ?? [], properties, nameOf).map(
    text => `Credential ${name}: ${text}.`,
  );
}

/** Names of missing credentials, each with the steps that need it. */
function findMissing(steps: WorkflowStep[], credentials: Credentials): Map<string, string[]> {
  const missing = new Map<string, string[]>();
  for (const { id, credential } of steps) {
    if (credential === undefined || ownOf(credentials, credential) !== undefined) continue;
    missing.set(credential, [...(missing.get(credential) ?? []), id]);
  }
  return missing;
}

/**
 * Refuses a run without credentials if its steps need some.
 *
 * @throws IntegrationError `CREDENTIALS_NOT_GIVEN`, kind `configuration`
 */
export function refuseMissingFile(steps: WorkflowStep[]): void {
  const missing = [...findMissing(steps, {}).keys()];
  if (missing.length === 0) return;
  throw configurationError(
    'CREDENTIALS_NOT_GIVEN',
    `No credentials file was given. The workflow needs: ${missing.join(', ')}.`,
    {
      fix: 'Give one with --credentials FILE; see state/credentials.example.json.',
      details: { missing },
    },
  );
}

/**
 * Checks that every step of a workflow has its credential, and that it fits the adaptor's
 * configuration-schema.json. All problems are listed at once.
 *
 * @param origin the source to name in the message, normally the path of the credentials file
 * @throws IntegrationError `CREDENTIALS_INVALID`, kind `configuration`
 */
export function checkCredentials(
  steps: WorkflowStep[],
  credentials: Credentials,
  origin: string,
): void {
  const missing = [...findMissing(steps, credentials)].map(
    ([name, ids]) =>
      `Credential ${name} (${ids.length > 1 ? 'steps' : 'step'} ${ids.join(', ')}) is missing.`,
  );
  // Most steps share a credential and an adaptor.
  const different = new Map(
    steps.map(step => [`${step.credential} ${step.adaptor.folder}`, step] as const),
  );
  const wrong = new Set(
    [...different.values()].flatMap(step => checkCredential(step, credentials, origin)),
  );
  const problems = [...missing, ...wrong];
  if (problems.length === 0) return;
  throw configurationError('CREDENTIALS_INVALID', `${origin}: ${problems.join(' ')}`, {
    fix: fixOf(origin, findMissing(steps, credentials)),
    details: { problems },
  });
}

function fixOf(origin: string, missing: ReadonlyMap<string, unknown>): string {
  if (origin !== ENVIRONMENT) return 'Correct the credentials file that --credentials names.';
  const prefixes = [...missing.keys()].map(name => toVariable(name, ''));
  if (prefixes.length === 0) return 'Correct these environment variables.';
  return `Set the environment variables that begin with ${prefixes.join(' and ')}.`;
}
