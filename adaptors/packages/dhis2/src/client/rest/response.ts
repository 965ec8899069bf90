import type { ApiAnswer } from '#common/http/index.js';
import type { State } from '#common/reporting/report.js';

/** What `state.response` tells of a request. */
export interface ResponseInfo {
  method: string;
  path: string;
  query: Record<string, unknown>;
  statusCode: number;
  headers: ApiAnswer['headers'];
}

/** Puts into `state.response` what came with an answer, but no cookie, which would be a secret. */
export function withResponse(
  state: State,
  { method, path, query = {} }: { method: string; path: string; query?: Record<string, unknown> },
  { status, headers }: ApiAnswer,
): State {
  const { 'set-cookie': _cookie, ...others } = headers;
  const response: ResponseInfo = { method, path, query, statusCode: status, headers: others };
  return { ...state, response };
}
