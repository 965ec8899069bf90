import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import { readCredentials } from '../credentials/read-credentials.js';
import { routeConsole } from '../engine/loggers.js';
import type { ExitStatus } from '../run/exit-status.js';
import type { Choices, ProjectDraft } from '../scaffold/draft.js';
import { loadDrafting } from '../scaffold/load-drafting.js';
import { newProject, refuseUsedFolder } from '../scaffold/new-project.js';
import { askOnTerminal } from './ask.js';
import { print } from './print/print-lines.js';
import { reportErrors } from './report-errors.js';

/** Options of `godata-dhis2 init`. */
export interface InitOptions extends Choices {
  credentials?: string;
}

/** `godata-dhis2 init`: makes a project of the user's own, with first mappings. */
export function initCommand(folder: string, options: InitOptions): Promise<ExitStatus> {
  return reportErrors(async () => {
    refuseUsedFolder(folder);
    const drafted = await draft(options);
    const { remarks, leftOut } = drafted;
    const files = newProject(folder, drafted);
    print([
      ...files.map(file => `  ${path.join(folder, file)}`),
      '',
      ...(remarks.length > 0 ? ['Drafted:', ...remarks.map(line => `  ${line}`), ''] : []),
      ...(leftOut.length > 0
        ? [
            'Left out of project.yaml:',
            ...leftOut.map(({ workflow, why }) => `  ${workflow}: ${why}`),
            '',
          ]
        : []),
      `Next: cd ${folder}; npm install; its README.md has the commands.`,
    ]);
    return 0;
  });
}

async function draft({ credentials: file, ...choices }: InitOptions): Promise<ProjectDraft> {
  if (file === undefined) {
    if (Object.keys(choices).length === 0) return { jobs: [], leftOut: [], remarks: [] };
    throw configurationError(
      'CREDENTIALS_NOT_GIVEN',
      'Programs, data sets and outbreaks can only be read with credentials.',
      { fix: 'Add --credentials FILE. Nothing was written.' },
    );
  }
  const credentials = readCredentials(file);
  for (const name of ['godata', 'dhis2']) {
    if (typeof credentials[name] === 'object' && credentials[name] !== null) continue;
    throw configurationError('CREDENTIALS_INVALID', `${file}: Credential ${name} is missing.`, {
      fix: 'Add it: the file needs godata and dhis2. Nothing was written.',
    });
  }
  const { draftProject } = await loadDrafting();
  routeConsole(() => {});
  return draftProject({ credentials, choices, ask: askOnTerminal() });
}
