import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runCommandLine } from '../support/command.js';

const repository = path.resolve(import.meta.dirname, '../../..');

/** This package in a folder of its own, with a sandbox that only prints its arguments. */
function createPackage(sandbox: string | undefined): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'package-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const folder of ['adaptors/runtime/bin', 'adaptors/runtime/dist']) {
    cpSync(path.join(repository, folder), path.join(root, folder), { recursive: true });
  }
  for (const file of ['package.json', 'adaptors/runtime/package.json']) {
    cpSync(path.join(repository, file), path.join(root, file));
  }
  symlinkSync(path.join(repository, 'node_modules'), path.join(root, 'node_modules'), 'dir');
  if (sandbox !== undefined) {
    mkdirSync(path.join(root, 'sandbox/dist'), { recursive: true });
    writeFileSync(path.join(root, 'sandbox/dist/main.js'), sandbox);
  }
  return path.join(root, 'adaptors/runtime/bin/godata-dhis2.js');
}

it('starts the sandbox with the arguments unchanged and ends with its exit status', async () => {
  const bin = createPackage('console.log(JSON.stringify(process.argv.slice(2))); process.exit(7);');
  const args = ['--cases', 'c.json', '--help', '-V', '--dhis2-version=2.40'];
  const { status, stdout } = await runCommandLine(['sandbox', ...args], { bin });
  expect(JSON.parse(stdout)).toEqual(args);
  expect(status).toBe(7);
});

it('passes SIGINT on to the sandbox and waits for it', async () => {
  const bin = createPackage(
    "process.on('SIGINT', () => { console.log('closed'); process.exit(0); }); setInterval(() => {}, 1000); console.error('ready');",
  );
  const { status, stdout } = await runCommandLine(['sandbox'], { bin, stopWhen: 'ready' });
  expect(stdout).toBe('closed\n');
  expect(status).toBe(0);
});

it('says how to build a missing sandbox', async () => {
  const { status, stderr } = await runCommandLine(['sandbox'], { bin: createPackage(undefined) });
  expect(stderr).toContain('What to do: npm run build');
  expect(status).toBe(2);
});

it('says how to build the missing command', async () => {
  const bin = createPackage(undefined);
  rmSync(path.join(path.dirname(bin), '../dist'), { recursive: true });
  const { status, stderr } = await runCommandLine(['--help'], { bin });
  expect(stderr).toBe('Error: godata-dhis2 is not built.\n  What to do: npm run build\n');
  expect(status).toBe(2);
});
