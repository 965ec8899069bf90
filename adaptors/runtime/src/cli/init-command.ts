import path from 'node:path';
import type { ExitStatus } from '../run/exit-status.js';
import { newProject } from '../scaffold/new-project.js';
import { print } from './print/print-lines.js';
import { reportErrors } from './report-errors.js';

/** `godata-dhis2 init`: makes a project of the user's own. */
export function initCommand(folder: string): Promise<ExitStatus> {
  return reportErrors(async () => {
    const files = newProject(folder, []);
    print([
      ...files.map(file => `  ${path.join(folder, file)}`),
      '',
      `Next: cd ${folder}; npm install; its README.md has the commands.`,
    ]);
    return 0;
  });
}
