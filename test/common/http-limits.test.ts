import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createRequester } from '#common/http/index.js';
import { startTestServer, type TestServer } from '../support/http-server.js';

const MB = 1024 * 1024;
/** Fast: the best quality of Brotli takes seconds. */
const brotli = (bytes: Buffer) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
const quick = { attempts: 3, baseMs: 1, maxMs: 10 };
let server: TestServer;
afterEach(() => server?.close());

/** A requester to a server, with the limit that clients have unless a test gives a smaller one. */
function requesterTo(url: string, maxBytes?: number) {
  return createRequester('DHIS2', { baseUrl: url, timeoutMs: 20_000, maxBytes }, quick);
}

describe('an answer without end', () => {
  it('of 200 MB is not read to its end, and not requested again', async () => {
    const piece = Buffer.alloc(MB, 32);
    let sent = 0;
    server = await startTestServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const more = (): void => {
        while (sent < 200 && !response.destroyed) {
          sent += 1;
          if (!response.write(piece)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    const request = requesterTo(server.url).send({ method: 'GET', path: '/organisationUnits' });
    await expect(request).rejects.toMatchObject({
      code: 'ANSWER_TOO_LARGE',
      message:
        "DHIS2's answer to GET /organisationUnits is larger than 128 MB; the rest was not read.",
      fix: expect.stringContaining('Read less at once'),
    });
    expect(server.requests).toHaveLength(1);
    expect(sent).toBeLessThan(200);
  });

  it.each([
    ['good', 'gzip', 200, gzipSync],
    ['good', 'deflate', 200, deflateSync],
    ['good', 'br', 200, brotli],
    // language-common leaves these compressed.
    ['bad', 'gzip', 409, gzipSync],
  ] as const)(
    'that a %s answer of a few kilobytes (%s) inflates to is not inflated to its end',
    async (_, encoding, status, compress) => {
      const bomb = compress(Buffer.alloc(64 * MB));
      expect(bomb.length).toBeLessThan(MB / 8);
      server = await startTestServer((_request, response) =>
        response
          .writeHead(status, { 'Content-Type': 'application/json', 'Content-Encoding': encoding })
          .end(bomb),
      );
      const request = requesterTo(server.url, 4 * MB).send({ method: 'GET', path: '/me' });
      await expect(request).rejects.toMatchObject({
        code: 'ANSWER_TOO_LARGE',
        message: expect.stringContaining('larger than 4 MB'),
      });
    },
  );

  it.each([
    ['deflate', deflateSync],
    ['br', brotli],
  ] as const)(
    'that a bad answer holds in %s, which was not asked for, is not inflated at all',
    async (encoding, compress) => {
      server = await startTestServer((_request, response) =>
        response
          .writeHead(409, { 'Content-Type': 'application/json', 'Content-Encoding': encoding })
          .end(compress(Buffer.alloc(64 * MB))),
      );
      const request = requesterTo(server.url, 4 * MB).send({ method: 'GET', path: '/me' });
      await expect(request).rejects.toMatchObject({ code: 'NOT_JSON' });
    },
  );

  it('does not affect one of exactly the allowed size', async () => {
    const body = JSON.stringify('x'.repeat(MB - 2));
    for (const [status, encoding] of [
      [200, undefined],
      [200, 'gzip'],
      [409, 'gzip'],
    ] as const) {
      server = await startTestServer((_request, response) =>
        response
          .writeHead(status, {
            'Content-Type': 'application/json',
            ...(encoding ? { 'Content-Encoding': encoding } : {}),
          })
          .end(encoding ? gzipSync(body) : body),
      );
      const answer = await requesterTo(server.url, MB).send({ method: 'GET', path: '/x' });
      expect(answer.body).toHaveLength(MB - 2);
      await server.close();
    }
  });
});
