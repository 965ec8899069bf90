import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import { writeAtomically } from './write-atomically.js';

/** What a command writes into a folder of its own. */
export interface Folder {
  /** Path of the folder. */
  path: string;
  /** A file with this first line shows later that the command wrote the folder. */
  mark: { file: string; line: string };
  /** Folders below it that belong to the command, and are emptied first. */
  owned: string[];
  /** Path below the folder → text. */
  files: Map<string, string>;
}

function refuse(folder: string, reason: string): never {
  throw configurationError('OUTPUT_UNWRITABLE', `${folder} cannot be written: ${reason}.`, {
    fix: 'Give another folder. Nothing was written.',
    details: { folder },
  });
}

function checkTarget({ path: folder, mark, owned, files }: Folder): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) {
    refuse(folder, 'it is a file');
  }
  const marked = path.join(folder, mark.file);
  if (existsSync(marked) && readFileSync(marked, 'utf8').split('\n', 1)[0] === mark.line) return;
  const found = [...owned, ...files.keys()].find(name => existsSync(path.join(folder, name)));
  if (found !== undefined) refuse(folder, `${found} in it was not written by this command`);
}

/**
 * Writes a folder again: what an earlier run of the command left in it is removed, what others put
 * there stays. A folder that has such files from somebody else (the project's own, for example) is
 * refused.
 *
 * @throws IntegrationError `OUTPUT_UNWRITABLE`, kind `configuration`
 */
export function writeFolder(folder: Folder): void {
  checkTarget(folder);
  try {
    for (const name of folder.owned) {
      rmSync(path.join(folder.path, name), { recursive: true, force: true });
    }
    for (const [name, text] of folder.files) writeAtomically(path.join(folder.path, name), text);
  } catch (error) {
    refuse(folder.path, (error as Error).message);
  }
}
