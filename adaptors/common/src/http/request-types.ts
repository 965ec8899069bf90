/** The systems that requests go to, as errors name them. */
export type SystemName = 'Go.Data' | 'DHIS2';

/** A request as a client states it. Only `path` ever reaches a log or an error. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the API root with placeholders, `/outbreaks/{id}/cases`. */
  path: string;
  /** Values of the placeholders; encoded here. */
  params?: Record<string, string>;
  /** Query parameters; an array repeats its name. */
  query?: Record<string, string | number | boolean | string[] | undefined>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, in place of a JSON body. */
  content?: { type: string; text: string };
  headers?: Record<string, string>;
  /** Milliseconds without an answer, where this request takes longer than others. */
  timeoutMs?: number;
  /** Whether sending it twice does no more than sending it once; GET always is. */
  idempotent?: boolean;
}

/** What came back, whatever its status. */
export interface ApiAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The parsed JSON body; undefined when there is none. */
  body: unknown;
}

/** The path with its placeholders filled, each value encoded as one segment. */
export function fillPath(request: Pick<ApiRequest, 'path' | 'params'>): string {
  return request.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(request.params?.[name] ?? ''),
  );
}
