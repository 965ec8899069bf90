import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { orgUnits } from '../data/org-unit-tree.js';
import { COMMAND, measure } from '../measure/process.js';

const COUNT = 100_000;

/** A file of org units becomes the file of locations that Go.Data imports. */
export async function measureRows() {
  const folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-bench-'));
  try {
    const [input, output] = ['in.json', 'out.json'].map(name => path.join(folder, name));
    writeFileSync(input, JSON.stringify({ organisationUnits: [...orgUnits(COUNT)] }));
    const copied = await measure(['bench/programs/copy-json.js', input, output]);
    const converted = await measure([COMMAND, 'convert-org-units', input, output]);
    const work = `convert-org-units, ${COUNT} org units`;
    const name = 'parse and stringify';
    return [
      {
        work,
        figure: 'CPU s',
        value: converted.cpuMs / 1000,
        beside: { name, value: copied.cpuMs / 1000 },
        target: 4,
        of: 'ratio',
      },
      {
        work,
        figure: 'peak MB',
        value: converted.peakMb,
        beside: { name, value: copied.peakMb },
        target: 350,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
