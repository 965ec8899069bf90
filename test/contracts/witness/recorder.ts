import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { SeenRequest } from './seen.js';
import { shapeOf } from './shape.js';

// Loaded into every process of a test run: records the shape of each request that an adaptor sends
// to a DHIS2 and that gets a complete answer (not what tests send with fetch).

/** The parts of undici's requests that its diagnostics channels publish. */
interface Sent {
  origin: string;
  path: string;
  method: string;
  headers: string | string[];
}

interface Exchange {
  sent: Buffer[];
  received: Buffer[];
  status: number;
}

const folder = process.env.WITNESS_FOLDER;

const exchanges = new WeakMap<object, Exchange>();
/** Versions by origin, from the answers to `/system/info`. */
const versions = new Map<string, string>();
/** The servers of this process by port: a later one may get the port of one that was closed. */
const servers = new Map<number, WeakRef<object>>();
const written = new Set<string>();

/** Adaptors identify themselves as programs; `fetch`, which tests use, sends its fetch mode. */
function isFromAdaptor({ headers, path: target }: Sent): boolean {
  const text = Array.isArray(headers) ? headers.join('\n') : String(headers);
  return (
    /x-requested-with/i.test(text) && !/sec-fetch-mode/i.test(text) && target.includes('/api/')
  );
}

function on(channel: string, listener: (message: Record<string, unknown>) => void): void {
  subscribe(channel, message => listener(message as Record<string, unknown>));
}

function note(request: Sent, { sent, received, status }: Exchange): void {
  if (/\/system\/info(\?|$)/.test(request.path) && status === 200) {
    versions.set(request.origin, versionIn(Buffer.concat(received)));
  }
  // A request that the sandbox refuses is not relied on; an import may be refused.
  if (status >= 400 && status !== 409) return;
  const version = versions.get(request.origin) ?? '';
  const shape = shapeOf(request.method, request.path, parsed(Buffer.concat(sent)));
  const seen: SeenRequest = { version, ...shape };
  const line = JSON.stringify(seen);
  if (written.has(line)) return;
  written.add(line);
  appendFileSync(path.join(folder!, `${process.pid}.jsonl`), `${line}\n`);
}

/** Removes the version of a closed server when another one answers at its port. */
function noteServer(server: object, port: number): void {
  if (servers.get(port)?.deref() === server) return;
  servers.set(port, new WeakRef(server));
  for (const origin of versions.keys()) {
    if (origin.endsWith(`:${port}`)) versions.delete(origin);
  }
}

function textOf(bytes: Buffer): string {
  return (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8');
}

function versionIn(bytes: Buffer): string {
  try {
    return String(JSON.parse(textOf(bytes)).version);
  } catch {
    return '';
  }
}

function parsed(bytes: Buffer): unknown {
  const text = textOf(bytes);
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return 'not JSON';
  }
}

if (folder) {
  // A process that runs many commands: servers of an earlier command may have been closed.
  on('test:command', () => versions.clear());
  on('http.server.request.start', ({ server, socket }) => {
    noteServer(server as object, (socket as Socket).localPort ?? 0);
  });
  on('undici:request:create', ({ request }) => {
    if (isFromAdaptor(request as Sent)) {
      exchanges.set(request as object, { sent: [], received: [], status: 0 });
    }
  });
  on('undici:request:bodyChunkSent', ({ request, chunk }) => {
    exchanges.get(request as object)?.sent.push(Buffer.from(chunk as Buffer));
  });
  on('undici:request:headers', ({ request, response }) => {
    const exchange = exchanges.get(request as object);
    if (exchange) exchange.status = (response as { statusCode: number }).statusCode;
  });
  on('undici:request:bodyChunkReceived', ({ request, chunk }) => {
    const isInfo = (request as Sent).path.includes('/system/info');
    if (isInfo) exchanges.get(request as object)?.received.push(Buffer.from(chunk as Buffer));
  });
  on('undici:request:trailers', ({ request }) => {
    const exchange = exchanges.get(request as object);
    if (exchange) note(request as Sent, exchange);
  });
}
