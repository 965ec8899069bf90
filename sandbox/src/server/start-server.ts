import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { compressResponse, DEFAULT_GZIP_THRESHOLD } from './compression.js';
import { type FaultSchedule, Faults } from './faults.js';
import { playFault, type TokenFaults } from './play-fault.js';
import { type IsWrite, RequestLog } from './request-log.js';
import { routeTemplate, type ServedApp } from './route-template.js';

export interface RunningServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  url: string;
  port: number;
  requests: RequestLog;
  faults: Faults;
  /** Stops listening and destroys every connection, kept alive or waiting. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** @default 0, any free port */
  port?: number;
  /** Loopback only, because these servers have well-known passwords. */
  host?: '127.0.0.1';
  faults?: FaultSchedule;
  /** Bytes above which answers are compressed; `Infinity` for never. @default 1024 */
  gzipThreshold?: number;
  /** Which requests the log counts as writes. @default by method, without logins */
  isWrite?: IsWrite;
  /** Source of the time in the header `Date`. @default the system's clock */
  clock?: () => Date;
  /** How the faults `expire-token` and `kill-token` reach the application's tokens. */
  tokens?: TokenFaults;
}

/** Longer than any client keeps an idle connection, so that none is closed during a new request. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Serves an application over real HTTP on loopback, with a log of its requests, and faults on
 * request. URL and headers above 16 KB get Node's own 431.
 *
 * @throws Error if the port is in use
 * @example
 * const server = await startServer(app, { faults: [{ kind: 'hang', at: 2 }] });
 * await fetch(`${server.url}/status`);
 * await server.close();
 */
export async function startServer(
  app: ServedApp,
  options: ServerOptions = {},
): Promise<RunningServer> {
  const requests = new RequestLog(options.isWrite);
  const faults = new Faults(options.faults);
  const { clock } = options;
  const threshold = options.gzipThreshold ?? DEFAULT_GZIP_THRESHOLD;

  const answer = async (request: Request, connection: HttpBindings): Promise<Response> => {
    const method = request.method;
    const url = connection.incoming.url ?? '/';
    const route = routeTemplate(app, method, new URL(request.url).pathname);
    const entry = requests.add({ method, route, url: withoutToken(url) });
    connection.outgoing.once('close', () => requests.end());
    const handle = async () => app.fetch(request, { ...connection, gzipThreshold: threshold });
    const rule = faults.next(route);
    if (rule) entry.fault = rule.kind;
    const stage = { handle, connection, tokens: options.tokens };
    const response = await (rule ? playFault(rule, stage) : handle());
    entry.status = response.status;
    // Tomcat and Node both set it from the clock of the machine.
    if (clock) connection.outgoing.setHeader('date', clock().toUTCString());
    if (method === 'HEAD') return response;
    return compressResponse(response, connection.incoming.headers['accept-encoding'], threshold);
  };

  const listener = getRequestListener(
    (request, connection) => answer(request, connection as HttpBindings),
    { errorHandler: error => new Response(String(error), { status: 500 }) },
  );
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, listener);
  server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, requests, faults, close: () => stop(server) };
}

function withoutToken(url: string): string {
  return url.replace(/([?&]access_token=)[^&]*/g, '$1***');
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close(error => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
