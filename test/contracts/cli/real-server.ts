import { MAKES_THE_WORLD, type Outcome } from '../dhis2/replay/replay.js';
import type { Target } from '../dhis2/replay/session.js';
import { inRealTime } from '../dhis2/replay/session.js';
import type { ServerOptions } from './options.js';

/** A server that the command does not send its requests to; the message says why. */
export class ServerRefused extends Error {}

/** What is known of a real server before anything is compared. */
export interface RealServer {
  target: Target;
  /** As the server says it: `2.43.1`. */
  version: string;
}

/**
 * Looks at a real server: whether it answers, its version and day, and the account.
 * @throws ServerRefused
 */
export async function lookAt({ url, admin }: ServerOptions): Promise<RealServer> {
  const info = await read({ url, admin }, '/api/system/info');
  const me = await read({ url, admin }, '/api/me?fields=id');
  const day = String(info.serverDate).slice(0, 10);
  const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  const target = { url, admin, adminId: String(me.id), days: [day, next], wait: inRealTime };
  return { target, version: String(info.version) };
}

/**
 * Makes sure that a server holds nothing that the recorded requests could spoil.
 * @throws ServerRefused when it has an org unit
 */
export async function requireEmpty(server: Pick<ServerOptions, 'url' | 'admin'>): Promise<void> {
  const path = '/api/organisationUnits?fields=id&pageSize=1';
  const { pager } = await read(server, path);
  const total = (pager as { total?: unknown } | undefined)?.total;
  if (total === 0) return;
  throw new ServerRefused(
    `${server.url} has ${total} org units. The recorded requests write to the server and delete there: they are sent only to one without any org unit, such as a new installation. --reads compares what can be compared by reading alone.`,
  );
}

/**
 * Makes sure that a server has taken the world that all later requests are about.
 * @throws ServerRefused when it has refused a part of it
 */
export function requireWorld({ recording, verdict, differences }: Outcome): void {
  if (!MAKES_THE_WORLD.includes(recording.pair)) return;
  if (verdict !== 'stricter' && verdict !== 'unknown') return;
  const said = differences.map(({ real, ours }) => `${ours} instead of ${real}`).join(', ');
  throw new ServerRefused(
    `The server does not take the recorded world (${recording.name}: ${said}). The other requests are about that world, and were not sent. What it did take is still there.`,
  );
}

type Credentials = Pick<ServerOptions, 'url' | 'admin'>;

async function read({ url, admin }: Credentials, path: string): Promise<Record<string, unknown>> {
  const secret = Buffer.from(`${admin.username}:${admin.password}`).toString('base64');
  const headers = { authorization: `Basic ${secret}`, 'x-requested-with': 'XMLHttpRequest' };
  let response: Response;
  try {
    response = await fetch(url + path, { headers, redirect: 'manual' });
  } catch {
    throw new ServerRefused(`No server answers at ${url}.`);
  }
  const text = await response.text();
  if (response.status !== 200 || !text.startsWith('{')) {
    throw new ServerRefused(
      `${url}${path} answers ${response.status}, not as DHIS2 does to this account. Check the address, and the user and password.`,
    );
  }
  return JSON.parse(text);
}
