import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import type { WorkflowStep } from '../project/read-workflow.js';
import type { Credentials } from './read-credentials.js';

/** Environment variable that holds the key. */
const VARIABLE = 'GODATA_DHIS2_MEMORY_KEY';
const FILE = 'memory-key';

/**
 * Adds the key of the memory to the credentials of all steps whose adaptor knows one: from another
 * of these credentials, from the environment, or from a file that the first run makes. The steps of
 * both systems must have the same, because each reads what the other has remembered.
 *
 * @param folder of the project's local files, which only its owner can enter
 * @throws IntegrationError `MEMORY_KEYS_DIFFER`, `MEMORY_KEY_EMPTY` (configuration)
 */
export function addMemoryKey(
  folder: string,
  steps: readonly WorkflowStep[],
  credentials: Credentials,
): Credentials {
  const names = new Set(steps.filter(hasMemoryKey).map(({ credential }) => credential!));
  if (names.size === 0) return credentials;
  const fieldsOf = (name: string) => credentials[name] as Record<string, unknown>;
  const given = new Set([...names].map(name => fieldsOf(name).memoryKey).filter(Boolean));
  if (given.size > 1) throw keysDiffer([...names]);
  const [own] = given;
  const memoryKey = own ?? (process.env[VARIABLE] || readOrMake(path.join(folder, FILE)));
  const added = [...names].map(name => [name, { ...fieldsOf(name), memoryKey }]);
  return { ...credentials, ...Object.fromEntries(added) };
}

function hasMemoryKey({ credential, adaptor }: WorkflowStep): boolean {
  const { memoryKey } = (adaptor.schema?.properties ?? {}) as { memoryKey?: object };
  return credential !== undefined && memoryKey !== undefined;
}

function keysDiffer(names: string[]) {
  return configurationError(
    'MEMORY_KEYS_DIFFER',
    `The credentials ${names.join(' and ')} have different memoryKeys.`,
    {
      fix: 'Give both the same: what one system has remembered, the other must be able to compare.',
    },
  );
}

/** Made in one step: of two runs that begin at once, both get the key of the first. */
function readOrMake(file: string): string {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    return readKey(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readKey(file);
}

function readKey(file: string): string {
  const key = readFileSync(file, 'utf8').trim();
  if (key === '') throw emptyKey(file);
  chmodSync(file, 0o600);
  return key;
}

function emptyKey(file: string) {
  return configurationError(
    'MEMORY_KEY_EMPTY',
    `The file of the memory's key, ${file}, is empty.`,
    {
      fix: `Restore it. If it is lost, delete it, and remove "memory" from the state.`,
    },
  );
}
