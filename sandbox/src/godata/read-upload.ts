import type { GoDataRequest } from './context.js';

/**
 * The text of a file in a multipart body. As in the real server's parser, a part with a `filename`,
 * even an empty one, is a file; a part without one is a plain field and is not found here.
 *
 * @param name of the form's field
 * @returns undefined if the body has no such file, or is not multipart
 */
export async function readUpload(c: GoDataRequest, name: string): Promise<string | undefined> {
  const type = c.req.header('content-type') ?? '';
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (!type.toLowerCase().includes('multipart/') || boundary === undefined) return undefined;
  const body = Buffer.from(await c.req.arrayBuffer());
  for (const { headers, content } of partsOf(body, boundary)) {
    const [, disposition = ''] = /^content-disposition:(.*)$/im.exec(headers) ?? [];
    const isFile = parameter(disposition, 'filename') !== undefined;
    if (isFile && parameter(disposition, 'name') === name) return content.toString('utf8');
  }
  return undefined;
}

interface Part {
  headers: string;
  content: Buffer;
}

/** The parts between the boundaries; text before the first and after the last boundary is not a part. */
function* partsOf(body: Buffer, boundary: string): Iterable<Part> {
  const delimiter = `\r\n--${boundary}`;
  let start = body.indexOf(delimiter.slice(2));
  while (start !== -1) {
    const headersAt = body.indexOf('\r\n', start) + 2;
    const contentAt = body.indexOf('\r\n\r\n', headersAt - 2) + 4;
    const end = body.indexOf(delimiter, contentAt - 2);
    // The last boundary ends with two dashes, and no part follows it.
    if (headersAt === 1 || contentAt === 3 || end === -1) return;
    yield {
      headers: body.toString('utf8', headersAt, contentAt),
      content: body.subarray(contentAt, Math.max(contentAt, end)),
    };
    start = end + 2;
  }
}

function parameter(disposition: string, name: string): string | undefined {
  const expression = new RegExp(`[;\\s]${name}=(?:"([^"]*)"|([^;\\s]+))`, 'i');
  const [, quoted, plain] = expression.exec(disposition) ?? [];
  return quoted ?? plain;
}
