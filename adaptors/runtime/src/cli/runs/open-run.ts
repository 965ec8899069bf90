import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { configurationError } from '#common/reporting/errors.js';
import { findRecord } from '../../record/read-record.js';
import { filesOf } from '../../record/records.js';
import type { ExitStatus } from '../../run/exit-status.js';
import { openInBrowser } from '../open-in-browser.js';
import { print } from '../print/print-lines.js';
import { reportErrors } from '../report-errors.js';
import type { RunsOptions } from './runs-command.js';

/** `godata-dhis2 runs open`: opens the page of a run, or says where it is. */
export function openRun(time: string, options: RunsOptions): Promise<ExitStatus> {
  return reportErrors(async () => {
    const record = findRecord(options.project, time, options.workflow);
    const { page } = filesOf(record);
    if (!existsSync(page)) {
      throw configurationError('NO_PAGE', `The run ${record.time} has no page: it did not end.`, {
        fix: `godata-dhis2 runs show ${record.time} shows what is known of it.`,
      });
    }
    if (options.json) process.stdout.write(`${JSON.stringify({ page })}\n`);
    else print([page]);
    const isOpen = options.json
      ? true
      : await openInBrowser(pathToFileURL(path.resolve(page)).href);
    if (!isOpen) print(['This machine has no browser that opens it. Open the file in one.']);
    return 0;
  });
}
