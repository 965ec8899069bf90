import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type Note, type Notes, parseNote } from '#common/reporting/notes.js';
import { localFolder } from './local-folder.js';
import { writeAtomically } from './write-atomically.js';

const folderOf = (project: string) => path.join(localFolder(project), 'notes');

/**
 * Keeps what a step notes, before the step goes on: a run may be killed at any moment. A settled note
 * is removed. Other lines are passed over.
 *
 * @param project folder of project.yaml
 * @param line that an adaptor logged
 */
export function keepNote(project: string, line: string): void {
  const note = parseNote(line);
  if (!note) return;
  const name = createHash('sha256').update(note.name).digest('hex').slice(0, 16);
  const file = path.join(folderOf(project), `${name}.json`);
  if (note.value === undefined) rmSync(file, { force: true });
  else writeAtomically(file, JSON.stringify(note), { isPrivate: true });
}

/** The notes of earlier runs that nobody has settled; undefined if there are none. */
export function readNotes(project: string): Notes | undefined {
  const notes = listFiles(folderOf(project)).flatMap(readNote);
  if (notes.length === 0) return undefined;
  return Object.fromEntries(notes.map(({ name, value }) => [name, value]));
}

function listFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter(name => name.endsWith('.json'));
    return names.map(name => path.join(folder, name));
  } catch {
    return [];
  }
}

/** What cannot be read is no note. */
function readNote(file: string): Note[] {
  try {
    const { name, value } = JSON.parse(readFileSync(file, 'utf8')) as Note;
    return typeof name === 'string' ? [{ name, value }] : [];
  } catch {
    return [];
  }
}
