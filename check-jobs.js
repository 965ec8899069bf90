// Type-checks every job that begins with `// @ts-check` against the operations of its own adaptor.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { writeJobTypes } from './adaptors/runtime/dist/index.js';

const tsc = path.join(import.meta.dirname, 'node_modules/typescript/bin/tsc');
const statuses = (await writeJobTypes(import.meta.dirname)).map(
  config => spawnSync(process.execPath, [tsc, '-p', config], { stdio: 'inherit' }).status,
);
process.exit(statuses.every(status => status === 0) ? 0 : 2);
