import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'hono';

const compress = promisify(gzip);

/** Level 1: for these answers the size is within a fifth of level 6, and it costs less time. */
const GZIP_LEVEL = 1;

/** Bytes above which an answer is compressed, as the middleware of both real servers does. */
export const DEFAULT_GZIP_THRESHOLD = 1024;

/** Whether the client takes gzip. */
function acceptsGzip(acceptEncoding: string | null | undefined): boolean {
  return /(^|,)\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*(,|$))|,|$)/i.test(acceptEncoding ?? '');
}

/**
 * Sends a large JSON answer quickly: as text, compressed without a stream. Small answers may use
 * `c.json`; the server compresses those that need it.
 *
 * @example
 * app.get('/api/cases', c => sendJson(c, rows));
 */
export async function sendJson(c: Context, value: unknown, status = 200): Promise<Response> {
  // The server that runs the application sets it; an application without a server has no
  // environment.
  const { gzipThreshold = DEFAULT_GZIP_THRESHOLD } = (c.env ?? {}) as { gzipThreshold?: number };
  const body = Buffer.from(JSON.stringify(value));
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    // Tells `compressResponse` that the decision is made here.
    vary: 'Accept-Encoding',
  };
  if (body.length <= gzipThreshold || !acceptsGzip(c.req.header('accept-encoding'))) {
    return c.body(body, status as 200, headers);
  }
  headers['content-encoding'] = 'gzip';
  return c.body(await compress(body, { level: GZIP_LEVEL }), status as 200, headers);
}

/**
 * Compresses an answer that is large enough and not yet compressed.
 *
 * @param threshold bytes; `Infinity` switches compression off
 */
export async function compressResponse(
  response: Response,
  acceptEncoding: string | null | undefined,
  threshold: number,
): Promise<Response> {
  if (response.headers.has('vary') || !acceptsGzip(acceptEncoding)) return response;
  if (response.headers.has('content-encoding')) return response;
  if ([204, 304].includes(response.status)) return response;
  const body = Buffer.from(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set('vary', 'Accept-Encoding');
  headers.delete('content-length');
  if (body.length <= threshold) return new Response(body, { status: response.status, headers });
  headers.set('content-encoding', 'gzip');
  const compressed = await compress(body, { level: GZIP_LEVEL });
  return new Response(compressed, { status: response.status, headers });
}
