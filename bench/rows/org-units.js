import { writeFileSync } from 'node:fs';
import { orgUnits } from '../data/org-unit-tree.js';
import { COMMAND, measure } from '../measure/process.js';
import { withFolder } from '../measure/run.js';

const COUNT = 100_000;

/** A file of org units becomes the file of locations that Go.Data imports. */
export function measureRows() {
  return withFolder(async file => {
    const files = [file('in.json'), file('out.json')];
    writeFileSync(files[0], JSON.stringify({ organisationUnits: [...orgUnits(COUNT)] }));
    const copied = await measure(['bench/programs/copy-json.js', ...files]);
    const converted = await measure([COMMAND, 'convert-org-units', ...files]);
    const work = `convert-org-units, ${COUNT} org units`;
    const name = 'parse and stringify';
    const cpu = { figure: 'CPU s', value: converted.cpuMs / 1000 };
    const peak = { figure: 'peak MB', value: converted.peakMb };
    return [
      { work, ...cpu, beside: { name, value: copied.cpuMs / 1000 }, target: 4, of: 'ratio' },
      { work, ...peak, beside: { name, value: copied.peakMb }, target: 350 },
    ];
  });
}
