import { util } from '@openfn/language-common';
import { gunzipSync } from 'fflate';
import { type ApiRequest, fillPath } from './request-types.js';

/** One HTTP exchange, unread: status, headers, and the body as text. */
export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Where and how to send. */
export interface Endpoint {
  /** API root without a slash at its end, `https://host/api`. */
  baseUrl: string;
  /** Milliseconds without an answer, and between two pieces of it. */
  timeoutMs: number;
}

/**
 * Sends one request and reads the whole body. Every status is an answer, redirects included; only a
 * broken connection throws.
 *
 * The network is reached through language-common alone, the one HTTP that every OpenFn host has.
 * Compressed answers are asked for: Go.Data's JSON shrinks tenfold. language-common inflates most
 * of them; what it leaves compressed (errors, or all of it in older releases) is inflated here.
 */
export async function sendOnce(endpoint: Endpoint, request: ApiRequest): Promise<RawAnswer> {
  const content = contentOf(request);
  const response = await util.request(request.method, endpoint.baseUrl + fillPath(request), {
    query: definedOnly(request.query ?? {}),
    headers: {
      Accept: 'application/json',
      'Accept-Encoding': 'gzip',
      ...(content ? { 'Content-Type': content.type } : {}),
      ...request.headers,
    },
    body: content?.text,
    timeout: request.timeoutMs ?? endpoint.timeoutMs,
    errors: false,
    parseAs: 'stream',
    throwOnUnhandledRedirect: false,
  });
  const bytes = await readAll(response.body);
  return { status: response.statusCode, headers: response.headers, text: decode(bytes) };
}

function contentOf({ body, content }: ApiRequest): ApiRequest['content'] {
  if (content || body === undefined) return content;
  return { type: 'application/json', text: JSON.stringify(body) };
}

function definedOnly(query: NonNullable<ApiRequest['query']>) {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

async function readAll(body: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  if (body) for await (const chunk of body) chunks.push(chunk);
  return chunks.length === 1 ? Buffer.from(chunks[0]!) : Buffer.concat(chunks);
}

/** A gzip member starts with 1f 8b (RFC 1952), which no JSON or HTML text does. */
function decode(bytes: Buffer): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  return Buffer.from(gunzipSync(bytes)).toString('utf8');
}
