import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createRequester } from '#common/http/index.js';

/** Self-signed, for this test alone. */
const read = (name: string) => readFileSync(path.join(import.meta.dirname, 'certificate', name));

it('reports a self-signed certificate as such, and does not retry', async () => {
  let connections = 0;
  const server = createServer(
    { key: read('key.pem'), cert: read('certificate.pem') },
    (_, response) => response.end(),
  );
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `https://localhost:${(server.address() as AddressInfo).port}`;
  try {
    await expect(
      createRequester('DHIS2', { baseUrl, timeoutMs: 5000 }).send({
        method: 'GET',
        path: '/system/info',
      }),
    ).rejects.toMatchObject({
      code: 'CERTIFICATE_ERROR',
      message: 'DHIS2 cannot be reached: its certificate is not trusted.',
      fix: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
    expect(connections).toBe(1);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
