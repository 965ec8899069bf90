import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createProject, writeProjectFile } from '../runtime/support/project.js';
import { runCommand } from '../support/command.js';
import { OUTBREAK } from '../support/outbreak.js';
import { PROJECT, type Servers, startServers } from '../support/workflow.js';

const OTHER = 'other-outbreak';
const MAIN = path.join(PROJECT, 'adaptors/runtime/dist/main.js');
const CASES = 'POST /api/outbreaks/{id}/cases';
/** The first request is refused, and sent again once the other outbreak is the active one. */
const IN_OTHER_OUTBREAK = 2;

let servers: Servers;
afterEach(() => servers.close());

const active = () => servers.goData.store.users.get('user-1')!.activeOutbreakId;
const count = (route: string) => servers.goData.requests.byRoute()[route] ?? 0;
const switches = () => count('PATCH /api/users/{id}');

/** A project that writes one case to an outbreak that is not the account's own. */
async function start(): Promise<{ project: string; args: string[] }> {
  servers = await startServers({ user: { activeOutbreakId: OUTBREAK } });
  servers.goData.store.outbreaks.put({ id: OTHER, name: 'Other', deleted: false });
  const write = `upsertCase('${OTHER}', 'visualId', { visualId: 'P-1', firstName: 'A' });`;
  const adaptor = '@openfn/language-godata@4.0.0';
  const steps = { write: { job: write, adaptor, credential: 'tiny' } };
  const project = createProject({ steps });
  writeProjectFile(project, 'credentials.json', { tiny: servers.credentials.godata });
  return { project, args: ['run', 'small', '--credentials', 'credentials.json'] };
}

/** Starts a run, and returns while the account is in the other outbreak. */
async function startAndWait(project: string, args: string[]): Promise<ChildProcess> {
  const slow = { kind: 'slow', delayMs: 60_000, route: CASES, at: IN_OTHER_OUTBREAK } as const;
  servers.goData.faults.add(slow);
  const flags = ['--experimental-vm-modules', '--no-warnings'];
  const child = spawn(process.execPath, [...flags, MAIN, ...args], {
    cwd: project,
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await expect.poll(active, { timeout: 30_000 }).toBe(OTHER);
  return child;
}

const notesOf = (project: string) => {
  const folder = path.join(project, 'state/.local/notes');
  return existsSync(folder) ? readdirSync(folder) : [];
};

describe('the outbreak of an account', () => {
  it.each(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'is restored by the run after one that ended with %s',
    async signal => {
      const { project, args } = await start();
      const child = await startAndWait(project, args);
      child.kill(signal);
      await once(child, 'exit');
      servers.goData.faults.clear();
      expect(active()).toBe(OTHER);
      // A dry run changes nothing at all.
      await runCommand([...args, '--dry-run', '--verbose'], project);
      const { status, stderr } = await runCommand(args, project);
      expect(stderr).toContain(
        `Warning: A run before this one left the Go.Data account in outbreak ${OTHER}. It has ${OUTBREAK} again.`,
      );
      expect(status).toBe(0);
      expect(active()).toBe(OUTBREAK);
      expect(notesOf(project)).toEqual([]);
    },
    60_000,
  );

  it('is restored by the next run if the server answers with a page of its own', async () => {
    const { project, args } = await start();
    const page = { kind: 'html', route: CASES, at: IN_OTHER_OUTBREAK } as const;
    servers.goData.faults.add(page);
    servers.goData.faults.add({ kind: 'html', route: 'PATCH /api/users/{id}', at: [2, 3, 4, 5] });
    const failed = await runCommand(args, project);
    expect(failed.status).toBe(1);
    expect(active()).toBe(OTHER);
    servers.goData.faults.clear();
    expect(await runCommand(args, project)).toMatchObject({ status: 0 });
    expect(active()).toBe(OUTBREAK);
    expect(notesOf(project)).toEqual([]);
  }, 60_000);

  it('stays as somebody has chosen it in the meantime', async () => {
    const { project, args } = await start();
    const child = await startAndWait(project, args);
    child.kill('SIGKILL');
    await once(child, 'exit');
    servers.goData.faults.clear();
    servers.goData.store.outbreaks.put({ id: 'chosen', name: 'Chosen', deleted: false });
    const user = servers.goData.store.users.get('user-1')!;
    servers.goData.store.users.put({ ...user, activeOutbreakId: 'chosen' });
    expect(await runCommand(args, project)).toMatchObject({ status: 0 });
    expect(active()).toBe('chosen');
    expect(notesOf(project)).toEqual([]);
  }, 60_000);

  it('costs no request when no run was killed', async () => {
    const { project, args } = await start();
    await runCommand(args, project);
    expect(switches()).toBe(2);
    expect(notesOf(project)).toEqual([]);
    servers.goData.requests.reset();
    await runCommand(args, project);
    expect(switches()).toBe(2);
    expect(count('GET /api/users/{id}')).toBe(1);
  });
});
