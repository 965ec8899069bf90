import { accessSync, constants, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';

/**
 * Checks whether a file can be written, before a run whose outcome goes into it. The folder is
 * created; the file itself is not touched.
 *
 * @throws IntegrationError `OUTPUT_UNWRITABLE`, kind `configuration`
 */
export function checkWritable(file: string): void {
  const refuse = (reason: string) =>
    configurationError('OUTPUT_UNWRITABLE', `${file} cannot be written: ${reason}.`, {
      fix: 'Give another file, or correct the permissions. Nothing was run.',
      details: { file },
    });
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isDirectory()) throw new Error('it is a folder');
    if (found && !found.isFile()) {
      accessSync(file, constants.W_OK);
      return;
    }
    const folder = path.dirname(file);
    mkdirSync(folder, { recursive: true });
    const trial = path.join(folder, `.${path.basename(file)}.${process.pid}.try`);
    writeFileSync(trial, '');
    rmSync(trial);
  } catch (error) {
    throw refuse((error as Error).message);
  }
}
