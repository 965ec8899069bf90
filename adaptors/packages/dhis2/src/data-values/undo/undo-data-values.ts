import { getOrCreate } from '#common/collections/get-or-create.js';
import { configurationError } from '#common/reporting/errors.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { Rejected } from '#common/reporting/report.js';
import type { UndoRow } from '#common/reporting/undo-table.js';
import { byRecord } from '#common/undo/rows-of.js';
import { CHANGED_SINCE, createTakeBack, type TakenBack } from '#common/undo/take-back.js';
import { type Account, readAccount } from '../../client/account.js';
import type { Dhis2Client } from '../../client/client.js';
import { FULL_DATA_SET, readDataSet } from '../../client/metadata/data-sets.js';
import type { DataElement, DataSet } from '../../client/metadata/metadata.js';
import { importDialect } from '../dialect.js';
import { importRows } from '../import/import-rows.js';
import { createSender } from '../import/send-rows.js';
import type { StoredValue } from '../plan/current-values.js';
import { readPeriods } from '../plan/read-scope.js';
import { cellKey, createComparison, readCellId, storedText } from './cell.js';
import { type CellChange, planCell } from './plan-cell.js';

/** Values in one request. */
const CHUNK_SIZE = 1000;

/** A data set whose values are taken back. */
interface Scope {
  account: Account;
  dataSet: DataSet;
  elements: ReadonlyMap<string, DataElement>;
  periods: readonly string[];
}

type Compare = ReturnType<typeof createComparison>;

/**
 * Takes back what a run changed in data values, where they are still as the run left them: new ones
 * are deleted, others get their old value.
 *
 * @throws IntegrationError `UNKNOWN_DATA_SET` (configuration)
 */
export async function undoDataValueRows(
  client: Dhis2Client,
  rows: readonly UndoRow[],
  dryRun: boolean,
): Promise<TakenBack> {
  const info = await client.systemInfo();
  const account = await readAccount(client);
  const takeBack = createTakeBack();
  const rejected: Rejected[] = [];
  for (const [id, records] of byDataSet(rows)) {
    const scope = await readScope(client, account, id, records);
    const stored = await readStored(client, scope);
    const compare = createCompare(scope, importDialect(info.minor).keepsZero);
    const changes = records.flatMap(([id, own]) => {
      const cell = readCellId(id);
      const isSame = compare(cell.dataElement);
      if (!isSame) {
        for (const row of own) takeBack.leave(row, CHANGED_SINCE);
        return [];
      }
      const { dataSet: _dataSet, ...ids } = cell;
      const change = planCell(ids, own, stored.get(cellKey(cell)), isSame, takeBack);
      return change ? [change] : [];
    });
    if (!dryRun) rejected.push(...(await apply(client, scope, changes, compare)));
  }
  const result = takeBack.result(rejected);
  return { ...result, report: { ...result.report, ...client.usage, dryRun } };
}

function byDataSet(rows: readonly UndoRow[]) {
  const sets = new Map<string, [string, UndoRow[]][]>();
  for (const record of byRecord(rows)) {
    getOrCreate(sets, readCellId(record[0]).dataSet, (): [string, UndoRow[]][] => []).push(record);
  }
  return sets;
}

async function readScope(
  client: Dhis2Client,
  account: Account,
  id: string,
  records: readonly [string, UndoRow[]][],
): Promise<Scope> {
  const { dataSet } = await readDataSet(client, id, FULL_DATA_SET);
  if (!dataSet) {
    throw configurationError('UNKNOWN_DATA_SET', `The account can see no data set ${id}.`, {
      fix: 'Give the account access to the data set that the run wrote. Nothing was written.',
    });
  }
  const elements = dataSet.dataSetElements.map(({ dataElement }) => dataElement);
  const periods = new Set(records.map(([cell]) => readCellId(cell).period));
  return {
    account,
    dataSet,
    elements: new Map(elements.map(element => [element.id, element])),
    periods: [...periods].sort(),
  };
}

async function readStored(client: Dhis2Client, scope: Scope): Promise<Map<string, StoredValue>> {
  const { account, dataSet, elements, periods } = scope;
  const target = {
    account,
    dataSet,
    elements: [...elements.values()].map(element => ({ element })),
    cellsAPlace: dataSet.dataSetElements.length,
  };
  const stored = new Map<string, StoredValue>();
  for await (const { values } of readPeriods(client, target, periods)) {
    for (const value of values) stored.set(cellKey(value), value);
  }
  return stored;
}

/** @returns undefined for a data element that is not in the data set any more */
function createCompare(
  { elements }: Scope,
  keepsZero: (element: DataElement) => boolean,
): (dataElement: string) => Compare | undefined {
  const known = new Map(
    [...elements].map(([id, element]) => [id, createComparison(element, { keepsZero })]),
  );
  return id => known.get(id);
}

async function apply(
  client: Dhis2Client,
  scope: Scope,
  changes: readonly CellChange[],
  compare: (dataElement: string) => Compare | undefined,
): Promise<Rejected[]> {
  if (changes.length === 0) return [];
  const rejected = new Map<string, Rejected>();
  const reject = (id: string, code: string, message: string) =>
    rejected.set(id, { kind: 'data value', id, code, message });
  for (const strategy of ['DELETE', 'CREATE_AND_UPDATE'] as const) {
    const wanted = changes.filter(({ isDeletion }) => isDeletion === (strategy === 'DELETE'));
    const send = createSender(client, scope.dataSet.id, false, strategy);
    for (let start = 0; start < wanted.length; start += CHUNK_SIZE) {
      const chunk = wanted.slice(start, start + CHUNK_SIZE);
      const refusals = await importRows(
        send,
        chunk.map(({ row }) => row),
      );
      for (const { index, code, message } of refusals) reject(chunk[index]!.id, code, message);
      const done = start + chunk.length;
      console.log(formatProgress({ label: 'data values', done, total: wanted.length }));
    }
  }
  const stored = await readStored(client, scope);
  for (const { id, row, back } of changes) {
    const now = storedText(stored.get(cellKey(row)));
    if (rejected.has(id) || compare(row.dataElement)!(now, back)) continue;
    reject(
      id,
      'READ_BACK',
      `DHIS2 took the old value but has ${now === null ? 'none' : 'another'}.`,
    );
  }
  return [...rejected.values()];
}
