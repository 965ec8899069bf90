import { readFileSync } from 'node:fs';
import { DEFAULT_USER } from '../godata/index.js';
import { UsageError } from '../input/usage-error.js';

/**
 * Refuses a file that a sandbox did not write: `run --credentials` reads the credentials of a
 * country, so that somebody may name them here, where the option names the file to write.
 *
 * @throws UsageError if it exists and holds anything else
 */
export function refuseOwnCredentials(file: string): void {
  const text = readIfThere(file)?.trim();
  if (!text || isOfSandbox(text)) return;
  throw new UsageError(
    `--credentials: ${file} exists, and no sandbox has written it.`,
    'Name another file: the credentials of the sandbox are written there.',
  );
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // What cannot be written is told when it is.
    return undefined;
  }
}

/** The password of the sandbox is the same in all of its files, and in no other. */
function isOfSandbox(text: string): boolean {
  try {
    const { godata } = JSON.parse(text) as { godata?: { password?: unknown } };
    return godata?.password === DEFAULT_USER.password;
  } catch {
    return false;
  }
}
