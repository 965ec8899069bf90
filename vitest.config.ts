import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** The test files that try more cases in `npm run test:deep`: those that import test/support/runs.ts. */
function deepFiles(): string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts'))
    .map(file => path.posix.join('test', file.replaceAll(path.sep, '/')))
    .filter(file => readFileSync(file, 'utf8').includes('support/runs.js'));
}

// `npm run test:deep` is the mode `deep`.
export default defineConfig(({ mode }) => ({
  test: {
    include:
      mode === 'deep' ? deepFiles() : ['test/**/*.test.ts', 'adaptors/packages/*/test/*.test.ts'],
    // Those of the adaptors are in OpenFn's form, which is mocha's.
    globals: true,
    env: { TEST_DEPTH: mode === 'deep' ? 'deep' : 'normal' },
    globalSetup: ['test/support/build.ts', 'test/contracts/witness/setup.ts'],
    setupFiles: ['test/support/seed.ts'],
    pool: 'forks',
    // One more than CI has cores, as some tests wait; vitest would keep one of two for itself.
    maxWorkers: 3,
    // The files of a worker share its modules, which are many: a file that changes a global must
    // change it back.
    isolate: false,
    // The engine runs jobs as ES modules inside node:vm, which Node keeps behind this flag.
    execArgv: ['--experimental-vm-modules', '--no-warnings'],
    // Adaptors log their progress through the console; show it where a test fails.
    silent: 'passed-only',
    testTimeout: mode === 'deep' ? 600_000 : 180_000,
    hookTimeout: 180_000,
  },
}));
