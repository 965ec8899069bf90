import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CommandResult, runShared } from './command-client.js';
import { PROJECT } from './workflow.js';

/** Runs the `godata-dhis2` command in a folder of its own. */
export async function runCommand(args: string[], cwd?: string): Promise<CommandResult> {
  const folder = cwd ?? mkdtempSync(path.join(tmpdir(), 'godata-dhis2-run-'));
  try {
    const shared = await runShared({ args, cwd: folder });
    if (shared) return shared;
    return await new Promise((resolve, reject) => {
      const child = spawn(
        process.execPath,
        [path.join(PROJECT, 'adaptors/runtime/bin/godata-dhis2.js'), ...args],
        {
          cwd: folder,
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      const result = { stdout: '', stderr: '' };
      child.stdout.on('data', chunk => {
        result.stdout += chunk;
      });
      child.stderr.on('data', chunk => {
        result.stderr += chunk;
      });
      child.on('error', reject);
      child.on('close', status => resolve({ status, ...result }));
    });
  } finally {
    if (!cwd) rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a JSON file of a test into a temporary folder and returns its path. */
export function temporaryJson(name: string, content: unknown): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'godata-dhis2-json-')), name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}
