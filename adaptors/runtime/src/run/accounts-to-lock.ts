import type { Credentials } from '../credentials/read-credentials.js';
import type { CompiledStep } from '../engine/step-run.js';

interface Property {
  writeOnly?: boolean;
  format?: string;
}

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
        : [[credential, identityOf(credentials[credential], adaptor.schema)]],
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

/**
 * What tells one account from another: its server and user, without its secrets, so that nothing of
 * a password is in the name of a lock. A credential that has only a secret besides its address is
 * identified by that.
 */
function identityOf(credential: unknown, schema: Record<string, unknown> | undefined): unknown {
  const properties = (schema?.properties ?? {}) as Record<string, Property>;
  const open = Object.entries((credential ?? {}) as object).filter(
    ([field]) => properties[field] && !properties[field].writeOnly,
  );
  const hasUser = open.some(([field]) => properties[field]!.format !== 'uri');
  return hasUser ? Object.fromEntries(open) : credential;
}
