import type { Content } from './request-types.js';

/** One field of a form: a text, or a file. */
export interface FormPart {
  name: string;
  /** Present: the field is a file. */
  fileName?: string;
  data: string | Uint8Array;
}

/**
 * Writes a form in the format of RFC 7578. Written by hand because a hosted platform gives jobs no
 * FormData.
 *
 * @example
 * multipart([{ name: 'file', fileName: 'cases.json', data: '[]' }, { name: 'model', data: 'case' }]);
 */
export function multipart(parts: readonly FormPart[]): Content {
  const contents = parts.map(({ data }) =>
    typeof data === 'string' ? Buffer.from(data, 'utf8') : Buffer.from(data),
  );
  const boundary = unusedBoundary(contents);
  const pieces = parts.flatMap((part, index) => [
    Buffer.from(`--${boundary}\r\n${headOf(part)}\r\n\r\n`, 'utf8'),
    contents[index]!,
    Buffer.from('\r\n'),
  ]);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    data: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

function headOf({ name, fileName }: FormPart): string {
  const head = `Content-Disposition: form-data; name="${escapeName(name)}"`;
  if (fileName === undefined) return head;
  return `${head}; filename="${escapeName(fileName)}"\r\nContent-Type: application/octet-stream`;
}

/** The three characters that would end a name (RFC 7578 §2, as browsers write them). */
function escapeName(name: string): string {
  return name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function unusedBoundary(contents: readonly Buffer[]): string {
  for (let number = 0; ; number += 1) {
    const boundary = `part-of-form-${number}`;
    if (!contents.some(content => content.includes(boundary))) return boundary;
  }
}
