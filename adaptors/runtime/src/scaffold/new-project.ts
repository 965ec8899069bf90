import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import { writeAtomically } from '../files/write-atomically.js';
import { slugOf } from '../project/spec.js';
import type { ProjectDraft } from './draft.js';
import { projectFiles } from './project-files.js';

/** What a folder may have before it becomes a project: a new repository. */
const IGNORED = ['.git'];

/**
 * Refuses a folder that has something in it already.
 *
 * @throws IntegrationError `FOLDER_NOT_EMPTY`, kind `configuration`
 */
export function refuseUsedFolder(folder: string): void {
  if (!existsSync(folder)) return;
  const isFolder = statSync(folder).isDirectory();
  const found = isFolder ? readdirSync(folder).filter(name => !IGNORED.includes(name)) : [];
  if (isFolder && found.length === 0) return;
  throw configurationError(
    'FOLDER_NOT_EMPTY',
    isFolder
      ? `The folder ${folder} is not empty: it has ${found.includes('project.yaml') ? 'a project.yaml already' : found[0]}.`
      : `${folder} is a file.`,
    {
      fix: found.includes('project.yaml')
        ? 'Give a folder that does not exist; check --online offers the rows that a project lacks. Nothing was written.'
        : 'Give a folder that does not exist. Nothing was written.',
    },
  );
}

/**
 * Writes a project of the user's own: all workflows, their jobs, and what is needed to run them.
 *
 * @param folder to write; it is created
 * @param draft how its jobs differ from the shipped ones, and which workflows it is without
 * @returns paths of the files that were written, from the folder
 * @throws IntegrationError `FOLDER_NOT_EMPTY` or `OUTPUT_UNWRITABLE`, kind `configuration`
 */
export function newProject(
  folder: string,
  draft: Pick<ProjectDraft, 'jobs' | 'leftOut'>,
): string[] {
  refuseUsedFolder(folder);
  const name = slugOf(path.basename(path.resolve(folder))) || 'my-country';
  const files = projectFiles(folder, name, draft);
  try {
    for (const [file, text] of files) writeAtomically(path.join(folder, file), text);
  } catch (error) {
    const message = `${folder} cannot be written: ${(error as Error).message}.`;
    throw configurationError('OUTPUT_UNWRITABLE', message, { fix: 'Give another folder.' });
  }
  return [...files.keys()];
}
