import path from 'node:path';
import { compileJob } from '../compile/compile-job.js';
import { accountOf } from '../credentials/account-of.js';
import { type Credentials, checkCredentials } from '../credentials/read-credentials.js';
import { type RunError, toRunError } from '../engine/run-error.js';
import { runSteps } from '../engine/run-steps.js';
import type { CompiledStep } from '../engine/step-run.js';
import { lockAccounts } from '../files/account-locks.js';
import { openLocalFolder } from '../files/local-folder.js';
import type { WorkflowStep } from '../project/read-workflow.js';

/** A credential that a server refused, or a server that cannot be reached. */
export interface RefusedCredential {
  credential: string;
  error: RunError;
}

/**
 * Logs in once with every credential, before anything long is read with any of them. A wrong
 * password is tried once: both systems lock an account after a few failures. What to send is in the
 * package.json of the adaptor (`godata-dhis2.login`).
 *
 * @param project folder of project.yaml
 * @param steps of all workflows
 * @throws IntegrationError `CREDENTIALS_INVALID` (configuration), `ACCOUNT_IN_USE`
 */
export async function tryCredentials(
  project: string,
  steps: WorkflowStep[],
  credentials: Credentials,
  origin: string,
): Promise<RefusedCredential[]> {
  checkCredentials(steps, credentials, origin);
  const first = new Map<string, WorkflowStep>();
  for (const step of steps) {
    const { credential, adaptor } = step;
    if (credential && adaptor.login && !first.has(credential)) first.set(credential, step);
  }
  const folder = path.join(openLocalFolder(project), 'locks');
  // A login does not disturb runs where the adaptor lets any number of them read.
  const alone = [...first].filter(([, { adaptor }]) => !adaptor.writes);
  const accounts = Object.fromEntries(
    alone.map(([name, { adaptor }]) => [name, accountOf(credentials[name], adaptor.schema)]),
  );
  const locks = await lockAccounts(folder, 'check --online', accounts);
  const refused: RefusedCredential[] = [];
  try {
    for (const [credential, step] of first) {
      const [error] = await logIn(step, credentials);
      if (error) refused.push({ credential, error });
    }
  } finally {
    locks.release();
  }
  return refused;
}

async function logIn(step: WorkflowStep, credentials: Credentials): Promise<RunError[]> {
  const { adaptor, credential } = step;
  const source = adaptor.login!;
  const file = `login of ${adaptor.name}`;
  const id = `log-in-${credential}`;
  const compiled = compileJob({ source, file, name: id, adaptors: [adaptor] });
  const only: CompiledStep = { ...step, id, name: id, source, file, compiled, next: [] };
  const workflow = { key: id, name: id, steps: [only], starts: [id] };
  try {
    return (await runSteps(workflow, [only], credentials, {}, () => {})).errors;
  } catch (cause) {
    return [toRunError(cause)];
  }
}
