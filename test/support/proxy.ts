import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What a test does to requests on their way. */
export interface ProxyHooks {
  /** Called before a request is passed on; may change its address. */
  onRequest?: (url: URL, method: string) => void;
  /** Answers with status 418 instead of the server, before or after the server has handled the request. */
  stop?: (url: URL, method: string) => 'before' | 'after' | undefined;
  /** Answers instead of the server, which never sees the request; bytes are sent as they are. */
  refuse?: (
    url: URL,
    method: string,
    sent: Uint8Array | undefined,
  ) => { status: number; body: object; headers?: Record<string, string> } | undefined;
  /**
   * Delivers a request twice, as a proxy does that has lost the first answer: the second one is passed
   * on.
   */
  twice?: (url: URL, method: string) => boolean;
  /** Called when the server has handled a request, before its answer is passed on. */
  onHandled?: () => void;
  /** Called with a JSON answer; returns what is passed on instead. */
  onAnswer?: (body: unknown, url: URL, method: string) => unknown;
}

/** Headers that are passed on; the others are of the connection. */
const PASSED = ['authorization', 'content-encoding', 'content-type', 'x-requested-with', 'accept'];

/** A running proxy. */
export interface RunningProxy {
  url: string;
  /** Ends all connections without an answer and refuses new ones, as a server that was stopped. */
  down(): void;
  /** Listens again, at the same address. */
  up(): Promise<void>;
}

/** Starts a proxy in front of a server; it ends with the test. */
export async function startProxy(target: string, hooks: ProxyHooks): Promise<RunningProxy> {
  const proxy = createServer(async (request, response) => {
    const url = new URL(request.url!, target);
    const method = request.method!;
    hooks.onRequest?.(url, method);
    const body = method === 'GET' ? undefined : await readBody(request);
    const refusal = hooks.refuse?.(url, method, body);
    if (refusal) {
      const { status, body: answer, headers } = refusal;
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(answer instanceof Uint8Array ? answer : JSON.stringify(answer));
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
    hooks.onHandled?.();
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
  const listen = (port: number) =>
    new Promise<void>(resolve => proxy.listen(port, '127.0.0.1', resolve));
  const down = () => {
    proxy.close();
    proxy.closeAllConnections();
  };
  await listen(0);
  onTestFinished(down);
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    down,
    up: () => (proxy.listening ? Promise.resolve() : listen(port)),
  };
}

async function readBody(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}
