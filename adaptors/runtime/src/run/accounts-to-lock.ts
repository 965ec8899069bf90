import { accountOf } from '../credentials/account-of.js';
import type { Credentials } from '../credentials/read-credentials.js';
import type { CompiledStep } from '../engine/step-run.js';
import { ownOf } from '../project/own.js';

/**
 * The accounts that a run must have for itself, by the name of their credential. An adaptor that
 * names its writing operations in its package.json (`godata-dhis2.writes`) lets any number of runs
 * read through one account at a time; a dry run only reads.
 */
export function accountsToLock(
  steps: readonly CompiledStep[],
  credentials: Credentials,
  isDry: boolean,
): Credentials {
  const locking = steps.filter(step => needsLock(step, isDry));
  return Object.fromEntries(
    locking.flatMap(({ credential, adaptor }) =>
      credential === undefined
        ? []
        : [[credential, accountOf(ownOf(credentials, credential), adaptor.schema)]],
    ),
  );
}

/** What cannot be seen in a job, such as an import of its own, counts as writing. */
function needsLock({ adaptor, compiled, source }: CompiledStep, isDry: boolean): boolean {
  const { writes } = adaptor;
  if (!writes) return true;
  if (isDry) return false;
  if (/\bimport\b/.test(source)) return true;
  return writes.some(name => compiled.free.has(name));
}
