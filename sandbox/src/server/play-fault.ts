import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { HttpBindings } from '@hono/node-server';
import type { FaultRule } from './faults.js';

/** How faults change the application's tokens: all of them together. */
export interface TokenFaults {
  /** Every token becomes older than its life. */
  expire(): void;
  /** Every token is removed. */
  kill(): void;
}

/** What a fault needs: the handler, which it may or may not call, and the connection. */
export interface FaultStage {
  handle(): Promise<Response>;
  connection: HttpBindings;
  tokens: TokenFaults | undefined;
}

/** A promise that never settles: the client gets no answer until one side closes the connection. */
export function noAnswer(): Promise<never> {
  return new Promise(() => {});
}

/**
 * Plays a fault instead of, before or after handling a request.
 *
 * @throws Error if the fault concerns tokens and the server has none
 */
export function playFault(rule: FaultRule, stage: FaultStage): Promise<Response> {
  switch (rule.kind) {
    case 'status':
      return Promise.resolve(statusResponse(rule));
    case 'html':
      return Promise.resolve(proxyPage(rule.status ?? 502));
    case 'hang':
      return noAnswer();
    case 'cut':
      return cutConnection(rule.when ?? 'before', stage);
    case 'slow':
      return sleep(rule.delayMs ?? 1000, undefined, { ref: false }).then(() => stage.handle());
    case 'truncate':
      return stage.handle().then(halfOf);
    case 'expire-token':
      tokensOf(stage).expire();
      return stage.handle();
    case 'kill-token':
      tokensOf(stage).kill();
      return stage.handle();
  }
}

function statusResponse({ status = 503, headers = {}, body = '' }: FaultRule): Response {
  if (typeof body === 'string') return new Response(body, { status, headers });
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return new Response(JSON.stringify(body), { status, headers: { ...type, ...headers } });
}

function proxyPage(status: number): Response {
  const title = status < 400 ? 'Please sign in' : `${status} Bad Gateway`;
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body><h1>${title}</h1></body>\r\n</html>\r\n`;
  return new Response(page, { status, headers: { 'content-type': 'text/html' } });
}

async function cutConnection(
  when: 'before' | 'during' | 'after',
  { handle, connection }: FaultStage,
): Promise<never> {
  const { incoming, outgoing } = connection;
  if (when !== 'before') {
    const response = await handle();
    if (when === 'during') {
      const body = await plainBody(response);
      const type = response.headers.get('content-type') ?? 'application/json';
      outgoing.writeHead(response.status, { 'content-type': type, 'content-length': body.length });
      const half = body.subarray(0, Math.ceil(body.length / 2));
      await new Promise(resolve => outgoing.write(half, resolve));
    }
  }
  incoming.socket.destroy();
  return noAnswer();
}

/** Acts as a proxy that cuts the body and corrects the length: HTTP is intact, the JSON is not. */
async function halfOf(response: Response): Promise<Response> {
  const body = await plainBody(response);
  const headers = new Headers(response.headers);
  for (const name of ['content-length', 'content-encoding', 'vary']) headers.delete(name);
  const half = body.subarray(0, Math.floor(body.length / 2));
  return new Response(new Uint8Array(half), { status: response.status, headers });
}

async function plainBody(response: Response): Promise<Buffer> {
  const body = Buffer.from(await response.arrayBuffer());
  return response.headers.get('content-encoding') === 'gzip' ? gunzipSync(body) : body;
}

function tokensOf({ tokens }: FaultStage): TokenFaults {
  if (!tokens) throw new Error('This sandbox server has no tokens to expire or revoke.');
  return tokens;
}
