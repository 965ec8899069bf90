import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts', 'test/contracts/witness/setup.ts'],
    pool: 'forks',
    // As many as CI has cores; vitest would keep one of two for itself.
    maxWorkers: 2,
    // The files of a worker share its modules, which are many: a file that changes a global must
    // change it back.
    isolate: false,
    // The engine runs jobs as ES modules inside node:vm, which Node keeps behind this flag.
    execArgv: ['--experimental-vm-modules', '--no-warnings'],
    // Adaptors log their progress through the console; show it where a test fails.
    silent: 'passed-only',
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
