import type { Collector } from './read-body.js';

/** The systems that requests go to, as errors name them. */
export type SystemName = 'Go.Data' | 'DHIS2' | 'OpenFn' | 'The server';

/** A request as a client states it. Only `path` ever reaches a log or an error. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the API root, with placeholders: `/outbreaks/{id}/cases`. */
  path: string;
  /** Values of the placeholders; they are encoded here. */
  params?: Record<string, string>;
  /** Query parameters; an array repeats its parameter. */
  query?: Record<string, string | number | boolean | string[] | undefined>;
  /** Sent as JSON. */
  body?: unknown;
  /**
   * Makes a large body smaller: `compressBody`, which sends it as gzip. Few routes accept that, and
   * a bundled job that sends no such request needs no gzip.
   */
  compress?: (text: string) => Buffer | undefined;
  /** Sent unchanged, instead of `body`. */
  content?: Content;
  /** Header names in any case. They override the headers that are set here. */
  headers?: Record<string, string>;
  /** The format of a successful answer: JSON by default. */
  answer?: 'json' | 'bytes';
  /**
   * Takes the answer while it arrives, once for each time that the request is sent; what it leaves is
   * the body. For long lists: `createListReader`.
   */
  collect?: (limit: number) => Collector;
  /** Milliseconds without an answer, if this request takes longer than others. */
  timeoutMs?: number;
  /** Whether sending it twice has the same effect as sending it once. GET always has. */
  idempotent?: boolean;
}

/** A body that is not JSON: a file or a form. */
export interface Content {
  /** Media type. */
  type: string;
  data: string | Uint8Array;
}

/** The answer, whatever its status. */
export interface ApiAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The parsed JSON body, or the bytes if the caller asked for them; undefined if there is none. */
  body: unknown;
}

/** The path with its placeholders filled, each value encoded as one segment. */
export function fillPath({ path, params }: Pick<ApiRequest, 'path' | 'params'>): string {
  return path.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    params && name in params ? encodeURIComponent(params[name]!) : placeholder,
  );
}
