import { IntegrationError } from '#common/reporting/errors.js';

/** What the server says of one group of values that it did not take, in one form for both dialects. */
export interface ImportConflict {
  code: string;
  message: string;
  /** Positions in the payload; empty when the server does not tell. */
  indexes: number[];
  /** Ids that the conflict names: org units, data elements, periods... */
  named: ReadonlySet<string>;
  /** Numbers of values that the message begins with, since 2.43: `Value #1,000 ...`. */
  numbered: number[];
}

/** The fate of one import. */
export interface ImportSummary {
  /** Nothing of it was written: one bad value spoils a whole group since 2.43 (dhis2 FACTS §0). */
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
 * Reads the answer to `POST /api/dataValueSets`, whatever its HTTP status: success is told by the
 * counts and conflicts alone (dhis2 FACTS §0). The summary comes bare or inside a web message (§1.3).
 *
 * @throws IntegrationError `IMPORT_NOT_REPORTED` when the answer holds no summary
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
      message: `DHIS2 did not report on an import (status ${status})${envelope.message ? `: ${envelope.message}` : '.'}`,
      fix: 'Run again: what was written stays, what was not is written then.',
      details: { system: 'DHIS2', status, serverCode: envelope.errorCode },
    });
  }
  const { imported = 0, updated = 0, deleted = 0 } = raw.importCount;
  const conflicts = (raw.conflicts ?? []).map(toConflict);
  return {
    aborted: raw.status === 'ERROR' && imported + updated + deleted === 0,
    conflicts: conflicts.length > 0 || raw.status !== 'ERROR' ? conflicts : [unexplained(raw)],
  };
}

/** Their messages repeat the comment, which may be a person's remark. */
const ECHOES_COMMENT = new Set(['E7620', 'E8124', 'E8125']);
const REFUSED = 'DHIS2 refuses the value:';
/** Theirs repeat the value: what is told of it instead. */
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
    code: errorCode ?? 'UNKNOWN',
    message: messageOf(errorCode ?? '', value),
    // Decode errors carry -1 for "somewhere" (dhis2 FACTS §1.3).
    indexes: indexes.filter(index => index >= 0),
    named: new Set(texts.flatMap(text => text.split(/[^A-Za-z0-9]+/))),
    numbered: numbersIn(value),
  };
}

function messageOf(code: string, message: string): string {
  if (ECHOES_COMMENT.has(code)) return 'DHIS2 refuses the comment of this value.';
  const pattern = ECHOES_VALUE[code];
  if (!pattern || message.startsWith(REFUSED)) {
    // The numbers count the rows of one request, not those of the caller.
    return message.replace(ONE_VALUE, 'The ').replace(SEVERAL_VALUES, 'Several values ');
  }
  return `${REFUSED} it is ${pattern.exec(message)?.[1] ?? 'not valid'}.`;
}

const ONE_VALUE = /^Value #\d[\d.,'\u00a0\u202f]* /;
const SEVERAL_VALUES = /^Value #\[[\d, ]+\] /;

/** Java writes a number with signs between its thousands, and a list with commas and blanks. */
function numbersIn(message: string): number[] {
  const [, list, one] = /^Value #(?:\[([\d, ]+)\]|(\d[\d.,'\u00a0\u202f]*)) /.exec(message) ?? [];
  if (list !== undefined) return list.split(',').map(Number);
  return one === undefined ? [] : [Number(one.replace(/\D/g, ''))];
}

function unexplained({ description = 'the import was aborted' }: RawSummary): ImportConflict {
  return {
    code: 'IMPORT_ABORTED',
    message: description,
    indexes: [],
    named: new Set(),
    numbered: [],
  };
}
