import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { aCase } from '../support/outbreak.js';
import { runOnPlatform } from '../support/platform.js';
import { editProject } from '../support/project.js';
import { PROJECT, startServers } from '../support/workflow.js';

const PAGE = readFileSync(path.join(PROJECT, 'adaptors/runtime/README.md'), 'utf8');

it('a last line makes the report the answer to a webhook, as the page says', async () => {
  const [line] = /^fn\(state => .*webhookResponse.*$/m.exec(PAGE)!;
  const project = editProject({ 'upsert-data-values.js': source => `${source}\n${line}\n` });
  onTestFinished(project.remove);
  const servers = await startServers({ people: [aCase(), aCase({ id: 'no-date', date: null })] });
  onTestFinished(servers.close);
  const left = await runOnPlatform({
    project: project.folder,
    workflow: 'cases-to-data-values',
    credentials: servers.credentials,
    state: { today: '2026-04-01' },
  });
  const { webhookResponse } = left.at(-1)!.state as {
    webhookResponse: { status: number; body: Record<string, unknown> };
  };
  expect(webhookResponse.status).toBe(200);
  expect(webhookResponse.body['upsert-data-values']).toMatchObject({ created: 1 });
  expect(JSON.stringify(webhookResponse)).not.toMatch(/Secret/);
});
