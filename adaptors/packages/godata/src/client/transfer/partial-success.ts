import {
  type ApiAnswer,
  type ApiRequest,
  isJsonObject,
  objectsIn,
  unexpectedAnswer,
} from '#common/http/index.js';
import { safeCode } from '#common/reporting/server-text.js';
import { errorIn } from '../error-body.js';
import { serverError } from '../server-error.js';

/**
 * A record of a bulk request that was not written. Without the server's message, which can have
 * content of the record.
 */
export interface RecordFailure {
  /** Position in the request, from 0. */
  recordNo: number;
  /** The server's code, or the name of the error when there is no code. */
  code: string;
}

/** A record that was written, under the server's key for it. */
export type RecordSuccess = { recordNo: number } & Record<string, unknown>;

interface Details {
  failed?: unknown;
  success?: unknown;
}

interface FailedRow {
  recordNo: number;
  error?: { code?: unknown; name?: unknown } | null;
}

/** What became of the records of a bulk request. */
interface BulkResult {
  succeeded: RecordSuccess[];
  failed: RecordFailure[];
}

/**
 * Reads the answer to a request for many records. When some of them fail, the server answers with
 * an error that lists the failed records and the written ones (godata FACTS §2.2, r123 to r127). An
 * answer that does not mention every record is not Go.Data's: nobody knows what was written.
 *
 * @param count number of records in the request
 * @throws IntegrationError when the whole request failed; `UNEXPECTED_ANSWER`
 */
export function readPartialSuccess(
  request: ApiRequest,
  answer: ApiAnswer,
  count: number,
): BulkResult {
  const result = readResult(request, answer);
  if (result.succeeded.length + result.failed.length >= count) return result;
  throw unexpectedAnswer('Go.Data', request, `a row for each of ${count} records`, answer.body);
}

function readResult(request: ApiRequest, answer: ApiAnswer): BulkResult {
  const { status, body } = answer;
  const { code, details } = errorIn(body);
  if (status >= 400 && /_PARTIAL_SUCCESS$/.test(String(code))) {
    const { failed, success }: Details = isJsonObject(details) ? details : {};
    return {
      succeeded: rowsOf<RecordSuccess>(success),
      failed: rowsOf<FailedRow>(failed).map(({ recordNo, error }) => ({
        recordNo,
        code: safeCode(error?.code) ?? safeCode(error?.name) ?? 'UNKNOWN',
      })),
    };
  }
  if (status >= 400) throw serverError(request, answer);
  return { succeeded: rowsOf<RecordSuccess>(body), failed: [] };
}

function rowsOf<T extends { recordNo: number }>(list: unknown): T[] {
  return objectsIn(list).filter(row => Object.keys(row).length > 0) as unknown[] as T[];
}
