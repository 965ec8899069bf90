import { execFile } from 'node:child_process';
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
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { PROJECT } from '../../support/workflow.js';

/** A folder that is removed after the test. */
export function createFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'godata-dhis2-docs-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A checkout of this project, with files of its own: its project.yaml, jobs and state. */
export function createCheckout(parent: string): string {
  const folder = path.join(parent, 'checkout');
  for (const name of ['project.yaml', 'jobs', 'state/credentials.example.json'])
    cpSync(path.join(PROJECT, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(PROJECT, 'adaptors'), path.join(folder, 'adaptors'));
  linkPackage(folder);
  return folder;
}

/** Makes a folder one that depends on this package, as `npm install` would. */
export function linkPackage(folder: string): void {
  mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  symlinkSync(PROJECT, path.join(folder, 'node_modules', 'godata-dhis2'));
}

/**
 * Runs a program in plain Node, without any flag or loader of the tests.
 *
 * @param flags that the page tells the user to give
 */
export async function runInNode(
  folder: string,
  name: string,
  program: string,
  flags: readonly string[] = [],
): Promise<{ stdout: string; stderr: string }> {
  writeFileSync(path.join(folder, name), program);
  const env = { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined };
  return promisify(execFile)(process.execPath, [...flags, name], { cwd: folder, env });
}
