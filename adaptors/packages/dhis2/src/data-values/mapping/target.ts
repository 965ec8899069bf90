import type { AggregateReport } from '#common/handover/aggregate-report.js';
import type { Problem } from '#common/reporting/mapping-problems.js';
import { type Account, readAccount } from '../../client/account.js';
import type { Dhis2Client } from '../../client/client.js';
import { FULL_DATA_SET, readDataSet } from '../../client/metadata/data-sets.js';
import type { CategoryCombo, DataSet } from '../../client/metadata/metadata.js';
import type { SystemInfo } from '../../client/system-info.js';
import { checkAccess } from './check-access.js';
import { matchOptionCombo } from './option-combos.js';
import { findElements, resolveElements, type TargetElement } from './resolve-elements.js';

/** The metadata on the server into which a report is written. */
export interface Target {
  info: SystemInfo;
  account: Account;
  dataSet: DataSet;
  elements: TargetElement[];
  attributeOptionCombo: string;
  /** Number of cells that the data set has for one org unit and period, mapped or not. */
  cellsAPlace: number;
  /** Category option combo id → name, for messages. */
  comboNames: ReadonlyMap<string, string>;
}

/** The metadata for a report, and the problems of its mapping. */
export interface Inspection {
  target: Target | undefined;
  info: SystemInfo;
  problems: Problem[];
}

/**
 * Checks a report against the server before anything is written, and finds the ids for its words.
 * All problems are collected, so that they are shown at once.
 */
export async function inspectTarget(
  client: Dhis2Client,
  report: AggregateReport,
): Promise<Inspection> {
  const info = await client.systemInfo();
  const problems: Problem[] = [...report.problems];
  if (info.calendar !== 'iso8601') {
    problems.push({
      code: 'NON_ISO_CALENDAR',
      message: `The server uses the ${info.calendar} calendar, so its periods differ from the counted ones. Only iso8601 is supported.`,
    });
  }
  const account = await readAccount(client);
  const { dataSet } = await readDataSet(client, report.dataSet, FULL_DATA_SET);
  problems.push(...checkAccess(report, account, dataSet));

  const found = await findElements(client, report, dataSet, problems);
  const combos = await readCombos(client, [
    ...found.map(({ comboId }) => comboId),
    ...(dataSet ? [dataSet.categoryCombo.id] : []),
  ]);
  const elements = resolveElements(report, found, combos, problems);
  const attributeOptionCombo = dataSet && resolveAttribute(report, dataSet, combos, problems);
  const complete = problems.length === 0 && dataSet && attributeOptionCombo;
  return {
    info,
    problems,
    target: complete
      ? {
          info,
          account,
          dataSet,
          elements,
          attributeOptionCombo,
          cellsAPlace: dataSet.dataSetElements.length * largest(combos),
          comboNames: namesOf(combos),
        }
      : undefined,
  };
}

const COMBO_FIELDS =
  'id,name,isDefault,categories[id,code,name,categoryOptions[id,code,name,access[data[write]]]],categoryOptionCombos[id,name,categoryOptions[id]]';

async function readCombos(client: Dhis2Client, ids: string[]): Promise<Map<string, CategoryCombo>> {
  const distinctIds = [...new Set(ids)];
  if (distinctIds.length === 0) return new Map();
  const categoryCombos = await client.list<CategoryCombo>('/categoryCombos', {
    filter: `id:in:[${distinctIds.join(',')}]`,
    fields: COMBO_FIELDS,
  });
  return new Map(categoryCombos.map(combo => [combo.id, combo]));
}

function resolveAttribute(
  { attributeOptions }: AggregateReport,
  dataSet: DataSet,
  combos: Map<string, CategoryCombo>,
  problems: Problem[],
): string | undefined {
  const combo = combos.get(dataSet.categoryCombo.id);
  if (!combo) {
    problems.push({
      code: 'UNKNOWN_CATEGORY_COMBO',
      message: `The account cannot see the category combo of the data set "${dataSet.name}".`,
    });
    return undefined;
  }
  const match = matchOptionCombo(
    combo,
    attributeOptions,
    `attributeOptions of data set "${dataSet.name}"`,
  );
  if ('ids' in match) return match.ids[0];
  problems.push(...match.problems);
  return undefined;
}

function largest(combos: Map<string, CategoryCombo>): number {
  return Math.max(
    ...[...combos.values()].map(({ categoryOptionCombos }) => categoryOptionCombos.length),
  );
}

function namesOf(combos: Map<string, CategoryCombo>): Map<string, string> {
  return new Map(
    [...combos.values()].flatMap(({ categoryOptionCombos }) =>
      categoryOptionCombos.map(({ id, name }) => [id, name ?? id] as [string, string]),
    ),
  );
}
