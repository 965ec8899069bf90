import { readFileSync } from 'node:fs';
import { configurationError } from '#common/reporting/errors.js';
import { unwritable } from '../../files/check-writable.js';
import { isFile, isSameFile } from '../../files/same-file.js';
import type { RunOptions } from './run-options.js';

/**
 * Refuses to replace a file that a run does not own: credentials, a job, or the state of another
 * workflow, whose next run would begin anew. A file that does not exist, or is empty, is nobody's.
 *
 * @param workflow key of the workflow that runs
 * @throws IntegrationError `OUTPUT_UNWRITABLE`, `FOREIGN_STATE` (configuration)
 */
export function refuseForeignOutput(
  { output, credentials }: Pick<RunOptions, 'output' | 'credentials'>,
  workflow: string,
): void {
  // A pipe or a device holds nothing, and may never end.
  if (output === undefined || !isFile(output)) return;
  if (credentials !== undefined && isSameFile(output, credentials)) throw isCredentials(output);
  const text = readFileSync(output, 'utf8').trim();
  if (text === '') return;
  const content = parse(text);
  if (content === undefined) throw unwritable(output, 'it exists, and holds no state');
  if (Object.values(content).some(hasAddress)) throw isCredentials(output);
  const { workflow: owner } = content;
  if (typeof owner !== 'string' || owner === workflow) return;
  throw configurationError(
    'FOREIGN_STATE',
    `The file of --output, ${output}, holds the state of the workflow ${owner}, and this is ${workflow}. Nothing was written.`,
    { fix: 'Give each workflow a state file of its own.', details: { file: output } },
  );
}

/** @returns undefined for a text that is no JSON object */
function parse(text: string): Record<string, unknown> | undefined {
  try {
    const content: unknown = JSON.parse(text);
    const isObject = typeof content === 'object' && content !== null && !Array.isArray(content);
    return isObject ? (content as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether this is the credential of a server, which no state contains. */
function hasAddress(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('apiUrl' in value || 'hostUrl' in value);
}

const isCredentials = (output: string) => unwritable(output, 'it holds credentials');
