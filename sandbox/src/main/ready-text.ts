import { CASE } from '../godata/index.js';
import type { Origin } from './choose-content.js';
import type { Credentials, Servers } from './servers.js';
import { toShellPath } from './shell-words.js';

/** What a user needs to know when both servers listen. */
export interface Ready {
  servers: Servers;
  credentials: Credentials;
  /** File that the credentials were written to. */
  credentialsFile: string;
  origin: Origin;
  /** Whether DHIS2 has metadata of the user's own, for which the jobs of this project are not. */
  isOwnMetadata: boolean;
  /** Folder that keeps the content. */
  state?: string;
}

/** Addresses, accounts and the command to try, in a few lines. */
export function formatReady(ready: Ready): string {
  const { servers, credentials } = ready;
  const file = toShellPath(ready.credentialsFile);
  const lines = [
    `Go.Data ${servers.goData.version}: ${servers.goData.url}`,
    `  e-mail ${credentials.goData.email}, password ${credentials.goData.password}`,
    `DHIS2 ${servers.dhis2.version}: ${credentials.dhis2.hostUrl}`,
    `  user ${credentials.dhis2.username}, password ${credentials.dhis2.password}`,
    ...formatOutbreaks(servers),
    formatOrigin(ready),
    '',
    'In another terminal:',
    ...(ready.isOwnMetadata
      ? [`  npx godata-dhis2 init ../my-country --credentials ${file}`]
      : [
          `  npx godata-dhis2 run org-units-to-locations --credentials ${file}`,
          `  npx godata-dhis2 run cases-to-data-values --credentials ${file} --dry-run`,
          `  npx godata-dhis2 run cases-to-data-values --credentials ${file}`,
        ]),
    '',
    'Ctrl-C stops both servers.',
  ];
  return `${lines.join('\n')}\n`;
}

function formatOutbreaks({ goData: { store } }: Servers): string[] {
  const locations = store.locations.list().length.toLocaleString('en');
  return store.outbreaks.list().map(({ id, name }) => {
    const cases = store.people.list(id, CASE.type).length.toLocaleString('en');
    return `Outbreak "${name}" (${id}): ${cases} cases, ${locations} locations`;
  });
}

function formatOrigin({ origin, state }: Ready): string {
  if (!state)
    return 'Nothing is saved. With --state FOLDER the next start continues with the same data.';
  return origin === 'saved'
    ? `Continues with the data saved in ${state}. Remove that folder to start again.`
    : `Saved in ${state} at the end.`;
}
