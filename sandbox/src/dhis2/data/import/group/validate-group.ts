import {
  canWriteData,
  capturesAt,
  hasAuthority,
  isSuperuser,
} from '#sandbox/dhis2/accounts/access.js';
import type { DataSetIndex } from '#sandbox/dhis2/metadata/data-set-index.js';
import type { MetadataTables } from '#sandbox/dhis2/metadata/tables.js';
import type { ImportRun } from '../import-run.js';
import {
  isAfter,
  isExpired,
  isInputOpen,
  isInputOpenInverted,
  latestOpenPeriod,
} from '../open-periods.js';
import { GroupError, type GroupScope, type GroupValue } from './decode.js';

/** The parts of values, or of a deletion scope, that are checked together. */
export type Keys = Omit<GroupValue, 'index' | 'value' | 'comment' | 'followup' | 'deleted'>;

/** Every key that a deletion scope covers. */
export function scopeKeys({ orgUnits, periods, elements }: GroupScope): Keys[] {
  return orgUnits.flatMap(orgUnit =>
    periods.flatMap(period => elements.map(element => ({ ...element, orgUnit, period }))),
  );
}

/**
 * Checks a group as a whole: access, then consistency, then which periods are open for entry (dhis2
 * FACTS §0). Unknown ids count as inaccessible, or as inconsistent.
 *
 * @throws GroupError at the first check that fails
 */
export function validateGroup(run: ImportRun, dataSetId: string, keys: readonly Keys[]): void {
  if (!isSuperuser(run.user)) checkAccess(run, dataSetId, keys);
  checkConsistency(run.store.metadata, dataSetId, keys);
  if (run.options.force && isSuperuser(run.user)) return;
  checkTimeliness(run, run.store.metadata.dataSetIndex(dataSetId)!, keys);
}

function checkAccess({ store, user }: ImportRun, dataSetId: string, keys: readonly Keys[]): void {
  // The next checks report a data set that does not exist, to every account (dhis2 LIVE, the
  // sandbox).
  const dataSet = store.metadata.get('dataSets', dataSetId);
  if (dataSet && !canWriteData(user, dataSet)) throw new GroupError('E8010', [dataSetId]);
  failIfAny(
    distinct(keys, ({ orgUnit }) => orgUnit).filter(
      id => store.metadata.get('organisationUnits', id) && !capturesAt(store, user, id),
    ),
    ids => new GroupError('E8011', [ids]),
  );
  const combos = [
    ...distinct(keys, one => one.attributeOptionCombo),
    ...distinct(keys, one => one.categoryOptionCombo),
  ];
  const options = combos.flatMap(
    id => store.metadata.get('categoryOptionCombos', id)?.categoryOptions ?? [],
  );
  failIfAny(
    distinct(options, ({ id }) => id).filter(
      id => !canWriteData(user, store.metadata.get('categoryOptions', id)!),
    ),
    ids => new GroupError('E8012', [ids]),
  );
}

function checkConsistency(
  metadata: MetadataTables,
  dataSetId: string,
  keys: readonly Keys[],
): void {
  const index = metadata.dataSetIndex(dataSetId);
  const elements = distinct(keys, one => one.dataElement);
  failIfAny(
    elements.filter(id => !index?.hasDataElement(id)),
    ids => new GroupError('E8020', [dataSetId, ids]),
  );
  failIfAny(
    distinct(keys, one => one.orgUnit).filter(id => !index?.orgUnits.has(id)),
    ids => new GroupError('E8022', [dataSetId, ids]),
  );
  failIfAny(
    keys.filter(({ period }) => period.type !== index?.dataSet.periodType).map(k => k.period.id),
    ids => new GroupError('E8021', [dataSetId, [...new Set(ids)]]),
  );
  failIfAny(
    distinct(keys, one => one.attributeOptionCombo).filter(
      id => !index?.attributeOptionCombos.has(id),
    ),
    ids => new GroupError('E8023', [dataSetId, ids]),
  );
  for (const element of elements) {
    const combos = index?.optionCombos(element);
    // A combo that is not given is not checked (dhis2 LIVE 181, recording 361).
    const used = keys.filter(one => one.dataElement === element && one.isComboGiven);
    failIfAny(
      distinct(used, one => one.categoryOptionCombo).filter(id => !combos?.has(id)),
      ids => new GroupError('E8024', [dataSetId, element, ids]),
    );
  }
  checkOperation(metadata, keys);
}

/**
 * The org unit must be open on the first day of each period; the error names the first org unit
 * that is not.
 */
function checkOperation(metadata: MetadataTables, keys: readonly Keys[]): void {
  const outside = keys.filter(({ orgUnit, period }) => {
    const { openingDate, closedDate } = metadata.get('organisationUnits', orgUnit)!;
    const isEarly = openingDate !== undefined && period.startDate < openingDate.slice(0, 10);
    return isEarly || (closedDate !== undefined && period.startDate > closedDate.slice(0, 10));
  });
  const [first] = outside;
  if (!first) return;
  const own = outside.filter(({ orgUnit }) => orgUnit === first.orgUnit);
  throw new GroupError('E8031', [first.orgUnit, distinct(own, ({ period }) => period.id)]);
}

/**
 * Checks that the periods are open: by the data set's input periods if it has any, otherwise by
 * expiry and future periods. Neither limits a user who may edit expired data.
 */
function checkTimeliness(
  { user, now, isInputPeriodInverted }: ImportRun,
  { dataSet }: DataSetIndex,
  keys: readonly Keys[],
) {
  const periods = [...new Map(keys.map(({ period }) => [period.id, period])).values()];
  const latest = latestOpenPeriod(dataSet, now);
  const isOpen = isInputPeriodInverted ? isInputOpenInverted : isInputOpen;
  const rules = dataSet.dataInputPeriods?.length
    ? [periods.filter(period => !isOpen(period, dataSet, now))]
    : hasAuthority(user, 'F_EDIT_EXPIRED')
      ? []
      : [
          periods.filter(period => isExpired(period, dataSet, now)),
          periods.filter(period => isAfter(period, latest)),
        ];
  for (const untimely of rules) {
    failIfAny(
      untimely.map(({ id }) => id),
      ids => new GroupError('E8030', [dataSet.id, ids]),
    );
  }
}

function distinct<T>(items: readonly T[], read: (item: T) => string): string[] {
  return [...new Set(items.map(read))];
}

function failIfAny(ids: string[], error: (ids: string[]) => GroupError): void {
  if (ids.length > 0) throw error(ids);
}
