import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { checkWitnesses } from './check.js';
import { readSeen } from './seen.js';

/**
 * Records all requests that adaptors send to DHIS2 during a test run, in all its processes. The run
 * fails if no recording shows that a real server accepts one of them.
 */
export default async function setup(): Promise<() => void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dhis2-witness-'));
  const recorder = path.join(folder, 'recorder.mjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'recorder.ts')],
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', outfile: recorder },
  });
  const before = process.env.NODE_OPTIONS;
  process.env.WITNESS_FOLDER = folder;
  process.env.NODE_OPTIONS = `${before ?? ''} --import ${pathToFileURL(recorder).href}`.trim();
  return () => {
    const objections = checkWitnesses(readSeen(folder));
    rmSync(folder, { recursive: true, force: true });
    if (objections.length === 0) return;
    process.exitCode = 1;
    console.error(
      `\nRequests that no recorded server is known to accept:\n${objections.join('\n')}\n`,
    );
  };
}
