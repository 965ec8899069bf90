import {
  type ApiAnswer,
  type ApiRequest,
  isJsonObject,
  unexpectedAnswer,
} from '#common/http/index.js';
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

interface ErrorBody {
  error?: {
    code?: string;
    details?: {
      failed?: { recordNo: number; error?: { code?: string; name?: string } }[];
      success?: RecordSuccess[];
    };
  };
}

/**
 * Reads the answer to a request for many records. When some of them fail, the server answers with
 * an error that lists the failed records and the written ones (godata FACTS §2.2, r124, r127).
 *
 * @throws IntegrationError when the whole request failed
 */
export function readPartialSuccess(
  request: ApiRequest,
  answer: ApiAnswer,
): { succeeded: RecordSuccess[]; failed: RecordFailure[] } {
  const { code = '', details } = (answer.body as ErrorBody | undefined)?.error ?? {};
  if (answer.status >= 400 && /_PARTIAL_SUCCESS$/.test(code)) {
    const failed = (details?.failed ?? []).map(({ recordNo, error }) => ({
      recordNo,
      code: error?.code ?? error?.name ?? 'UNKNOWN',
    }));
    return { succeeded: details?.success ?? [], failed };
  }
  if (answer.status >= 400) throw serverError(request, answer);
  if (Array.isArray(answer.body) && answer.body.every(isJsonObject)) {
    return { succeeded: answer.body as RecordSuccess[], failed: [] };
  }
  throw unexpectedAnswer('Go.Data', request, 'a list', answer.body);
}
