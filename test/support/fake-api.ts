import { startTestServer } from './http-server.js';

/** A request as a fake API received it. */
export interface ApiCall {
  method: string;
  path: string;
  query: Record<string, string[]>;
  headers: Record<string, unknown>;
  /** Parsed if it is JSON. */
  body: unknown;
  bytes: Buffer;
}

/** What a route answers: a body, or a status with one. */
export type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };

/** `GET /api/outbreaks/:id` → answers, one for each call; the last one is repeated. */
export type Routes = Record<string, Answer | Answer[] | ((call: ApiCall) => Answer)>;

/** A server with answers from a test, which records its requests. */
export interface FakeApi {
  url: string;
  calls: ApiCall[];
  /** Calls of one route, `PUT /api/cases/:id`. */
  callsOf(route: string): ApiCall[];
  /** Methods and paths in their order, without the logins. */
  log(): string[];
  close(): Promise<void>;
}

/** Starts a fake API. A request without a route is answered with 404, as an error of the test. */
export async function startFakeApi(routes: Routes): Promise<FakeApi> {
  const calls: ApiCall[] = [];
  const counts = new Map<string, number>();
  const patterns = Object.entries(routes).map(([route, answer]) => ({
    route,
    pattern: patternOf(route),
    answer,
  }));
  const server = await startTestServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const call = readCall(request.method!, request.url!, request.headers, Buffer.concat(chunks));
    calls.push(call);
    const found = patterns.find(({ pattern }) => pattern.test(`${call.method} ${call.path}`));
    const count = counts.get(found?.route ?? '') ?? 0;
    counts.set(found?.route ?? '', count + 1);
    const { status = 200, body, headers } = answerOf(found?.answer, call, count);
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(body === undefined || isRaw ? body : JSON.stringify(body));
  });
  return {
    url: server.url,
    calls,
    callsOf: route => calls.filter(call => patternOf(route).test(`${call.method} ${call.path}`)),
    log: () =>
      calls
        .map(({ method, path }) => `${method} ${path}`)
        .filter(line => !line.endsWith('/users/login')),
    close: server.close,
  };
}

function answerOf(answer: Routes[string] | undefined, call: ApiCall, count: number): Answer {
  if (answer === undefined) return { status: 404, body: { error: { message: 'no route' } } };
  if (typeof answer === 'function') return answer(call);
  return Array.isArray(answer) ? answer[Math.min(count, answer.length - 1)]! : answer;
}

function patternOf(route: string): RegExp {
  return new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`);
}

function readCall(
  method: string,
  url: string,
  headers: ApiCall['headers'],
  bytes: Buffer,
): ApiCall {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const query: ApiCall['query'] = {};
  for (const name of new Set(searchParams.keys())) query[name] = searchParams.getAll(name);
  let body: unknown = bytes.toString('utf8');
  try {
    body = JSON.parse(body as string);
  } catch {
    // A form, a file, or nothing.
  }
  return { method, path: decodeURIComponent(pathname), query, headers, body, bytes };
}

/** The login of a fake Go.Data. */
export const GODATA_LOGIN: Routes = {
  'POST /api/users/login': { body: { id: 'token', userId: 'user-1' } },
};

/** The filter of a Go.Data call. */
export function filterOf({ query }: ApiCall): Record<string, unknown> {
  return JSON.parse(query.filter?.[0] ?? '{}');
}
