import { randomBytes } from 'node:crypto';
import { accessSync, constants, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configurationError, type IntegrationError } from '#common/reporting/errors.js';
import { refuseLink } from './refuse-link.js';
import { makeFolder, type Privacy } from './write-atomically.js';

/**
 * Checks whether a file can be written, before a run whose outcome goes into it. The folder is
 * created; the file itself is not touched.
 *
 * @throws IntegrationError `OUTPUT_UNWRITABLE`, kind `configuration`
 */
export function checkWritable(file: string, privacy: Privacy = {}): void {
  try {
    refuseLink(file);
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isDirectory()) throw new Error('it is a folder');
    if (found && !found.isFile()) {
      accessSync(file, constants.W_OK);
      return;
    }
    const folder = path.dirname(file);
    makeFolder(folder, privacy);
    const trial = path.join(folder, `.godata-dhis2-${randomBytes(8).toString('hex')}.try`);
    writeFileSync(trial, '', { flag: 'wx' });
    rmSync(trial);
  } catch (error) {
    throw unwritable(file, (error as Error).message);
  }
}

/** A file or folder that a run cannot write. */
export function unwritable(file: string, reason: string): IntegrationError {
  return configurationError('OUTPUT_UNWRITABLE', `${file} cannot be written: ${reason}.`, {
    fix: 'Give another file, or correct the permissions. Nothing was run.',
    details: { file },
  });
}
