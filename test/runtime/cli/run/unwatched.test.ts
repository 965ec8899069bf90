import { spawn } from 'node:child_process';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readEnvironment } from '#runtime/credentials/read-credentials-text.js';
import { blocksOf } from '#test/docs/support/pages.js';
import { PROJECT } from '#test/support/workflow.js';
import { runCommandLine, runInShell } from '../../support/command.js';
import { createProject, writeProjectFile } from '../../support/project.js';

const BIN = path.join(PROJECT, 'adaptors/runtime/bin/godata-dhis2.js');

const GOOD = "report('write', { updated: 1 });";
const REJECTING =
  "report('write', { created: 4, rejectedCount: 2, rejected: [{ kind: 'case', id: 'secret-id', code: 'E1020', message: 'No.' }, { kind: 'case', id: 'b', code: 'E1020', message: 'No.' }] });";
const FAILING = "failWith({ code: 'SERVER_DOWN', message: 'secret-text' });";

/** Somebody who is told. */
async function startListener(status = 200) {
  const received: { body: Record<string, unknown>; text: string; headers: IncomingHttpHeaders }[] =
    [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    received.push({ body: JSON.parse(text), text, headers: request.headers });
    response.writeHead(status, { Location: '/elsewhere' }).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise(resolve => server.close(resolve));
  return { received, host: `127.0.0.1:${port}`, close };
}

function projectOf(job: string) {
  const folder = createProject({ steps: { write: { job } } });
  const run = (...args: string[]) => runCommandLine(['run', 'small', ...args], { cwd: folder });
  const edit = (text: string) => writeProjectFile(folder, 'jobs/write.js', text);
  return { folder, run, edit };
}

describe('run --notify', () => {
  it('tells of a failed run, of rejected records, and of the first good run after them, without ids', async () => {
    const { received, host } = await startListener();
    const { run, edit } = projectOf(GOOD);
    const notify = ['--notify', `http://${host}/hook`];
    await run(...notify);
    expect(received).toEqual([]);
    edit(FAILING);
    expect((await run(...notify)).status).toBe(1);
    edit(REJECTING);
    expect((await run(...notify, '--dry-run')).status).toBe(3);
    expect((await run(...notify)).status).toBe(3);
    edit(GOOD);
    await run(...notify);
    await run(...notify);
    expect(received.map(({ body }) => body)).toMatchObject([
      { occasion: 'failed', status: 'failed', exitStatus: 1, codes: { SERVER_DOWN: 1 } },
      {
        ...{ workflow: 'small', occasion: 'rejected', exitStatus: 3, codes: { E1020: 2 } },
        counts: { created: 4, updated: 0, removed: 0, rejected: 2 },
      },
      { occasion: 'recovered', status: 'completed', exitStatus: 0, codes: {} },
    ]);
    expect(received.map(({ text }) => text).join()).not.toContain('secret');
    const page = blocksOf('docs/schedule.md').find(({ language }) => language === 'json')!;
    expect(Object.keys(received[1]!.body)).toEqual(Object.keys(JSON.parse(page.text)));
  });

  it('tells that a run is good again, although somebody has stopped one in between', async () => {
    const { received, host } = await startListener();
    const { folder, run, edit } = projectOf(FAILING);
    const notify = ['--notify', `http://${host}/hook`];
    await run(...notify);
    edit('fn(() => new Promise(() => setInterval(() => {}, 1000)));');
    const args = ['run', 'small', ...notify];
    await runCommandLine(args, { cwd: folder, stopWhen: 'write: started' });
    edit(GOOD);
    await run(...notify);
    await run(...notify);
    expect(received.map(({ body }) => body.occasion)).toEqual(['failed', 'recovered']);
  });

  it('tells of a run that could not begin', async () => {
    const { received, host } = await startListener();
    const { folder } = projectOf(GOOD);
    const args = ['run', 'other', '--notify', `http://${host}`];
    expect((await runCommandLine(args, { cwd: folder })).status).toBe(2);
    expect(received).toMatchObject([
      { body: { occasion: 'failed', codes: { UNKNOWN_WORKFLOW: 1 } } },
    ]);
  });

  it('tells that a run is good again after one that could not begin, which leaves no record', async () => {
    const { received, host } = await startListener();
    const { run, edit } = projectOf('this is no job');
    const notify = ['--notify', `http://${host}`];
    expect((await run(...notify)).status).toBe(2);
    edit(GOOD);
    await run(...notify, '--dry-run');
    await run(...notify);
    await run(...notify);
    expect(received.map(({ body }) => body.occasion)).toEqual(['failed', 'recovered']);
  });

  it('sends an account of the address as a header, and never logs it', async () => {
    const { received, host } = await startListener(500);
    const { run } = projectOf(FAILING);
    const { status, stderr, stdout } = await run(
      '--verbose',
      '--notify',
      `http://me:pass%21@${host}/path`,
    );
    expect(status).toBe(1);
    expect(received[0]!.headers.authorization).toBe(`Basic ${btoa('me:pass!')}`);
    expect(stderr).toContain(`Warning: ${host} was not notified: it answered 500.`);
    expect(stderr + stdout).not.toMatch(/pass|\/path/);
  });

  it.each([
    ['a redirect', 302, 'it answered 302'],
    ['nobody there', 0, 'ECONNREFUSED'],
  ])('warns of %s, and the status of the run stays', async (_, answer, why) => {
    const { host, close } = await startListener(answer || 200);
    const { run } = projectOf(REJECTING);
    if (answer === 0) await close();
    const { status, stderr } = await run('--notify', `http://${host}`);
    expect(status).toBe(3);
    expect(stderr).toContain(why);
  });

  it.each([
    'ftp://me:secret@example.org',
    'http://me:secret%@example.org',
    'alerts.example.org',
    'https://',
  ])('refuses the address %s before the run, without repeating it', async address => {
    const { run } = projectOf(GOOD);
    const { status, stderr } = await run('--notify', address);
    expect(status).toBe(2);
    expect(stderr).toContain('(BAD_OPTION)');
    expect(stderr).not.toContain('secret');
  });
});

describe('run --log-format json', () => {
  it.each([
    ['a good run', `fn(s => { console.warn('a\\nb'); return s; }); ${GOOD}`],
    ['a failed run', FAILING],
    ['a run that cannot begin', 'this is no job'],
  ])('has one object a line on stderr: %s', async (_, job) => {
    const { run } = projectOf(job);
    const { stderr } = await run('--log-format', 'json', '--verbose');
    const lines = stderr
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toMatchObject({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        level: expect.stringMatching(/^(debug|info|warn|error)$/),
        message: expect.any(String),
      });
    }
    if (job === FAILING) {
      expect(lines).toContainEqual(expect.objectContaining({ level: 'error', step: 'write' }));
      expect(lines.at(-1)).toMatchObject({
        level: 'error',
        message: expect.stringContaining('(SERVER_DOWN)'),
      });
    }
    if (job.includes('warn')) {
      const wanted = { level: 'warn', step: 'write', message: 'a' };
      expect(lines).toContainEqual(expect.objectContaining(wanted));
    }
  });
});

