import { execFileSync } from 'node:child_process';

/** Builds once before all tests: the command line and the engine load what users load, `dist/`. */
export default function setup(): void {
  execFileSync(process.execPath, ['build.js', '--no-types'], { stdio: 'inherit' });
}
