import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../support/command.js';
import { recordsOf } from '../../support/records.js';
import { runCommandLine } from '../support/command.js';
import { makeProject } from '../support/project.js';
import {
  type RunningView,
  send,
  startViewCommand,
  type Visit,
  visit,
} from './support/running-view.js';

const project = makeProject({ steps: { write: { job: "report('write', { updated: 1 });" } } });

let view: RunningView;
let page: Visit;
beforeAll(async () => {
  await runCommandLine(['run', 'small'], { cwd: project });
  writeFileSync(path.join(project, 'secret.html'), 'a secret');
  view = await startViewCommand(project);
  page = await visit(view);
});
afterAll(async () => {
  await view.stop();
  rmSync(project, { recursive: true, force: true });
});

const timeOf = () => path.basename(recordsOf(project)[0]!);
const ALL = () => [
  '/',
  '/view.js',
  '/page.css',
  '/api/runs',
  '/api/mapping',
  `/runs/small/${timeOf()}`,
];

describe('the page server of view', () => {
  it('exchanges its token once for a cookie that no script and no other site has', async () => {
    const other = await startViewCommand(project);
    const address = other.url.slice(other.url.indexOf('/?'));
    expect((await send(other, '/?token=wrong')).status).toBe(403);
    expect((await send(other, '/?token=')).status).toBe(403);
    const first = await send(other, address);
    expect(first.status).toBe(200);
    const [cookie] = first.headers['set-cookie'] as string[];
    expect(cookie).toMatch(/^godata-dhis2-view-\d+=[\w-]{43};/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    const again = await send(other, address, { headers: { cookie: cookie!.split(';')[0]! } });
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(await other.stop()).toBe(0);
  });

  it('shows nothing without the cookie, or with another one', async () => {
    for (const wanted of ALL()) {
      for (const cookie of ['', `${page.cookie.slice(0, -2)}xx`]) {
        const { status, text } = await send(view, wanted, { headers: { cookie } });
        expect([wanted, status]).toEqual([wanted, 403]);
        expect(text).toContain('Open the address that the command has printed.');
      }
      const { status } = await send(view, wanted, { headers: { cookie: page.cookie } });
      expect([wanted, status]).toEqual([wanted, 200]);
    }
  });

  it('answers to its own address only, so that no name of another site leads here', async () => {
    const { port } = view;
    const statusOf = async (host: string) =>
      (await send(view, '/api/runs', { headers: { host, cookie: page.cookie } })).status;
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
    ]) {
      expect([host, await statusOf(host)]).toEqual([host, 403]);
    }
    const token = view.url.slice(view.url.indexOf('/?'));
    const rebound = await send(view, token, { headers: { host: `evil.example:${port}` } });
    expect(rebound.status).toBe(403);
    expect(await statusOf(`127.0.0.1:${port}`)).toBe(200);
    expect(await statusOf(`localhost:${port}`)).toBe(200);
  });

  it('listens on 127.0.0.1 only', async () => {
    const refused = await new Promise(resolve => {
      const socket = connect(view.port, '127.0.0.2');
      socket.once('connect', () => resolve(false)).once('error', () => resolve(true));
    });
    expect(refused).toBe(true);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE'])('refuses %s', async method => {
    const { status, headers } = await send(view, '/api/runs', {
      method,
      headers: { cookie: page.cookie },
    });
    expect(status).toBe(405);
    expect(headers.allow).toBe('GET, POST');
  });

  it.each([
    ['the secret of the page', { 'x-csrf-token': '' }],
    ['the right secret', { 'x-csrf-token': 'x'.repeat(43) }],
    ['its own origin', { origin: 'http://evil.example' }],
    ['its own port', { origin: 'http://127.0.0.1:1' }],
    ['the same site', { 'sec-fetch-site': 'cross-site' }],
    ['the same port', { 'sec-fetch-site': 'same-site' }],
  ])('takes no request that does more than read without %s', async (_, changed) => {
    for (const wanted of ['/api/check', '/api/preview', '/api/values']) {
      const body = { workflow: 'small', id: 'x' };
      const headers = { ...page.own, ...changed } as Record<string, string>;
      const foreign = await send(view, wanted, { method: 'POST', headers, body });
      expect([wanted, foreign.status]).toEqual([wanted, 403]);
      const own = await send(view, wanted, { method: 'POST', headers: page.own, body });
      expect([wanted, own.status, own.text]).toEqual([
        wanted,
        409,
        expect.stringContaining('NO_CREDENTIALS'),
      ]);
    }
  });

  it('serves no file that is not the page of a run', async () => {
    mkdirSync(path.join(project, 'state/.local/runs/small/not-a-run'), { recursive: true });
    const paths = [
      '/runs/small/../../../../secret.html',
      '/runs/..%2f..%2f..%2f/secret.html',
      '/runs/small/..%2F..%2F..%2F..%2Fsecret.html',
      '/runs/small/not-a-run',
      '/runs/small/..',
      '/secret.html',
      '/../secret.html',
      '/page.css%00',
      `/runs/small/${timeOf()}%00`,
      `/runs/small/${timeOf()}/report.json`,
    ];
    for (const wanted of paths) {
      const { status, text } = await send(view, wanted, { headers: { cookie: page.cookie } });
      expect([wanted, status]).toEqual([wanted, 404]);
      expect(text).not.toContain('secret');
    }
  });

  it('tells browsers to keep nothing, and to load nothing from elsewhere', async () => {
    for (const wanted of [...ALL(), '/nothing']) {
      const { headers } = await send(view, wanted, { headers: { cookie: page.cookie } });
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
    const shell = await send(view, '/', { headers: { cookie: page.cookie } });
    expect(shell.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self';/,
    );
    // A report is of whatever version wrote it: it cannot use the session of this page.
    const report = await send(view, `/runs/small/${timeOf()}`, {
      headers: { cookie: page.cookie },
    });
    expect(report.headers['content-security-policy']).toMatch(/^sandbox allow-scripts;/);
    expect(report.text).toContain('<script type="application/json" id="data">');
  });

  it('lists the runs as `runs` does', async () => {
    const { text } = await send(view, '/api/runs', { headers: { cookie: page.cookie } });
    const listed = await runCommandLine(['runs', '--json'], { cwd: project });
    expect(JSON.parse(text)).toEqual(JSON.parse(listed.stdout));
    expect(JSON.parse(text)).toHaveLength(1);
  });

  it('says that it shows nothing of the servers without credentials', async () => {
    expect(view.printed()).toContain('Without --credentials');
    const { text } = await send(view, '/api/mapping', { headers: { cookie: page.cookie } });
    expect(JSON.parse(text).check).toBeUndefined();
    expect(JSON.parse(text).jobs).toHaveLength(1);
    expect((await send(view, '/api/check', { headers: { cookie: page.cookie } })).status).toBe(409);
  });
});

