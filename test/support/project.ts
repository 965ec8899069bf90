import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PROJECT } from './workflow.js';

/** A copy of the project whose jobs a test edits, as a user would. */
export interface EditedProject {
  folder: string;
  remove(): void;
}

/**
 * Copies project.yaml and the jobs into a temporary folder, with the project's adaptors.
 *
 * @param edits job file of the workflow → what becomes of its text
 */
export function editProject(
  edits: Record<string, (source: string) => string>,
  workflow = 'cases-to-data-values',
): EditedProject {
  const folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-'));
  for (const name of ['project.yaml', 'jobs'])
    cpSync(path.join(PROJECT, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(PROJECT, 'adaptors'), path.join(folder, 'adaptors'));
  for (const [name, edit] of Object.entries(edits)) {
    const file = path.join(folder, 'jobs', workflow, name);
    const source = readFileSync(file, 'utf8');
    const edited = edit(source);
    if (edited === source) throw new Error(`The edit of ${name} changed nothing.`);
    writeFileSync(file, edited);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