describe('run --credentials', () => {
  /** A source with two batches. */
  const JOB = `fn(s => {
    const cursor = (s.cursor ?? 0) + 1;
    return { ...s, cursor, more: cursor < 2, data: { seen: s.configuration.password.length } };
  });`;
  const project = () => createProject({ steps: { write: { job: JOB, credential: 'tiny' } } });
  const content = { tiny: { apiUrl: 'https://tiny.example.org/api', password: 'Secret-1!' } };

  it('fd:3 reads a file descriptor, also for all runs of a drain', async () => {
    const cwd = project();
    writeProjectFile(cwd, 'credentials.json', content);
    for (const [option, last] of [
      ['--credentials=fd:3 --drain', 'run 2'],
      ['-c fd:3', 'write: done'],
    ]) {
      const args = `run small ${option} --output out.json 3< <(cat credentials.json)`;
      const { status, stderr, stdout } = await runInShell(args, cwd);
      expect(stderr).toContain(last);
      expect(stderr).not.toContain('Error');
      expect(status).toBe(0);
      expect(stdout + stderr).not.toContain('Secret');
    }
    const other = await runInShell('run small --credentials fd:42 42< credentials.json', cwd);
    expect(other.status).toBe(0);
  });

  it('fd:3 that is not open is an error, and so is what is no JSON in it', async () => {
    const cwd = project();
    for (const word of ['fd:7', 'fd:99', 'fd:99999999999']) {
      const closed = await runInShell(`run small --credentials ${word}`, cwd);
      expect(closed).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('(CREDENTIALS_UNREADABLE)'),
      });
    }
    const broken = await runInShell("run small --credentials fd:3 3< <(echo '{Secret')", cwd);
    expect(broken).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('(CREDENTIALS_INVALID)'),
    });
    expect(broken.stderr).not.toContain('Secret');
  });

  it('env reads variables of the environment', async () => {
    const cwd = project();
    const env = {
      ...process.env,
      CI: '1',
      GODATA_DHIS2__TINY__API_URL: content.tiny.apiUrl,
      GODATA_DHIS2__TINY__PASSWORD: content.tiny.password,
    };
    const child = spawn(process.execPath, [BIN, 'run', 'small', '--credentials', 'env'], {
      cwd,
      env,
    });
    let printed = '';
    child.stderr.on('data', text => {
      printed += text;
    });
    const status = await new Promise(resolve => child.once('close', resolve));
    expect(printed).not.toContain('Error');
    expect(status).toBe(0);
    const none = await runCommandLine(['run', 'small', '--credentials', 'env'], { cwd });
    expect(none).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('(CREDENTIALS_NOT_FOUND)'),
    });
  });

  it('env names the variables that are missing', async () => {
    const cwd = project();
    const args = 'run small --credentials env';
    const none = await runInShell(args, cwd, { GODATA_DHIS2__OTHER__PASSWORD: 'Secret' });
    expect(none.status).toBe(2);
    expect(none.stderr).toContain('begin with GODATA_DHIS2__TINY__.');
    const one = await runInShell(args, cwd, { GODATA_DHIS2__TINY__PASSWORD: 'Secret' });
    expect(one.status).toBe(2);
    expect(one.stderr).toContain('GODATA_DHIS2__TINY__API_URL is missing');
    expect(none.stderr + one.stderr).not.toContain('Secret');
  });

  it('env takes the field from a name in capitals', () => {
    const found = readEnvironment('env', {
      GODATA_DHIS2__DHIS2__HOST_URL: 'https://dhis2.example.org',
      GODATA_DHIS2__DHIS2__PAT: 'd2p_x',
      GODATA_DHIS2__GODATA__EMAIL: '',
      GODATA_DHIS2_MEMORY_KEY: 'another one',
      GODATA_DHIS2__LONE: 'x',
    });
    expect(found).toEqual({ dhis2: { hostUrl: 'https://dhis2.example.org', pat: 'd2p_x' } });
  });
});
