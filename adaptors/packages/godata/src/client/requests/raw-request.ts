import { type ApiAnswer, type ApiRequest, splitPath } from '#common/http/index.js';
import { serverError } from '../server-error.js';
import type { Connection } from '../session/connection.js';

/** Any request of the API. */
export interface RawRequest {
  method: ApiRequest['method'];
  /** Path below the API's address, for example `/outbreaks/<id>/cases/per-classification/count`. */
  path: string;
  /** Objects are sent as JSON, which is how Go.Data reads `filter` and `where`. */
  query?: Record<string, unknown>;
  body?: unknown;
}

/**
 * Sends a request for which the client has no method. Like all others it is sent with a login and
 * repeated where that is safe, and it can write to an outbreak that is not the active one.
 *
 * @throws IntegrationError for every status of 400 and above
 */
export async function sendRaw(connection: Connection, request: RawRequest): Promise<ApiAnswer> {
  const answer = await exchangeRaw(connection, request);
  if (answer.status >= 400) throw serverError(toRequest(request), answer);
  return answer;
}

/**
 * Sends a request. Returns the answer whatever its status is: some refusals are reports (FACTS
 * §2.2).
 */
export function exchangeRaw(
  { session, writer }: Connection,
  request: RawRequest,
): Promise<ApiAnswer> {
  const api = toRequest(request);
  const { outbreakId } = api.params ?? {};
  const isWrite = request.method !== 'GET' && outbreakId !== undefined;
  return isWrite ? writer.ask(outbreakId, api) : session.ask(api);
}

function toRequest(request: RawRequest): ApiRequest {
  const { method, body } = request;
  const { path, query } = splitPath(request.path);
  const [, outbreakId, rest] = /^\/outbreaks\/([^/]+)(\/.+)$/.exec(path) ?? [];
  const raw: ApiRequest = {
    method,
    path,
    query: { ...query, ...toQuery(request.query) },
    body,
    ...(method === 'PUT' ? { idempotent: true } : {}),
  };
  if (outbreakId === undefined) return raw;
  return {
    ...raw,
    path: `/outbreaks/{outbreakId}${rest}`,
    params: { outbreakId: decodeURIComponent(outbreakId) },
  };
}

function toQuery(query: RawRequest['query'] = {}): ApiRequest['query'] {
  return Object.fromEntries(
    Object.entries(query)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [
        name,
        typeof value === 'object' ? JSON.stringify(value) : String(value),
      ]),
  );
}
