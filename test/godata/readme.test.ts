import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createFolder, linkPackage, runInNode } from '../docs/support/folders.js';
import { type ApiCall, GODATA_LOGIN, startFakeApi } from '../support/fake-api.js';
import { PROJECT } from '../support/workflow.js';

const README = readFileSync(path.join(PROJECT, 'adaptors/packages/godata/README.md'), 'utf8');

/** The answers of a Go.Data with almost no data. */
function answer({ method, path }: ApiCall) {
  if (path.endsWith('/bulk')) return { body: [{ recordNo: 0, contact: { id: 'x' } }] };
  if (path.endsWith('/count') || path.endsWith('-count')) return { body: { count: 0 } };
  if (path.endsWith('/language-tokens')) return { body: { tokens: [] } };
  if (path.endsWith('/export')) return { body: { exportLogId: 'log' } };
  if (path.endsWith('using-map')) return { body: { importLogId: 'log' } };
  if (/\/(ex|im)port-logs\/log$/.test(path)) return { body: { status: 'LNG_SYNC_STATUS_SUCCESS' } };
  if (method !== 'GET' || /\/(users|events|outbreaks)\/[^/]+$/.test(path))
    return { body: { id: 'x' } };
  return { body: [] };
}

it('has an example for programs that runs in plain Node, with one call for each resource', async () => {
  const api = await startFakeApi({ ...GODATA_LOGIN, '\\w+ /api/.*': answer });
  onTestFinished(() => api.close());
  const [, example = ''] = /<!-- example -->\s+```js\n([\s\S]*?)```/.exec(README) ?? [];
  const values = [`${api.url}/api`, 'a@b.c', 'secret', 'o'];
  const given = `const [apiUrl, email, password, outbreakId] = ${JSON.stringify(values)};\n`;
  const folder = createFolder();
  linkPackage(folder);
  await runInNode(folder, 'example.mjs', given + example);
  const base = '/api/outbreaks/o';
  expect(api.log()).toEqual([
    `GET ${base}/cases`,
    `GET ${base}/contacts`,
    `GET ${base}/events/event-1`,
    `GET ${base}/contacts-of-contacts/filtered-count`,
    `POST ${base}/cases`,
    `PUT ${base}/cases/x`,
    'GET /api/outbreaks/o',
    `GET ${base}/contacts`,
    `POST ${base}/contacts`,
    `GET ${base}/clusters`,
    `POST ${base}/clusters`,
    `DELETE ${base}/events/event-1`,
    `POST ${base}/cases/x/lab-results`,
    `POST ${base}/cases/x/follow-ups`,
    `GET ${base}/cases/x/relationships`,
    `POST ${base}/cases/x/relationships`,
    `GET ${base}/relationships`,
    `PUT ${base}/cases/bulk`,
    `GET ${base}/cases/export`,
    'GET /api/export-logs/log',
    'GET /api/export-logs/log/download',
    `POST ${base}/importable-files`,
    `POST ${base}/cases/import-importable-file-using-map`,
    'GET /api/import-logs/log',
    'GET /api/import-results',
    'GET /api/outbreaks',
    'GET /api/languages',
    'GET /api/locations',
    'POST /api/locations',
    'GET /api/reference-data',
    'POST /api/reference-data',
    'GET /api/users/user-1',
    'POST /api/teams',
    'PATCH /api/users/user-2',
    'GET /api/languages/english_us/language-tokens',
    `GET ${base}/cases/per-classification/count`,
  ]);
});
