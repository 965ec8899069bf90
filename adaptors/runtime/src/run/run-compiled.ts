import path from 'node:path';
import { addressOf } from '../credentials/account-of.js';
import { addMemoryKey } from '../credentials/memory-key.js';
import {
  type Credentials,
  checkCredentials,
  readCredentials,
  refuseMissingFile,
} from '../credentials/read-credentials.js';
import type { EventListener } from '../engine/events.js';
import { readReport } from '../engine/read-outcome.js';
import { type EngineOptions, runSteps } from '../engine/run-steps.js';
import type { CompiledStep } from '../engine/step-run.js';
import { lockAccounts } from '../files/account-locks.js';
import { openLocalFolder } from '../files/local-folder.js';
import { readNotes } from '../files/notes.js';
import { ownOf } from '../project/own.js';
import type { Workflow } from '../project/read-workflow.js';
import { accountsToLock } from './accounts-to-lock.js';
import { exitStatusOf } from './exit-status.js';
import { joinPlans } from './join-plans.js';
import type { RunOutcome } from './run-outcome.js';
import type { RunRequest } from './run-request.js';
import { waitEvent } from './wait-event.js';
import { findPlainHttp } from './warn-of-http.js';

/** Steps that are ready to run, and what they begin with. */
export interface CompiledRun {
  workflow: Workflow;
  steps: CompiledStep[];
  state: Record<string, unknown>;
  /** Hash of what the jobs of the workflow say. */
  jobsHash: string;
  engine?: EngineOptions;
}

function mapValues(values: Credentials, change: (value: unknown) => unknown): Credentials {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

/** The credentials of a run, checked against the schemas of its adaptors. */
function readChecked(
  credentials: RunRequest['credentials'],
  steps: readonly CompiledStep[],
): Credentials {
  if (credentials === undefined) refuseMissingFile([...steps]);
  const isFile = typeof credentials === 'string';
  const values = isFile ? readCredentials(credentials) : (credentials ?? {});
  checkCredentials([...steps], values, isFile ? credentials : 'Credentials given to the run');
  return values;
}

/** The server behind each credential that the steps use. */
function serversOf(steps: readonly CompiledStep[], values: Credentials): Record<string, string> {
  return Object.fromEntries(
    steps.flatMap(({ credential, adaptor }) => {
      if (credential === undefined) return [];
      const address = addressOf(ownOf(values, credential), adaptor.schema);
      return address === undefined ? [] : [[credential, address]];
    }),
  );
}

function warnOfPlainHttp(
  steps: readonly CompiledStep[],
  values: Credentials,
  listen: EventListener,
) {
  const used = new Set(steps.map(({ credential }) => credential));
  const inUse = Object.entries(values).filter(([name]) => used.has(name));
  for (const line of findPlainHttp(Object.fromEntries(inUse))) {
    listen({ type: 'log', source: 'runtime', level: 'warn', line });
  }
}

/**
 * Checks the credentials of compiled steps, locks the accounts, and runs the steps.
 *
 * @throws IntegrationError of kind `configuration` for a missing or wrong credential,
 * `ACCOUNT_IN_USE`
 */
export async function runCompiled(
  { project, credentials, onReady = () => {}, onEvent = () => {} }: RunRequest,
  { workflow, steps, state, jobsHash, engine }: CompiledRun,
): Promise<RunOutcome> {
  const started = performance.now();
  const values = readChecked(credentials, steps);
  onReady({ workflow: workflow.key, jobsHash, servers: serversOf(steps, values) });
  warnOfPlainHttp(steps, values, onEvent);
  const local = openLocalFolder(project);
  const keyed = addMemoryKey(local, steps, values);
  // A dry run changes nothing, so it settles nothing either.
  const notes = state.dryRun === true ? undefined : readNotes(project);
  const locks = await lockAccounts(
    path.join(local, 'locks'),
    workflow.key,
    accountsToLock(steps, values, state.dryRun === true),
    { onWait: error => onEvent(waitEvent(error)) },
  );
  const { leaves, plans, ...result } = await runSteps(
    workflow,
    steps,
    notes ? mapValues(keyed, value => ({ ...(value as object), notes })) : keyed,
    { ...state, jobsHash },
    onEvent,
    engine,
  ).finally(locks.release);
  const report = readReport(leaves);
  const rejected = Object.values(report).reduce(
    (sum, { rejectedCount = 0 }) => sum + rejectedCount,
    0,
  );
  return {
    ...result,
    workflow: workflow.key,
    exitStatus: exitStatusOf(result.errors, rejected),
    report,
    plan: joinPlans(plans),
    seconds: (performance.now() - started) / 1000,
  };
}
