import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import { writeAtomically } from '../files/write-atomically.js';
import { readProject } from '../project/read-project.js';
import { lineDiff } from '../pull/line-diff.js';
import { type PulledFile, planPull } from '../pull/plan-pull.js';
import { readExported } from '../pull/read-exported.js';
import type { ExitStatus } from '../run/exit-status.js';
import { askOnTerminal } from './ask.js';
import { print } from './print/print-lines.js';
import { reportErrors } from './report-errors.js';

/** Options of `godata-dhis2 pull`. */
export interface PullOptions {
  /** Folder of project.yaml. */
  project: string;
  /** Write without a question. */
  yes?: boolean;
}

function formatFile({ file, before, after, jobs }: PulledFile): string[] {
  const shared = jobs.length > 1 ? `   (the file of ${jobs.join(', ')})` : '';
  return [`${file}${shared}`, ...lineDiff(before, after).map(line => `  ${line}`), ''];
}

async function isWanted(count: number): Promise<boolean> {
  const ask = askOnTerminal();
  if (!ask) {
    throw configurationError('NOT_CONFIRMED', 'Nobody could be asked, so nothing was written.', {
      fix: 'Add --yes to write these changes.',
    });
  }
  const answer = await ask(
    `Write ${count === 1 ? 'this file' : `these ${count} files`}? [y/N]`,
    [],
  );
  return /^y(es)?$/i.test(answer.trim());
}

/** `godata-dhis2 pull`: brings job texts that were edited on the platform back into jobs/. */
export function pullCommand(file: string, { project, yes }: PullOptions): Promise<ExitStatus> {
  return reportErrors(async () => {
    const { files, left } = await planPull(readProject(project), readExported(file));
    print([
      ...files.flatMap(formatFile),
      ...(left.length > 0 ? ['Not pulled:', ...left.map(line => `  ${line}`), ''] : []),
    ]);
    if (files.length === 0) {
      print(['No job has another text: nothing to write.']);
      return 0;
    }
    if (!yes && !(await isWanted(files.length))) {
      print(['Nothing was written.']);
      return 0;
    }
    for (const { file: name, after } of files) {
      writeAtomically(path.join(project, name), after);
    }
    print([
      `Written: ${files.map(({ file: name }) => path.join(project, name)).join(', ')}`,
      'Next:    npx godata-dhis2 check',
    ]);
    return 0;
  });
}
