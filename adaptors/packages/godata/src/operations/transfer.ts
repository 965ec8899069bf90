import {
  addToReport,
  type Callback,
  type Operation,
  passOn,
  type Resolvable,
} from '#common/operations/operation.js';
import { badOption, refuseUnknownKeys, resolveNested } from '#common/operations/options.js';
import { type OnRejectedOption, readOnRejected } from '#common/reporting/on-rejected.js';
import { MAX_LISTED, type State } from '#common/reporting/report.js';
import type { BulkChange, BulkModel } from '../client/transfer/bulk-update.js';
import type { ExportModel, ExportOptions } from '../client/transfer/export-records.js';
import type { ImportMapping, ImportModel } from '../client/transfer/import-file.js';
import { resolveId } from './arguments.js';
import { clientOf } from './client-of.js';

/**
 * Exports records of an outbreak to a file and downloads it. Use it for large sets. To read only
 * what changed, a list with a query is better.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id, of any outbreak that the account may see
 * @param {string} model - `cases`, `contacts`, `contacts-of-contacts`, `events`, `relationships`, `follow-ups` or `lab-results`
 * @param {object} [options] - `type` (default `json`), `filter`, `encryptPassword`, `anonymizeFields`, `fieldsGroupList`
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state data - Rows of a `json` export, the text of a `csv` one, any other file as base64
 * @example
 * exportRecords('3b5554d7-2c19-41d0-b9af-475ad25a382b', 'cases', {
 *   filter: { where: { useDbColumns: true, dontTranslateValues: true } },
 * });
 */
export function exportRecords(
  outbreakId: Resolvable<string>,
  model: ExportModel,
  options: Resolvable<ExportOptions> = {},
  callback?: Callback,
): Operation {
  return async state => {
    const id = resolveId('outbreak id', outbreakId, state);
    const resolved = resolveNested<ExportOptions, State>(options, state);
    const { bytes } = await clientOf(state).outbreak(id).exportFile(model, resolved);
    return passOn(state, contentOf(bytes, resolved), callback);
  };
}

function contentOf(bytes: Uint8Array, { type = 'json', encryptPassword }: ExportOptions): unknown {
  const file = Buffer.from(bytes);
  if (encryptPassword === undefined && type === 'json') return JSON.parse(file.toString('utf8'));
  if (encryptPassword === undefined && type === 'csv') return file.toString('utf8');
  return file.toString('base64');
}

/** A file to import: its content, or the rows of a `.json` file. */
export interface FileToImport {
  /** The ending gives the format: `.json`, `.csv`, `.xls`, `.xlsx` or `.ods`. */
  name?: string;
  content?: string | Uint8Array;
  rows?: object[];
}

/**
 * Imports a file into an outbreak: uploads it, maps its columns and values, and waits until the
 * import has ended. The step fails with `REJECTED` if no record was imported, or by `onRejected`.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {string} model - `cases`, `contacts`, `contacts-of-contacts`, `events`, `relationships`, `cases/lab-results` or `contacts/lab-results`
 * @param {object} file - `{ rows }`, or `{ name, content }`
 * @param {object} [mapping] - `map`: column → property, default Go.Data's suggestion; `valuesMap`: column → value → id; `onRejected`
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state data - `{ total, failed: [{ recordNo, code }] }`
 * @state report - Under `import-file`: read, rejected
 * @example
 * importFile('3b5554d7-2c19-41d0-b9af-475ad25a382b', 'cases', { rows: $.data }, {
 *   map: { id: 'id', name: 'firstName', onset: 'dateOfOnset' },
 * });
 */
export function importFile(
  outbreakId: Resolvable<string>,
  model: ImportModel,
  file: Resolvable<FileToImport>,
  mapping: Resolvable<ImportMapping & OnRejectedOption> = {},
  callback?: Callback,
): Operation {
  return async state => {
    const id = resolveId('outbreak id', outbreakId, state);
    const resolved = readFile(resolveNested<FileToImport, State>(file, state));
    const options = resolveNested<ImportMapping & OnRejectedOption, State>(mapping, state);
    const onRejected = readOnRejected(options);
    const outcome = await clientOf(state).outbreak(id).importFile(model, resolved, options);
    const failed = outcome.failed.map(({ recordNo = 0, error }) => ({
      recordNo,
      code: error?.code ?? 'UNKNOWN',
    }));
    const report = {
      read: outcome.total,
      rejectedCount: failed.length,
      rejected: failed.slice(0, MAX_LISTED).map(({ recordNo, code }) => ({
        kind: `record of ${model}`,
        id: String(recordNo),
        code,
        message: 'Go.Data did not import this record of the file.',
      })),
    };
    const imported = outcome.total - failed.length;
    const reported = addToReport(state, 'import-file', report, onRejected, imported);
    return passOn(reported, { total: outcome.total, failed }, callback);
  };
}

function readFile({ name, content, rows }: FileToImport) {
  if (Array.isArray(rows)) return { name: name ?? 'rows.json', content: JSON.stringify(rows) };
  if (name !== undefined && content !== undefined) return { name, content };
  throw badOption('file', 'must be { rows } or { name, content }');
}

/**
 * Changes many people of an outbreak, in batches. Go.Data keeps the changes that it accepts and
 * reports the others. The step fails with `REJECTED` if it accepts none, or by `onRejected`.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {string} model - `cases`, `contacts` or `contacts-of-contacts`
 * @param {object[]} changes - One `{ id, ... }` for each person
 * @param {object} [options] - `onRejected`: `report`, `fail` or `{ failAbove: 0.5 }`
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state data - `{ updated, failed: [{ id, code }] }`
 * @state report - Under `bulk-update`: read, updated, rejected
 * @example
 * bulkUpdate('3b5554d7-2c19-41d0-b9af-475ad25a382b', 'cases', $.data);
 */
export function bulkUpdate(
  outbreakId: Resolvable<string>,
  model: BulkModel,
  changes: Resolvable<BulkChange[]>,
  options: Resolvable<OnRejectedOption> = {},
  callback?: Callback,
): Operation {
  return async state => {
    const id = resolveId('outbreak id', outbreakId, state);
    const resolved = resolveNested<BulkChange[], State>(changes, state);
    if (!Array.isArray(resolved)) throw badOption('changes', 'must be a list');
    const given = resolveNested<OnRejectedOption, State>(options, state);
    refuseUnknownKeys('bulkUpdate options', given, ['onRejected']);
    const onRejected = readOnRejected(given);
    const outcome = await clientOf(state).outbreak(id).bulkUpdate(model, resolved);
    const report = {
      read: resolved.length,
      updated: outcome.updated.length,
      rejectedCount: outcome.failed.length,
      rejected: outcome.failed.slice(0, MAX_LISTED).map(({ id: person, code }) => ({
        kind: model,
        id: person,
        code,
        message: 'Go.Data did not change this record.',
      })),
    };
    const reported = addToReport(state, 'bulk-update', report, onRejected);
    return passOn(reported, outcome, callback);
  };
}
