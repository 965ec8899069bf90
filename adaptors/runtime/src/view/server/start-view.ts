import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { configurationError, type IntegrationError } from '#common/reporting/errors.js';
import { createRoutes, type Shown } from './routes.js';
import { createSession } from './session.js';

/** A page server that runs. */
export interface RunningView {
  /** The address with its token, which opens the page once. */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts the page server on this machine's own address; nobody else can reach it.
 *
 * @param port 0 for any free one
 * @throws IntegrationError `PORT_IN_USE`, `PORT_REFUSED`, kind `configuration`
 */
export async function startView(shown: Shown, port: number): Promise<RunningView> {
  const session = createSession();
  const server: Server = createServer();
  const actualPort = () => (server.address() as AddressInfo).port;
  const { fetch } = createRoutes(shown, session, actualPort);
  server.on('request', getRequestListener(fetch, { overrideGlobalObjects: false }));
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${actualPort()}/?token=${session.token}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', error => reject(portError(error as NodeJS.ErrnoException, port)));
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function portError({ code, message }: NodeJS.ErrnoException, port: number): IntegrationError {
  const fix = 'Name another one with --port, or none: then any free one is used.';
  if (code === 'EADDRINUSE') {
    return configurationError('PORT_IN_USE', `Another program uses the port ${port}.`, { fix });
  }
  return configurationError('PORT_REFUSED', `The port ${port} cannot be used: ${message}.`, {
    fix,
  });
}
