import type { Period } from '#common/periods/index.js';
import { canWriteData, capturesAt } from '#sandbox/dhis2/accounts/access.js';
import type { DataSetIndex } from '#sandbox/dhis2/metadata/data-set-index.js';
import type {
  CategoryOptionCombo,
  DataElement,
  DataSet,
  OrgUnit,
} from '#sandbox/dhis2/metadata/types.js';
import type { ImportRun } from '../import-run.js';
import type { Row } from '../payload.js';
import { normalizeValue, valueProblem } from '../value-type.js';
import type { Problem } from './problem.js';

/** The header of a payload, resolved; its objects override those of the rows (dhis2 FACTS §0). */
export interface Header {
  dataSet: DataSet | undefined;
  period: Period | undefined;
  orgUnit: OrgUnit | undefined;
  attributeOptionCombo: CategoryOptionCombo | undefined;
}

/** A row whose objects all exist. */
export interface Cell {
  row: Row;
  dataElement: DataElement;
  period: Period;
  orgUnit: OrgUnit;
  categoryOptionCombo: string;
  attributeOptionCombo: string;
  value: string | undefined;
  /**
   * The data sets that decide which periods are open: the header's, otherwise all that have the
   * data element.
   */
  targets: readonly DataSetIndex[];
}

const MAX_VALUE_LENGTH = 50_000;
const MAX_COMMENT_LENGTH = 50_000;

/**
 * Finds the objects of a row and checks its value; the first failing check counts (dhis2 FACTS
 * §1.4, in the order of the server's validator).
 */
export function resolveRow(run: ImportRun, header: Header, row: Row): Cell | Problem[] {
  const { lookups, store, user } = run;
  const dataElement = lookups.dataElement(row.dataElement);
  if (!dataElement) return problem('E7610', row.dataElement);
  const period = header.period ?? run.periodOf(row.period);
  if (!period) return problem('E7611', row.period);
  const orgUnit = header.orgUnit ?? lookups.orgUnit(row.orgUnit);
  if (!orgUnit) return problem('E7612', row.orgUnit);

  const combo = lookups.categoryOptionCombo(row.categoryOptionCombo);
  if (!combo && row.categoryOptionCombo) return problem('E7613', row.categoryOptionCombo);
  const hiddenOptions = optionsWithoutAccess(run, 'E7614', combo);
  if (hiddenOptions.length > 0) return hiddenOptions;
  const attribute =
    header.attributeOptionCombo ?? lookups.attributeOptionCombo(row.attributeOptionCombo);
  if (!attribute && row.attributeOptionCombo) return problem('E7615', row.attributeOptionCombo);
  const hiddenAttributes = optionsWithoutAccess(run, 'E7616', attribute);
  if (hiddenAttributes.length > 0) return hiddenAttributes;

  if (!capturesAt(store, user, orgUnit.id)) return problem('E7617', orgUnit.id, user.id);
  const value =
    row.value === undefined
      ? undefined
      : normalizeValue(row.value, dataElement.valueType, run.importer);
  const wrongValue = checkValue(run, row, dataElement, value);
  if (wrongValue) return wrongValue;

  if (!combo && requires(run, 'CategoryOptionCombo')) return problem('E7630');
  if (!attribute && requires(run, 'AttributeOptionCombo')) return problem('E7631');
  const { metadata } = store;
  const headerIndex = header.dataSet && metadata.dataSetIndex(header.dataSet.id);
  return {
    row,
    dataElement,
    period,
    orgUnit,
    categoryOptionCombo: combo?.id ?? metadata.defaultOptionCombo,
    attributeOptionCombo: attribute?.id ?? metadata.defaultOptionCombo,
    // The check sees the spaces around the value; they are trimmed afterwards (dhis2 LIVE 191).
    value: value?.trim(),
    targets: headerIndex ? [headerIndex] : metadata.dataSetsOf(dataElement.id),
  };
}

function checkValue(
  run: ImportRun,
  row: Row,
  element: DataElement,
  value: string | undefined,
): Problem[] | undefined {
  const isEmpty = value === undefined && row.comment === undefined;
  if (isEmpty && !row.deleted && run.options.importStrategy !== 'DELETE') {
    return problem('E7618', element.id);
  }
  if (value !== undefined) {
    const wrong =
      value.length > MAX_VALUE_LENGTH
        ? 'value_length_greater_than_max_length'
        : valueProblem(value, element.valueType);
    if (wrong) return problem('E7619', element.id, wrong);
  }
  if ((row.comment?.length ?? 0) > MAX_COMMENT_LENGTH) {
    return problem('E7620', 'comment_length_greater_than_max_length');
  }
  const { optionSet, valueType } = element;
  if (!optionSet) return undefined;
  const codes = valueType === 'MULTI_TEXT' ? value?.split(',') : [value];
  const areOptions = codes?.every(code => run.store.metadata.hasOption(optionSet.id, code ?? ''));
  return areOptions ? undefined : problem('E7621', element.id);
}

function optionsWithoutAccess(
  { store, user }: ImportRun,
  code: string,
  combo: CategoryOptionCombo | undefined,
): Problem[] {
  return (combo?.categoryOptions ?? [])
    .filter(({ id }) => !canWriteData(user, store.metadata.get('categoryOptions', id)!))
    .flatMap(({ id }) => problem(code, combo!.id, id));
}

function requires(
  { options, store }: ImportRun,
  what: 'CategoryOptionCombo' | 'AttributeOptionCombo',
): boolean {
  return options[`require${what}`] || (store.systemSettings[`dataImportRequire${what}`] ?? false);
}

function problem(code: string, ...args: (string | undefined)[]): Problem[] {
  // Java prints an absent argument as `null`.
  return [{ code, args: args.map(arg => arg ?? 'null') }];
}
