/*
 * The sandbox program: both servers until it is stopped. `godata-dhis2 sandbox` starts it.
 */
import { CommanderError } from 'commander';
import { writeJsonFile } from './input/files.js';
import { formatProblem, UsageError } from './input/usage-error.js';
import { chooseContent } from './main/choose-content.js';
import { allowClosedPipe } from './main/closed-pipe.js';
import { refuseOwnCredentials } from './main/credentials-file.js';
import { createSandboxCommand, type SandboxOptions } from './main/options.js';
import { formatReady } from './main/ready-text.js';
import { saveContent } from './main/saved-content.js';
import { readCredentials, type Servers, startServers } from './main/servers.js';

/** Default file for the credentials: the command that is printed needs one. */
const CREDENTIALS_FILE = 'state/.local/sandbox/credentials.json';

async function main(options: SandboxOptions): Promise<void> {
  const file = options.credentials ?? (options.json ? undefined : CREDENTIALS_FILE);
  if (file) refuseOwnCredentials(file);
  const content = chooseContent(options, new Date().toISOString().slice(0, 10));
  for (const warning of content.warnings) process.stderr.write(`Note: ${warning}\n`);
  const servers = await startServers(content, options);
  const credentials = readCredentials(servers);
  if (file) writeJsonFile(file, { godata: credentials.goData, dhis2: credentials.dhis2 }, 2);
  stopOnRequest(servers, options);
  process.stdout.write(
    options.json
      ? `${JSON.stringify(credentials)}\n`
      : formatReady({
          servers,
          credentials,
          credentialsFile: file!,
          origin: content.origin,
          isOwnMetadata: (options.dhis2Metadata ?? []).length > 0,
          state: options.state,
        }),
  );
}

/** Ctrl-C, a signal, or the end of the program that started this one. */
function stopOnRequest({ goData, dhis2 }: Servers, { state }: SandboxOptions): void {
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await Promise.all([goData.close(), dhis2.close()]);
    if (state) saveContent(state, { goData: goData.store.toJSON(), dhis2: dhis2.store.toJSON() });
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  if (!process.send) return;
  if (process.connected) process.once('disconnect', stop);
  else void stop();
}

allowClosedPipe();
try {
  await main(createSandboxCommand().parse().opts<SandboxOptions>());
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  process.stderr.write(formatProblem(error));
  process.exit(error instanceof UsageError ? 2 : 1);
}
