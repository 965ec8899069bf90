/** The systems that requests go to, as errors name them. */
export type SystemName = 'Go.Data' | 'DHIS2' | 'OpenFn';

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
  /** Sent as it is, in place of a body. */
  content?: Content;
  /** Names in any case; they go before those that are set here. */
  headers?: Record<string, string>;
  /** What a good answer holds: JSON unless said otherwise. */
  answer?: 'json' | 'bytes';
  /** Milliseconds without an answer, where this request takes longer than others. */
  timeoutMs?: number;
  /** Whether sending it twice does no more than sending it once; GET always is. */
  idempotent?: boolean;
}

/** A body that is no JSON: a file, a form. */
export interface Content {
  /** Media type. */
  type: string;
  data: string | Uint8Array;
}

/** What came back, whatever its status. */
export interface ApiAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The parsed JSON body, or the bytes if they were asked for; undefined when there is none. */
  body: unknown;
}

/** The path with its placeholders filled, each value encoded as one segment. */
export function fillPath({ path, params }: Pick<ApiRequest, 'path' | 'params'>): string {
  return path.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    params && name in params ? encodeURIComponent(params[name]!) : placeholder,
  );
}
