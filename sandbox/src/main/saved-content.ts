import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Dhis2Seed } from '../dhis2/index.js';
import type { GoDataSeed } from '../godata/index.js';
import { type InputFile, readJsonFile, writeJsonFile } from '../input/files.js';
import { UsageError } from '../input/usage-error.js';
import type { Content } from './content.js';

const filesIn = (folder: string) => ({
  goData: path.join(folder, 'godata.json'),
  dhis2: path.join(folder, 'dhis2.json'),
});

/** Whether both servers were saved in this folder. */
export function isSaved(folder: string): boolean {
  return Object.values(filesIn(folder)).every(file => existsSync(file));
}

/**
 * What {@link saveContent} saved.
 *
 * @throws UsageError if a file is damaged
 */
export function readSavedContent(folder: string): Content {
  const { goData, dhis2 } = filesIn(folder);
  const fix = `Remove the folder ${folder}. The sandbox then starts again.`;
  const read = (file: string, list: string) => {
    const input: InputFile = { path: file, what: 'saved sandbox', fix };
    const content = readJsonFile(input) as Record<string, unknown> | null;
    if (Array.isArray(content?.[list])) return content;
    throw new UsageError(`The saved sandbox ${file} does not contain ${list}.`, fix);
  };
  return {
    goData: read(goData, 'people') as GoDataSeed,
    dhis2: read(dhis2, 'organisationUnits') as unknown as Dhis2Seed,
  };
}

/** Saves both servers, so that the next sandbox continues where this one ended. */
export function saveContent(folder: string, content: Content): void {
  const { goData, dhis2 } = filesIn(folder);
  writeJsonFile(goData, content.goData);
  writeJsonFile(dhis2, content.dhis2);
}
