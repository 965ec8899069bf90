import { ownOf } from '#common/collections/own.js';
import type { AggregateReport } from '#common/handover/aggregate-report.js';
import type { Problem } from '#common/reporting/mapping-problems.js';
import { type Account, hasAuthority } from '../../client/account.js';
import type { DataSet } from '../../client/metadata/metadata.js';

/**
 * Checks whether the account may write the report's values and the data set accepts them. Returns
 * all problems.
 */
export function checkAccess(
  report: AggregateReport,
  account: Account,
  dataSet: DataSet | undefined,
): Problem[] {
  return [
    ...checkAccount(account, dataSet),
    ...checkPeriodType(report, dataSet),
    ...checkOrgUnits(report, account, dataSet),
  ];
}

function checkAccount(account: Account, dataSet: DataSet | undefined): Problem[] {
  const problems: Problem[] = [];
  if (account.captureRoots.length === 0) {
    problems.push({
      code: 'NO_CAPTURE_ORG_UNITS',
      message: 'The account has no org units for data capture. Assign at least one.',
    });
  }
  if (!hasAuthority(account, 'F_DATAVALUE_ADD')) {
    problems.push({
      code: 'MISSING_AUTHORITY',
      message: 'The account lacks the authority F_DATAVALUE_ADD.',
    });
  }
  if (dataSet?.access?.data?.write === false) {
    problems.push({
      code: 'NO_WRITE_ACCESS',
      message: `The account may not write data of the data set "${dataSet.name}" (sharing, data access).`,
    });
  }
  return problems;
}

function checkPeriodType({ periodType }: AggregateReport, dataSet: DataSet | undefined): Problem[] {
  if (!dataSet || dataSet.periodType === periodType) return [];
  return [
    {
      code: 'PERIOD_TYPE_MISMATCH',
      message: `The counts are ${periodType}, the data set "${dataSet.name}" is ${dataSet.periodType}.`,
    },
  ];
}

function checkOrgUnits(
  { values, orgUnits }: AggregateReport,
  account: Account,
  dataSet: DataSet | undefined,
): Problem[] {
  const assigned = new Set(dataSet?.organisationUnits.map(({ id }) => id));
  const roots = new Set(account.captureRoots);
  const problems: Problem[] = [];
  for (const id of Object.keys(values)) {
    const unit = ownOf(orgUnits, id);
    const label = unit ? `"${unit.name}" (${id})` : id;
    if (!unit)
      problems.push({
        code: 'UNKNOWN_ORG_UNIT',
        message: `The account can see no org unit ${id}.`,
        cause: 'org units',
        at: id,
      });
    else if (!unit.path.split('/').some(part => roots.has(part))) {
      problems.push({
        code: 'ORG_UNIT_OUT_OF_REACH',
        message: `The account may not enter data for the org unit ${label}.`,
        cause: 'org units',
        at: label,
      });
    }
    if (dataSet && !assigned.has(id)) {
      problems.push({
        code: 'ORG_UNIT_NOT_ASSIGNED',
        message: `The data set "${dataSet.name}" is not assigned to the org unit ${label}.`,
        cause: dataSet.id,
        at: label,
      });
    }
  }
  return problems;
}
