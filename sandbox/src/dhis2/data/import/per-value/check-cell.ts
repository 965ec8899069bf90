import { hasAuthority, isSuperuser } from '#sandbox/dhis2/accounts/access.js';
import type { DataSetIndex } from '#sandbox/dhis2/metadata/data-set-index.js';
import type { ImportRun } from '../import-run.js';
import { isAfter, isExpired, isInputOpen, latestOpenPeriod } from '../open-periods.js';
import type { Problem } from './problem.js';
import type { Cell } from './resolve-row.js';

type Check = (run: ImportRun, cell: Cell) => Problem[];

/**
 * Checks a cell against the structure of its data sets, as strictly as the request or the system
 * settings say, and against the open periods (dhis2 FACTS §0, §1.4).
 *
 * @returns the problems of the first check that fails
 */
export function checkCell(run: ImportRun, cell: Cell): Problem[] {
  for (const check of CHECKS) {
    const problems = check(run, cell);
    if (problems.length > 0) return problems;
  }
  return [];
}

const checkPeriodType: Check = (run, { dataElement, period }) =>
  isStrict(run, 'Periods') &&
  !setsOf(run, dataElement.id).some(({ dataSet }) => dataSet.periodType === period.type)
    ? [{ code: 'E7632', args: [period.id, dataElement.id] }]
    : [];

const checkDataElement: Check = (run, { dataElement, targets }) =>
  isStrict(run, 'DataElements') && !targets.some(one => one.hasDataElement(dataElement.id))
    ? [
        {
          code: 'E7633',
          args: [dataElement.id, targets.map(({ dataSet }) => dataSet.id).join(',')],
        },
      ]
    : [];

const checkCategoryOptionCombo: Check = (run, { dataElement, categoryOptionCombo }) => {
  if (!isStrict(run, 'CategoryOptionCombos')) return [];
  const combo = run.store.metadata.get('categoryOptionCombos', categoryOptionCombo)!;
  const fits =
    combo.categoryCombo.id === dataElement.categoryCombo.id ||
    setsOf(run, dataElement.id).some(
      one => one.categoryCombo(dataElement.id) === combo.categoryCombo.id,
    );
  return fits ? [] : [{ code: 'E7634', args: [categoryOptionCombo, dataElement.id] }];
};

const checkAttributeOptionCombo: Check = (run, { dataElement, attributeOptionCombo }) =>
  isStrict(run, 'AttributeOptionCombos') &&
  !setsOf(run, dataElement.id).some(one => one.attributeOptionCombos.has(attributeOptionCombo))
    ? [{ code: 'E7635', args: [attributeOptionCombo, dataElement.id] }]
    : [];

const checkOrgUnit: Check = (run, { dataElement, orgUnit }) =>
  isStrict(run, 'OrganisationUnits') &&
  !setsOf(run, dataElement.id).some(one => one.orgUnits.has(orgUnit.id))
    ? [{ code: 'E7636', args: [orgUnit.id, dataElement.id] }]
    : [];

const checkExpiry: Check = (run, { period, targets }) =>
  hasAuthority(run.user, 'F_EDIT_EXPIRED')
    ? []
    : targets
        .filter(({ dataSet }) => isExpired(period, dataSet, run.now))
        .map(({ dataSet }) => ({ code: 'E7640', args: [period.id, dataSet.id] }));

const checkFuture: Check = (run, { dataElement, period, targets }) =>
  targets.flatMap(({ dataSet }) => {
    const latest = latestOpenPeriod(dataSet, run.now);
    return isAfter(period, latest)
      ? [{ code: 'E7641', args: [period.id, dataElement.id, dataSet.id, latest.id] }]
      : [];
  });

const checkInputPeriods: Check = (run, { period, targets }) =>
  targets
    .filter(({ dataSet }) => !isInputOpen(period, dataSet, run.now))
    .map(({ dataSet }) => ({ code: 'E7643', args: [period.id, dataSet.id] }));

const checkInputPeriodsOfAll: Check = (run, { dataElement, period }) => {
  const sets = setsOf(run, dataElement.id);
  const isOpen =
    sets.length === 0 || sets.some(({ dataSet }) => isInputOpen(period, dataSet, run.now));
  return isOpen ? [] : [{ code: 'E7644', args: [period.id] }];
};

/** A superuser's `force` skips the checks of whether the period is open. */
const unlessForced =
  (check: Check): Check =>
  (run, cell) =>
    run.options.force && isSuperuser(run.user) ? [] : check(run, cell);

const CHECKS: readonly Check[] = [
  checkPeriodType,
  checkDataElement,
  checkCategoryOptionCombo,
  checkAttributeOptionCombo,
  checkOrgUnit,
  ...[checkExpiry, checkFuture, checkInputPeriods, checkInputPeriodsOfAll].map(unlessForced),
];

function setsOf({ store }: ImportRun, dataElement: string): DataSetIndex[] {
  return store.metadata.dataSetsOf(dataElement);
}

function isStrict(
  { options, store }: ImportRun,
  what:
    | 'Periods'
    | 'DataElements'
    | 'CategoryOptionCombos'
    | 'AttributeOptionCombos'
    | 'OrganisationUnits',
): boolean {
  return options[`strict${what}`] || (store.systemSettings[`dataImportStrict${what}`] ?? false);
}
