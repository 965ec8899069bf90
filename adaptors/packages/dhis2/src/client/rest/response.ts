import type { ApiAnswer } from '#common/http/index.js';
import type { State } from '#common/reporting/report.js';

/** The content of `state.response`. */
export interface ResponseInfo {
  method: string;
  path: string;
  query: Record<string, unknown>;
  statusCode: number;
  headers: ApiAnswer['headers'];
}

/** Puts status and headers of an answer into `state.response`, without cookies, which are secrets. */
export function withResponse(
  state: State,
  { method, path, query = {} }: { method: string; path: string; query?: Record<string, unknown> },
  { status, headers }: ApiAnswer,
): State {
  const { 'set-cookie': _cookie, ...others } = headers;
  const response: ResponseInfo = { method, path, query, statusCode: status, headers: others };
  return { ...state, response };
}