describe('the command view', () => {
  const start = (...args: string[]) =>
    runCommand(['view', '--no-open', '--project', project, ...args]);

  it.each(['0', '70000', 'abc', '80x', '-1'])('refuses the port %s', async port => {
    const { status, stderr } = await start(`--port=${port}`);
    expect(status).toBe(2);
    expect(stderr).toContain('Give a number from 1 to 65535.');
  });

  it('says that a port is in use, and what to do', async () => {
    const { status, stderr } = await start('--port', String(view.port));
    expect(status).toBe(2);
    expect(stderr).toContain(`Another program uses the port ${view.port}. (PORT_IN_USE)`);
    expect(stderr).toContain('What to do: Name another one with --port');
  });

  it('says at once that there is no project, or no such file of credentials', async () => {
    expect((await start('--credentials', 'missing.json')).status).toBe(2);
    expect((await runCommand(['view', '--project', '/nowhere'])).status).toBe(2);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends cleanly on %s, with a browser connected',
    async signal => {
      const other = await startViewCommand(project);
      const { cookie } = await visit(other);
      await send(other, '/api/runs', { headers: { cookie, connection: 'keep-alive' } });
      expect(await other.stop(signal)).toBe(0);
      expect(other.printed()).not.toContain('Error');
    },
  );
});
