import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { refuseLink } from './refuse-link.js';

/** Who may read a file that is written. */
export interface Privacy {
  /**
   * The file may hold data of people, or tells about them: only its owner can read it (mode 0600),
   * and a folder that is made for it (0700).
   */
  isPrivate?: boolean;
}

const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/**
 * Writes a file completely or not at all: into a new file beside it, which then replaces it. A
 * reader never sees half a state, and a killed run leaves the old file. The permissions of a file
 * that exists stay, if it is not private. A path that is not a plain file (`/dev/null`, a pipe) is
 * written to directly: it must not be replaced.
 *
 * @param text the text, or its pieces: of a large file not all need be there at once
 * @throws Error if the path is a symbolic link to a file or folder, or cannot be written
 */
export function writeAtomically(
  file: string,
  text: string | Iterable<string>,
  privacy: Privacy = {},
): void {
  const pieces = typeof text === 'string' ? [text] : text;
  refuseLink(file);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found && !found.isFile()) {
    writePieces(file, pieces, 'w');
    return;
  }
  const folder = path.dirname(file);
  makeFolder(folder, privacy);
  // Not a name that somebody else could have prepared: `wx` refuses what exists, links included.
  const temporary = path.join(folder, `.godata-dhis2-${randomBytes(8).toString('hex')}.tmp`);
  const mode = modeOf(found, privacy);
  try {
    writePieces(temporary, pieces, 'wx', mode);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Writes pieces of a text, about a megabyte at a time. */
function writePieces(file: string, pieces: Iterable<string>, flag: string, mode?: number): void {
  const descriptor = openSync(file, flag, mode);
  try {
    let waiting = '';
    for (const piece of pieces) {
      waiting += piece;
      if (waiting.length < 1_000_000) continue;
      writeFileSync(descriptor, waiting);
      waiting = '';
    }
    writeFileSync(descriptor, waiting);
    // On the disk before it replaces the old file, or a power failure could leave an empty one.
    if (flag === 'wx') fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Creates a folder with those above it; a folder that exists stays as it is. */
export function makeFolder(folder: string, { isPrivate }: Privacy = {}): void {
  mkdirSync(folder, { recursive: true, ...(isPrivate ? { mode: PRIVATE_FOLDER } : {}) });
}

function modeOf(found: Stats | undefined, { isPrivate }: Privacy): number | undefined {
  return isPrivate ? PRIVATE_FILE : found && found.mode & 0o777;
}
