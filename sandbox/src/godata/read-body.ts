import type { GoDataRequest } from './context.js';
import { ApiError } from './errors.js';
import type { JsonObject } from './types.js';

/** Limit of JSON and form bodies (godata FACTS §7). */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * The body of a request: JSON or a form. Any other content type is ignored, so that a text creates
 * an empty record (r264).
 *
 * @throws ApiError 413 above 10 MB, 400 for broken JSON (r005)
 */
export async function readBody(c: GoDataRequest): Promise<JsonObject | JsonObject[]> {
  if (Number(c.req.header('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const type = c.req.header('content-type') ?? '';
  const isForm = type.includes('application/x-www-form-urlencoded');
  if (!isForm && !type.includes('json')) return {};
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > MAX_BODY_BYTES) throw tooLarge();
  const text = Buffer.from(bytes).toString('utf8');
  return isForm ? Object.fromEntries(new URLSearchParams(text)) : parseJson(text);
}

/** The body of a request whose route expects one object; a list counts as no body. */
export async function readObject(c: GoDataRequest): Promise<JsonObject> {
  const body = await readBody(c);
  return Array.isArray(body) ? {} : body;
}

function parseJson(text: string): JsonObject | JsonObject[] {
  if (text.trim() === '') return {};
  try {
    const value = JSON.parse(text);
    if (value !== null && typeof value === 'object') return value;
  } catch (error) {
    throw new ApiError(400, (error as Error).message, { name: 'SyntaxError' });
  }
  // The real parser is strict: a body is an object or a list.
  throw new ApiError(400, `Unexpected token '${text.trim()[0]}', "${text}" is not valid JSON`, {
    name: 'SyntaxError',
  });
}

function tooLarge(): ApiError {
  return new ApiError(413, 'request entity too large', { name: 'PayloadTooLargeError' });
}
