import { IntegrationError } from '#common/reporting/errors.js';
import { hasAuthority, readAccount } from '../client/account.js';
import type { Dhis2Client } from '../client/client.js';
import type { PlanStep } from './plan/plan-batch.js';

/**
 * Finds the authorities that a plan needs and the account lacks: one to create and change org
 * units, another one to move them (DHIS2's source, OrganisationUnitSchemaDescriptor and
 * OrganisationUnitObjectBundleHook).
 */
export async function findMissingAuthorities(
  client: Dhis2Client,
  steps: readonly PlanStep[],
): Promise<string[]> {
  if (steps.length === 0) return [];
  const account = await readAccount(client);
  const isMove = (step: PlanStep) => step.kind === 'update' && step.changes.parent !== undefined;
  const needed = [
    'F_ORGANISATIONUNIT_ADD',
    ...(steps.some(isMove) ? ['F_ORGANISATIONUNIT_MOVE'] : []),
  ];
  return needed.filter(authority => !hasAuthority(account, authority));
}

/** The error for an account that lacks authorities for the plan. */
export function missingAuthorities(authorities: readonly string[]): IntegrationError {
  return new IntegrationError({
    code: 'MISSING_PERMISSION',
    message: `The DHIS2 account lacks the authority ${authorities.join(', ')}. Nothing was written.`,
    fix: 'Give the account a user role with it. F_ORGANISATIONUNIT_MOVE allows moves only within its data capture org units.',
    details: { system: 'DHIS2', authorities },
  });
}
