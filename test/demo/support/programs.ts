import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

export const ROOT = path.resolve(import.meta.dirname, '../../..');
const DIST = path.join(ROOT, 'sandbox', 'dist');

/** A folder that is removed after the test. */
export function createFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'sandbox-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A program that has ended. */
export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs one of the sandbox's programs until it ends. */
export function runProgram(name: 'main' | 'demo', args: string[]): Promise<Ended> {
  return startProgram(name, args).ended;
}

export interface Started {
  child: ChildProcess;
  ended: Promise<Ended>;
}

/**
 * Starts one of the sandbox's programs; `ipc` connects it to this process, as the demonstration
 * does.
 */
export function startProgram(
  name: string,
  args: string[],
  tie: 'ipc' | 'ignore' = 'ignore',
): Started {
  const child = spawn(process.execPath, [path.join(DIST, `${name}.js`), ...args], {
    cwd: ROOT,
    env: { ...process.env, CI: '1' },
    stdio: ['ignore', 'pipe', 'pipe', tie],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const output = { stdout: '', stderr: '' };
  child.stdout!.setEncoding('utf8').on('data', text => {
    output.stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', text => {
    output.stderr += text;
  });
  // Not the event `close`, which a connected process never emits after it is disconnected.
  const ended = Promise.all([
    once(child, 'exit'),
    once(child.stdout!, 'close'),
    once(child.stderr!, 'close'),
  ]).then(([[status]]) => ({ status, ...output }));
  return { child, ended };
}

/** A sandbox that listens, started as a process. */
export interface Sandbox {
  goData: { apiUrl: string; email: string; password: string };
  dhis2: { hostUrl: string; username: string; password: string };
  child: ChildProcess;
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** Starts the sandbox program and reads the line that it prints when both servers listen. */
export async function startSandbox(args: string[]): Promise<Sandbox> {
  const { child, ended } = startProgram('main', [...args, '--json']);
  const line = await Promise.race([once(child.stdout!, 'data'), ended]);
  if (!Array.isArray(line)) throw new Error(`The sandbox did not start: ${line.stderr}`);
  return {
    ...JSON.parse(String(line[0])),
    child,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Logs in to the sandbox's Go.Data and reads a list. */
export async function readGoData<T>({ goData }: Sandbox, route: string): Promise<T> {
  const { apiUrl, email, password } = goData;
  const login = await fetch(`${apiUrl}/users/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const { id } = (await login.json()) as { id: string };
  const answer = await fetch(`${apiUrl}${route}`, { headers: { authorization: id } });
  return (await answer.json()) as T;
}

/** Sends a request to the sandbox's DHIS2. */
export async function askDhis2<T>({ dhis2 }: Sandbox, route: string, body?: unknown): Promise<T> {
  const { hostUrl, username, password } = dhis2;
  const answer = await fetch(`${hostUrl}/api${route}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      'content-type': 'application/json',
      'x-requested-with': 'XMLHttpRequest',
    },
    body: body ? JSON.stringify(body) : undefined,
  });
  return (await answer.json()) as T;
}
