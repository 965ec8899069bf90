import { readCredentials } from '../../credentials/read-credentials.js';
import { readProject } from '../../project/read-project.js';
import type { ExitStatus } from '../../run/exit-status.js';
import { createOnline } from '../../view/online/online.js';
import { startView } from '../../view/server/start-view.js';
import { openInBrowser } from '../open-in-browser.js';
import { print, printError } from '../print/print-lines.js';
import { reportErrors } from '../report-errors.js';
import { readState } from '../run/read-state.js';

/** Options of `godata-dhis2 view`. */
export interface ViewOptions {
  /** Default: any free one. */
  port?: number;
  credentials?: string;
  /** File with a state of a workflow, with which its preview begins. */
  state?: string;
  /** False: the address is only printed. */
  open: boolean;
  /** Folder of project.yaml. */
  project: string;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** `godata-dhis2 view`: shows runs and mapping in a browser until the user stops it. */
export function viewCommand({
  port = 0,
  credentials,
  state,
  open,
  project,
}: ViewOptions): Promise<ExitStatus> {
  return reportErrors(async () => {
    readProject(project);
    // A mistake in the file is told now, and not on the page.
    if (credentials !== undefined) readCredentials(credentials);
    // Each preview reads the file anew: a run may have gone on meanwhile.
    const stateOf = () => (state === undefined ? {} : readState(state, () => {}));
    stateOf();
    const online =
      credentials === undefined ? undefined : createOnline(project, credentials, stateOf);
    const view = await startView({ project, online }, port);
    const stopped = untilStopped();
    print([view.url]);
    printError([
      ...(online ? [] : ['Without --credentials: runs and mapping, nothing from the servers.']),
      'The address works once. Ctrl-C ends the page.',
    ]);
    if (open && !(await Promise.race([openInBrowser(view.url), stopped.then(() => true)]))) {
      printError(['This machine has no browser that opens it. Open the address in one.']);
    }
    await stopped;
    await view.close();
    return 0;
  });
}

function untilStopped(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of SIGNALS) process.once(signal, () => resolve());
  });
}
