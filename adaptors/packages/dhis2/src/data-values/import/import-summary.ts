import { IntegrationError } from '#common/reporting/errors.js';
import { safeCode, withoutValues } from '#common/reporting/server-text.js';

/** The server's reason for refusing one or more values, in one form for both importers. */
export interface ImportConflict {
  code: string;
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

interface RawConflict {
  errorCode?: string;
  value?: string;
  objects?: Record<string, string>;
  indexes?: number[];
  object?: string;
}

interface RawSummary {
  status?: string;
  description?: string;
  importCount?: { imported?: number; updated?: number; deleted?: number };
  conflicts?: RawConflict[];
  rejectedIndexes?: number[];
}

/**
 * Reads the answer to `POST /api/dataValueSets` with any HTTP status: only the counts and conflicts
 * show the result (dhis2 FACTS §0). The summary stands alone or inside a web message (§1.3).
 *
 * @throws IntegrationError `IMPORT_NOT_REPORTED` when the answer has no summary
 */
export function readImportSummary(status: number, body: unknown): ImportSummary {
  const envelope = (body ?? {}) as {
    response?: RawSummary;
    message?: string;
    errorCode?: string;
  } & RawSummary;
  const raw = envelope.response?.importCount ? envelope.response : envelope;
  if (!raw.importCount) {
    throw new IntegrationError({
      code: 'IMPORT_NOT_REPORTED',
      message: `DHIS2 did not report the result of an import (status ${status}).`,
      fix: 'Run again. It keeps what was written and writes the rest.',
      details: { system: 'DHIS2', status, serverCode: safeCode(envelope.errorCode) },
    });
  }
  const { imported = 0, updated = 0, deleted = 0 } = raw.importCount;
  const conflicts = (raw.conflicts ?? []).map(toConflict);
  return {
    aborted: raw.status === 'ERROR' && imported + updated + deleted === 0,
    conflicts: conflicts.length > 0 || raw.status !== 'ERROR' ? conflicts : [unexplained()],
  };
}

/** Codes whose messages repeat the comment, which a user may have written about a person. */
const ECHOES_COMMENT = new Set(['E7620', 'E8124', 'E8125']);
const REFUSED = 'DHIS2 refuses the value:';
/** Codes whose messages repeat the value, and the part of the message without it. */
const ECHOES_VALUE: Readonly<Record<string, RegExp>> = {
  E8122: / is (no valid [A-Z_]+: \w+)$/,
  E8123: / is (no valid option for data element `\w+`)$/,
};

function toConflict({
  errorCode,
  value = '',
  objects = {},
  indexes = [],
  object,
}: RawConflict): ImportConflict {
  const texts = [value, object ?? '', ...Object.values(objects).map(String)];
  return {
    code: safeCode(errorCode) ?? 'UNKNOWN',
    message: messageOf(errorCode ?? '', value),
    // Decode errors have the index -1: the row is unknown (dhis2 FACTS §1.3).
    indexes: indexes.filter(index => index >= 0),
    named: new Set(texts.flatMap(text => text.split(/[^A-Za-z0-9]+/))),
    numbered: numbersIn(value),
  };
}

function messageOf(code: string, message: string): string {
  if (!safeCode(code)) return 'DHIS2 refuses the value. Its log says why.';
  if (ECHOES_COMMENT.has(code)) return 'DHIS2 refuses the comment of this value.';
  const pattern = ECHOES_VALUE[code];
  if (!pattern || message.startsWith(REFUSED)) {
    // Removes the row numbers: they count the rows of one request, not the caller's rows.
    return withoutValues(
      message.replace(ONE_VALUE, 'The ').replace(SEVERAL_VALUES, 'Several values '),
    );
  }
  return `${REFUSED} it is ${pattern.exec(message)?.[1] ?? 'not valid'}.`;
}

const ONE_VALUE = /^Value #\d[\d.,'\u00a0\u202f]* /;
const SEVERAL_VALUES = /^Value #\[[\d, ]+\] /;

/** Reads row numbers. Java writes one number with thousands separators, and a list with commas and spaces. */
function numbersIn(message: string): number[] {
  const [, list, one] = /^Value #(?:\[([\d, ]+)\]|(\d[\d.,'\u00a0\u202f]*)) /.exec(message) ?? [];
  if (list !== undefined) return list.split(',').map(Number);
  return one === undefined ? [] : [Number(one.replace(/\D/g, ''))];
}

function unexplained(): ImportConflict {
  return {
    code: 'IMPORT_ABORTED',
    message: 'the import was aborted; the log of the server says why',
    indexes: [],
    named: new Set(),
    numbered: [],
  };
}
