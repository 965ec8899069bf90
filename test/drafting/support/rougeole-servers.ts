import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { ROUGEOLE_OPTIONS } from '../../support/rougeole.js';
import { PROJECT } from '../../support/workflow.js';

/** A sandbox with a country's exported metadata, started as users start it. */
export interface Sandbox {
  /** File with the credentials of both servers. */
  credentials: string;
  dhis2Url: string;
  godataUrl: string;
  stop(): Promise<void>;
}

/** Starts the sandbox program with the measles programs, data set and outbreak. */
export async function startRougeole(): Promise<Sandbox> {
  const folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-rougeole-'));
  const credentials = path.join(folder, 'credentials.json');
  const child: ChildProcessByStdio<null, Readable, null> = spawn(
    process.execPath,
    [
      path.join(PROJECT, 'sandbox/dist/main.js'),
      ...ROUGEOLE_OPTIONS,
      ...['--cases-count', '60', '--people', '40', '--json', '--credentials', credentials],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  const { goData, dhis2 } = JSON.parse(text);
  return {
    credentials,
    dhis2Url: dhis2.hostUrl,
    godataUrl: goData.apiUrl,
    stop: async () => {
      const end = once(child, 'exit');
      child.kill();
      await end;
    },
  };
}

/** The options with which `init` drafts a project for these programs. */
export const ROUGEOLE_CHOICES = [
  ...['--outbreak', 'Rougeole 2026', '--data-set', 'ROUGEOLE_MENSUEL'],
  ...['--case-program', 'ROUGEOLE_CAS', '--contact-program', 'ROUGEOLE_CONTACTS'],
];
