import { readFileSync } from 'node:fs';
import { configurationError } from '#common/reporting/errors.js';
import type { UndoRow } from '#common/reporting/undo-table.js';
import { filesOf, type RunRecord } from '../../record/records.js';
import type { RunReport } from '../../record/run-report.js';
import { UNDO_COLUMNS } from '../../record/undo-csv.js';
import { readCsv } from '../print/csv.js';

/**
 * Reads what a run changed.
 *
 * @throws IntegrationError `NO_UNDO`, `UNDO_UNREADABLE` (configuration)
 */
export function readUndoFile(record: RunRecord, report: RunReport): UndoRow[] {
  const { undo: file } = filesOf(record);
  const text = readIfThere(file);
  if (text === undefined) throw noUndo(record, report);
  const [heads, ...rows] = readCsv(text) ?? [];
  const isWhole = rows.every(isWholeRow);
  if (heads?.join() !== UNDO_COLUMNS.join() || !isWhole) throw unreadable(file);
  return rows.map(([kind, id, change, field, old, now, obstacle]) => ({
    kind: kind!,
    id: id!,
    change: change!,
    field: field!,
    old: old || null,
    new: now || null,
    ...(obstacle ? { obstacle } : {}),
  }));
}

/** Parts of the id of a data value. */
const CELL_PARTS = 6;

/** A row that is to be taken back names a record. */
function isWholeRow(row: readonly string[]): boolean {
  const [kind, id, change, , , , obstacle] = row;
  if (row.length !== UNDO_COLUMNS.length) return false;
  if (obstacle) return true;
  const parts = id!.split('/');
  const isComplete = kind !== 'data value' || parts.length === CELL_PARTS;
  return kind !== '' && change !== '' && isComplete && parts.every(Boolean);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(file);
  }
}

function noUndo({ time }: RunRecord, { dryRun, status }: RunReport) {
  const why = dryRun
    ? 'it was a dry run'
    : status === 'unfinished' || status === 'stopped'
      ? 'no step that writes had ended before it was stopped or killed, or it is still going on'
      : 'it changed nothing';
  return configurationError('NO_UNDO', `The run ${time} left nothing to take back: ${why}.`, {
    fix: 'godata-dhis2 runs lists all runs, with what they changed.',
  });
}

function unreadable(file: string) {
  return configurationError('UNDO_UNREADABLE', `${file} is not as a run left it.`, {
    fix: 'Put back a copy of the file. Nothing was written.',
  });
}
