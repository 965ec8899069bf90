import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { COMMAND, measureLeast } from '../measure/process.js';
import { withFolder } from '../measure/run.js';

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
export function measureRows() {
  return withFolder(async file => {
    mkdirSync(file('jobs'));
    writeFileSync(file('project.yaml'), PROJECT);
    writeFileSync(file('jobs/one.js'), 'fn(state => state);\n');
    const project = path.dirname(file('jobs'));
    const run = await measureLeast(5, [COMMAND, 'run', 'small', '--project', project]);
    const floor = await measureLeast(5, ['-e', '0']);
    const work = 'run of one empty step';
    const beside = value => ({ name: 'node -e 0', value });
    const cpu = { figure: 'CPU s', value: run.cpuMs / 1000 };
    const peak = { figure: 'peak MB', value: run.peakMb };
    return [
      { work, ...cpu, beside: beside(floor.cpuMs / 1000), target: 0.6 },
      { work, ...peak, beside: beside(floor.peakMb), target: 90 },
    ];
  });
}
