import { type RunningDhis2, startDhis2 } from '../dhis2/index.js';
import { DEFAULT_USER, type RunningGoData, startGoData } from '../godata/index.js';
import { UsageError } from '../input/usage-error.js';
import type { Content } from './content.js';
import type { SandboxOptions } from './options.js';

/** Both servers, listening. */
export interface Servers {
  goData: RunningGoData;
  dhis2: RunningDhis2;
}

/** How to log in to both, in the form of a credentials file. */
export interface Credentials {
  goData: { apiUrl: string; email: string; password: string };
  dhis2: { hostUrl: string; username: string; password: string };
}

type ServerOptions = Pick<
  SandboxOptions,
  'godataPort' | 'dhis2Port' | 'godataVersion' | 'dhis2Version' | 'dhis2Cost' | 'godataCost'
>;

/**
 * Starts both servers.
 *
 * @throws UsageError if a port cannot be used
 */
export async function startServers(content: Content, options: ServerOptions): Promise<Servers> {
  const { godataPort, dhis2Port, godataVersion, dhis2Version, dhis2Cost, godataCost } = options;
  const goData = await listen('--godata-port', godataPort, () =>
    startGoData({
      seed: content.goData,
      version: godataVersion,
      port: godataPort,
      ...(godataCost ? { cost: godataCost } : {}),
    }),
  );
  const dhis2 = await listen('--dhis2-port', dhis2Port, () =>
    startDhis2({
      seed: content.dhis2,
      version: dhis2Version,
      port: dhis2Port,
      ...(dhis2Cost ? { cost: dhis2Cost } : {}),
    }),
  );
  return { goData, dhis2 };
}

async function listen<T>(option: string, port: number, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const reason = PORT_PROBLEMS[(error as NodeJS.ErrnoException).code ?? ''];
    if (!reason) throw error;
    throw new UsageError(
      `${option}: port ${port} ${reason}.`,
      `Give ${option} another number, or omit it for any free port.`,
    );
  }
}

const PORT_PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'may only be used by an administrator',
};

/** The accounts of both servers that the workflows use. */
export function readCredentials({ goData, dhis2 }: Servers): Credentials {
  const account = goData.store.users.get(DEFAULT_USER.id);
  const [user] = dhis2.store.users;
  return {
    goData: {
      apiUrl: `${goData.url}/api`,
      email: account!.email,
      password: account!.password,
    },
    dhis2: { hostUrl: dhis2.url, username: user!.username, password: user!.password },
  };
}
