import { request as sendRequest } from '@openfn/language-common/util';
import { gunzip } from './gunzip.js';
import { createCollector, readAll } from './read-body.js';
import { type ApiRequest, fillPath } from './request-types.js';

/** One HTTP exchange, unread: status, headers, and the body inflated. */
export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Uint8Array;
}

/** The server and the limits of a request. */
export interface Endpoint {
  /** API root without a slash at its end, `https://host/api`. */
  baseUrl: string;
  /** Headers of every request, which none of them can replace: the login, where it is a header. */
  headers?: Record<string, string>;
  /** Milliseconds without an answer, and between two pieces of one. */
  timeoutMs: number;
  /** Largest answer in bytes, both as it travels and inflated. @default 128 MiB */
  maxBytes?: number;
}

/**
 * Far above the largest answer that either system has a reason to give (100,000 org units are 20
 * MB), and far below what ends the process: an answer is held several times while it is parsed.
 */
const MAX_ANSWER_BYTES = 128 * 1024 * 1024;

/**
 * Sends one request and reads the whole body. Every status is an answer, redirects included; only a
 * lost connection throws, and a body above the limit.
 *
 * The network is used only through language-common, the HTTP client that every OpenFn host has.
 * Compressed answers are requested: Go.Data's JSON shrinks tenfold. language-common inflates most
 * of them; what it returns compressed (errors, or everything in older releases) is inflated here.
 */
export async function sendOnce(endpoint: Endpoint, request: ApiRequest): Promise<RawAnswer> {
  const body = bodyOf(request);
  const response = await sendRequest(request.method, endpoint.baseUrl + fillPath(request), {
    query: definedOnly(request.query ?? {}),
    headers: headersOf(
      endpoint,
      request,
      request.compress !== undefined && typeof body === 'object',
    ),
    body,
    timeout: request.timeoutMs ?? endpoint.timeoutMs,
    errors: false,
    parseAs: 'stream',
    throwOnUnhandledRedirect: false,
  });
  const { statusCode, headers } = response;
  const limit = endpoint.maxBytes ?? MAX_ANSWER_BYTES;
  const bytes = await readAll(response.body, (request.collect ?? createCollector)(limit));
  const isFile = request.answer === 'bytes';
  return {
    status: statusCode,
    headers,
    bytes: isCompressed(bytes, isFile, headers['content-encoding']) ? gunzip(bytes, limit) : bytes,
  };
}

/** In lower case, so that a header of the caller replaces ours, whatever its case. */
function headersOf(
  endpoint: Endpoint,
  { headers, body, content, answer }: ApiRequest,
  isGzip: boolean,
): Record<string, string> {
  const type = content?.type ?? (body === undefined ? undefined : 'application/json');
  return {
    accept: answer === 'bytes' ? '*/*' : 'application/json',
    'accept-encoding': 'gzip',
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(isGzip ? { 'content-encoding': 'gzip' } : {}),
    ...Object.fromEntries(
      Object.entries({ ...headers, ...endpoint.headers }).map(([name, value]) => [
        name.toLowerCase(),
        value,
      ]),
    ),
  };
}

function bodyOf({ body, content, compress }: ApiRequest): string | Buffer | undefined {
  if (content) return typeof content.data === 'string' ? content.data : Buffer.from(content.data);
  if (body === undefined) return undefined;
  const text = JSON.stringify(body);
  return compress?.(text) ?? text;
}

function definedOnly(query: NonNullable<ApiRequest['query']>) {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

/**
 * A gzip file starts with 1f 8b (RFC 1952); JSON and HTML never do. A downloaded file may be gzip
 * itself: it stays as it is, unless the header says that it was compressed for transport.
 */
function isCompressed(bytes: Buffer, isFile: boolean, encoding: unknown): boolean {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return false;
  return !isFile || /gzip/.test(String(encoding));
}
