import { isJsonObject, objectsIn, textIn } from '#common/http/index.js';
import { IntegrationError } from '#common/reporting/errors.js';
import { safeCode } from '#common/reporting/server-text.js';
import { readWebMessage } from '../../client/web-message.js';
import { explainConflict } from './conflict-words.js';

/** The server's reason for refusing one or more values, in one form for both importers. */
export interface ImportConflict {
  code: string;
  /** In our own words. */
  message: string;
  /** Positions in the payload. Empty when the server does not report them. */
  indexes: number[];
  /** Ids in the message: org units, data elements, periods... */
  named: ReadonlySet<string>;
  /** Row numbers at the beginning of the message, since 2.43: `Value #1,000 ...`. */
  numbered: number[];
}

/** The result of one import. */
export interface ImportSummary {
  /** Nothing was written. Since 2.43 one bad value aborts the whole request (dhis2 FACTS §0). */
  aborted: boolean;
  conflicts: ImportConflict[];
}

/**
 * Reads the answer to `POST /api/dataValueSets` with any HTTP status: only the counts and conflicts
 * show the result (dhis2 FACTS §0). The summary stands alone or inside a web message (§1.3).
 *
 * @throws IntegrationError `IMPORT_NOT_REPORTED` when the answer has no summary
 */
export function readImportSummary(status: number, body: unknown): ImportSummary {
  const { response, errorCode } = readWebMessage(body);
  const alone = isJsonObject(body) ? body : {};
  const raw = isJsonObject(response.importCount) ? response : alone;
  if (!isJsonObject(raw.importCount)) {
    throw new IntegrationError({
      code: 'IMPORT_NOT_REPORTED',
      message: `DHIS2 did not report the result of an import (status ${status}).`,
      fix: 'Run again. It keeps what was written and writes the rest.',
      details: { system: 'DHIS2', status, serverCode: safeCode(errorCode) },
    });
  }
  const { imported, updated, deleted } = raw.importCount;
  const conflicts = objectsIn(raw.conflicts).map(toConflict);
  return {
    aborted: raw.status === 'ERROR' && !imported && !updated && !deleted,
    conflicts: conflicts.length > 0 || raw.status !== 'ERROR' ? conflicts : [unexplained()],
  };
}

function toConflict(raw: Record<string, unknown>): ImportConflict {
  const value = textIn(raw.value);
  const objects = isJsonObject(raw.objects) ? Object.values(raw.objects) : [];
  const texts = [value, textIn(raw.object), ...objects.map(String)];
  const indexes: unknown[] = Array.isArray(raw.indexes) ? raw.indexes : [];
  const code = safeCode(raw.errorCode) ?? 'UNKNOWN';
  return {
    code,
    message: explainConflict(code),
    // Decode errors have the index -1: the row is unknown (dhis2 FACTS §1.3).
    indexes: indexes.filter(index => typeof index === 'number').filter(index => index >= 0),
    named: new Set(texts.flatMap(text => text.split(/[^A-Za-z0-9]+/))),
    numbered: numbersIn(value),
  };
}

/** Reads row numbers. Java writes one number with thousands separators, and a list with commas and spaces. */
function numbersIn(message: string): number[] {
  const [, list, one] = /^Value #(?:\[([\d, ]+)\]|(\d[\d.,'\u00a0\u202f]*)) /.exec(message) ?? [];
  if (list !== undefined) return list.split(',').map(Number);
  return one === undefined ? [] : [Number(one.replace(/\D/g, ''))];
}

function unexplained(): ImportConflict {
  const code = 'IMPORT_ABORTED';
  return {
    code,
    message: explainConflict(code),
    indexes: [],
    named: new Set(),
    numbered: [],
  };
}
