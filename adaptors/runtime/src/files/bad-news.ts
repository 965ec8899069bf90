import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { localFolder } from './local-folder.js';
import { writeAtomically } from './write-atomically.js';

/** A name that somebody mistyped may hold any character: the file is named after its hash. */
function fileOf(project: string, workflow: string): string {
  const name = createHash('sha256').update(workflow).digest('hex').slice(0, 16);
  return path.join(localFolder(project), 'told', name);
}

/**
 * Remembers that somebody was told of a bad run: a run that could not begin leaves no record, and
 * the next good run is news all the same.
 *
 * @param project folder of project.yaml
 */
export function keepBadNews(project: string, workflow: string): void {
  writeAtomically(fileOf(project, workflow), '', { isPrivate: true });
}

/** Whether the last that somebody was told of a workflow was bad. */
export function hasBadNews(project: string, workflow: string): boolean {
  return existsSync(fileOf(project, workflow));
}

/** Forgets it: a run was good. */
export function forgetBadNews(project: string, workflow: string): void {
  rmSync(fileOf(project, workflow), { force: true });
}
