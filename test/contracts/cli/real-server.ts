import { MAKES_THE_WORLD, type Outcome } from '../dhis2/replay/replay.js';
import type { Target } from '../dhis2/replay/session.js';
import { inRealTime } from '../dhis2/replay/session.js';
import type { ServerOptions } from './options.js';

/** A server that the command refuses to send its requests to; the message says why. */
export class ServerRefused extends Error {}

/** What is known about a real server before the comparison. */
export interface RealServer {
  target: Target;
  /** As the server reports it: `2.43.1`. */
  version: string;
}

/**
 * Checks whether a real server answers, its version and date, and the account.
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
 * Checks that a server has no data that the recorded requests could damage.
 * @throws ServerRefused when it has an org unit
 */
export async function requireEmpty(server: Pick<ServerOptions, 'url' | 'admin'>): Promise<void> {
  const path = '/api/organisationUnits?fields=id&pageSize=1';
  const { pager } = await read(server, path);
  const total = (pager as { total?: unknown } | undefined)?.total;
  if (total === 0) return;
  throw new ServerRefused(
    `${server.url} has ${total} org units. The recorded requests write and delete data: they are sent only to a server without any org unit, such as a new installation. Use --reads to compare by reading alone.`,
  );
}

/**
 * Checks that a server has accepted the world that all later requests are about.
 * @throws ServerRefused when it has refused a part of it
 */
export function requireWorld({ recording, verdict, differences }: Outcome): void {
  if (!MAKES_THE_WORLD.includes(recording.pair)) return;
  if (verdict !== 'stricter' && verdict !== 'unknown') return;
  const said = differences.map(({ real, ours }) => `${ours} instead of ${real}`).join(', ');
  throw new ServerRefused(
    `The server does not accept the recorded world (${recording.name}: ${said}). The other requests need that world and were not sent. The server keeps the part that it accepted.`,
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
      `${url}${path} answers ${response.status}, unlike a DHIS2 for this account. Check the address, the user and the password.`,
    );
  }
  return JSON.parse(text);
}
