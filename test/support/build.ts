import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { COMMAND_PROCESS } from './command-client.js';

/** Builds once before all tests: the command line and the engine load what users load, `dist/`. */
export default async function setup(): Promise<void> {
  execFileSync(process.execPath, ['build.js', '--no-types'], { stdio: 'inherit' });
  const { dependencies } = JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'),
  );
  await build({
    entryPoints: [path.join(import.meta.dirname, 'command-process.ts')],
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20' },
    external: Object.keys(dependencies),
    outfile: COMMAND_PROCESS,
  });
}
