import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import path from 'node:path';
import { PROJECT } from '#test/support/workflow.js';

/** `godata-dhis2 view`, as a user starts it. */
export interface RunningView {
  url: string;
  port: number;
  /** All that it has printed so far. */
  printed(): string;
  /** Sends a signal. @returns exit status */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

const BIN = path.join(PROJECT, 'adaptors/runtime/bin/godata-dhis2.js');

/** Starts the command, and waits for its address. */
export async function startViewCommand(project: string, ...args: string[]): Promise<RunningView> {
  const child: ChildProcess = spawn(
    process.execPath,
    [BIN, 'view', '--no-open', '--project', project, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let printed = '';
  const ended = once(child, 'exit');
  // A test that fails stops nothing.
  const end = () => child.kill();
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: unknown) => {
      printed += chunk;
      const [found] = /http:\S+/.exec(printed) ?? [];
      if (found && printed.includes('Ctrl-C')) resolve(found);
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
    child.once('exit', () => reject(new Error(printed)));
  });
  return {
    url,
    port: Number(new URL(url).port),
    printed: () => printed,
    async stop(signal = 'SIGINT') {
      child.kill(signal);
      return (await ended)[0];
    },
  };
}

/** An answer of the page server. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** A request as it is: neither its path nor its host is tidied. */
export function send(
  { port }: Pick<RunningView, 'port'>,
  given: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: object } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: given, method, headers };
    const sent = request(options, response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', chunk => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, text }),
      );
    });
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}

/** What a browser keeps after it has opened the address: its cookie, and the secret of the page. */
export interface Visit {
  cookie: string;
  /** Headers of a request that the page sends. */
  own: Record<string, string>;
}

/** Opens the address. */
export async function visit(view: RunningView): Promise<Visit> {
  const { pathname, search } = new URL(view.url);
  const { headers } = await send(view, `${pathname}${search}`);
  const cookie = String(headers['set-cookie']).split(';')[0]!;
  const { text } = await send(view, '/', { headers: { cookie } });
  const [, csrf = ''] = /name="csrf" content="([^"]+)"/.exec(text) ?? [];
  const own = { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' };
  return { cookie, own };
}
