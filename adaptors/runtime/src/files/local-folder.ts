import { chmodSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from './write-atomically.js';

/**
 * The folder in which runs keep what belongs to this machine: reports, locks, the key of the memory.
 * Nobody but its owner can enter it (mode 0700), also if an earlier version made it for everybody.
 *
 * @param project folder of project.yaml
 * @returns its path, below the project's folder
 */
export function openLocalFolder(project: string): string {
  const folder = localFolder(project);
  makeFolder(folder, { isPrivate: true });
  try {
    chmodSync(folder, 0o700);
  } catch {
    // It belongs to somebody else, or the file system has no permissions.
  }
  return folder;
}

/** The path of the folder, which may not exist yet. */
export function localFolder(project: string): string {
  return path.join(project, 'state', '.local');
}
