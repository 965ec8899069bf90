import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What a test does to requests on their way. */
export interface ProxyHooks {
  /** Called before a request is passed on; may change its address. */
  onRequest?: (url: URL, method: string) => void;
  /** Answers with status 418 instead of the server, before or after the server has handled the request. */
  stop?: (url: URL, method: string) => 'before' | 'after' | undefined;
  /** Answers instead of the server, which never sees the request. */
  refuse?: (
    url: URL,
    method: string,
    sent: Uint8Array | undefined,
  ) => { status: number; body: object } | undefined;
  /**
   * Delivers a request twice, as a proxy does that has lost the first answer: the second one is passed
   * on.
   */
  twice?: (url: URL, method: string) => boolean;
  /** Called with a JSON answer; returns what is passed on instead. */
  onAnswer?: (body: unknown, url: URL, method: string) => unknown;
}

/** Headers that are passed on; the others are of the connection. */
const PASSED = ['authorization', 'content-encoding', 'content-type', 'x-requested-with', 'accept'];

/** Starts a proxy in front of a server; it ends with the test. */
export async function startProxy(target: string, hooks: ProxyHooks): Promise<{ url: string }> {
  const proxy = createServer(async (request, response) => {
    const url = new URL(request.url!, target);
    const method = request.method!;
    hooks.onRequest?.(url, method);
    const body = method === 'GET' ? undefined : await readBody(request);
    const refusal = hooks.refuse?.(url, method, body);
    if (refusal) {
      response.writeHead(refusal.status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(refusal.body));
      return;
    }
    const stop = hooks.stop?.(url, method);
    const refuse = () => response.writeHead(418, { 'Content-Type': 'application/json' }).end('{}');
    if (stop === 'before') {
      refuse();
      return;
    }
    const headers = PASSED.map(name => [name, request.headers[name]]).filter(([, value]) => value);
    const deliver = () =>
      fetch(url, {
        method,
        headers: Object.fromEntries(headers),
        redirect: 'manual',
        ...(body ? { body } : {}),
      });
    if (hooks.twice?.(url, method)) await (await deliver()).text();
    const answer = await deliver();
    const text = await answer.text();
    if (stop === 'after') {
      refuse();
      return;
    }
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    const passed =
      isJson && hooks.onAnswer ? hooks.onAnswer(JSON.parse(text), url, method) : undefined;
    response.writeHead(answer.status, {
      'Content-Type': answer.headers.get('content-type') ?? 'text/plain',
    });
    response.end(passed === undefined ? text : JSON.stringify(passed));
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    proxy.closeAllConnections();
    await new Promise(resolve => proxy.close(resolve));
  });
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
}

async function readBody(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}
