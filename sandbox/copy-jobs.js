// Brings the demonstration's copy of the jobs, sandbox/demo, up to date: `npm run demo:jobs`, after a change of
// project.yaml or of a job.
import { cpSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const copy = path.join(import.meta.dirname, 'demo');

rmSync(copy, { recursive: true, force: true });
for (const name of ['project.yaml', 'jobs']) {
  cpSync(path.join(root, name), path.join(copy, name), {
    recursive: true,
    // Without pages, and without what the build writes for editors.
    filter: source => statSync(source).isDirectory() || /\.(js|yaml)$/.test(source),
  });
}
