import { keyText } from '../../data-value-table.js';
import type { DataValue } from '../../types.js';
import type { ImportRun } from '../import-run.js';
import type { ImportStrategy } from '../options.js';
import { isInsignificantZero } from '../value-type.js';
import type { Cell } from './resolve-row.js';

/**
 * Writes a cell, or in a dry run only counts it (dhis2 FACTS §0 and §1.5).
 *
 * @param added keys of the values that this import has added: up to 2.42 a batch keeps only the
 * first of several rows for a new key and does not count the others; an existing value is
 * overwritten by each
 */
export function writeCell(
  run: ImportRun,
  strategy: ImportStrategy,
  cell: Cell,
  added: Set<string>,
): void {
  const { summary, store, options } = run;
  const value = toDataValue(run, cell);
  const key = keyText(value);
  const stored = added.has(key) ? undefined : store.dataValues.get(value);
  const isZero = isInsignificantZero(cell.value, cell.dataElement);
  // A zero that is not significant is dropped: no count includes it.
  if (isZero && (!stored || strategy === 'CREATE')) return;

  const write = (one: DataValue) => {
    if (!options.dryRun) store.dataValues.set(one);
  };
  const creates = strategy === 'CREATE_AND_UPDATE' || strategy === 'CREATE';
  const updates = strategy === 'CREATE_AND_UPDATE' || strategy === 'UPDATE';
  if (stored && !stored.deleted && strategy === 'DELETE') {
    summary.deleted += 1;
    write({ ...value, created: stored.created, value: stored.value, deleted: true });
  } else if (stored && !stored.deleted && updates) {
    const next = { ...value, created: stored.created };
    if (isZero || value.deleted) {
      summary.deleted += 1;
      write({ ...next, value: value.value ?? stored.value, deleted: true });
    } else if (run.ignoresUnchanged && isSame(stored, next)) {
      summary.ignored += 1;
    } else {
      summary.updated += 1;
      write(next);
    }
  } else if (!(stored && !stored.deleted) && creates) {
    if (value.value === undefined && value.comment === undefined) {
      summary.ignored += 1;
    } else if (!added.has(key) || options.dryRun) {
      summary.imported += 1;
      write({ ...value, created: stored?.created ?? value.created });
      if (!stored) added.add(key);
    }
  } else {
    summary.ignored += 1;
    summary.reject(cell.row.index);
  }
}

function toDataValue({ user, now }: ImportRun, cell: Cell): DataValue {
  const { row, dataElement, period, orgUnit, categoryOptionCombo, attributeOptionCombo } = cell;
  const time = now.instant.toISOString();
  return {
    dataElement: dataElement.id,
    period: period.id,
    orgUnit: orgUnit.id,
    categoryOptionCombo,
    attributeOptionCombo,
    value: cell.value,
    comment: row.comment?.trim(),
    followup: row.followup ?? false,
    deleted: row.deleted,
    storedBy: row.storedBy ?? user.username,
    created: time,
    lastUpdated: time,
  };
}

function isSame(a: DataValue, b: DataValue): boolean {
  return a.value === b.value && a.comment === b.comment && a.followup === b.followup;
}
