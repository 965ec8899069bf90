import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COMMAND, measureLeast } from '../measure/process.js';

const PROJECT = `name: small
workflows:
  small:
    name: small
    jobs:
      one: { name: one, adaptor: '@openfn/language-godata@4.0.0', body: { path: jobs/one.js } }
    triggers:
      cron: { type: cron, cron_expression: '0 * * * *', enabled: true }
    edges:
      cron->one: { source_trigger: cron, target_job: one, condition_type: always, enabled: true }
`;

/** A run of one step that does nothing: what every run costs. */
export async function measureRows() {
  const folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-bench-'));
  try {
    mkdirSync(path.join(folder, 'jobs'));
    writeFileSync(path.join(folder, 'project.yaml'), PROJECT);
    writeFileSync(path.join(folder, 'jobs/one.js'), 'fn(state => state);\n');
    const run = await measureLeast(5, [COMMAND, 'run', 'small', '--project', folder]);
    const floor = await measureLeast(5, ['-e', '0']);
    const work = 'run of one empty step';
    const name = 'node -e 0';
    return [
      {
        work,
        figure: 'CPU s',
        value: run.cpuMs / 1000,
        beside: { name, value: floor.cpuMs / 1000 },
        target: 0.6,
      },
      {
        work,
        figure: 'peak MB',
        value: run.peakMb,
        beside: { name, value: floor.peakMb },
        target: 90,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
