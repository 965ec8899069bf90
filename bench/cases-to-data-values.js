// Benchmark of cases to data values: npm run build, then node bench/cases-to-data-values.js [10000
// 100000 1000000]. The bare loop fetches the same pages and only parses them. Its figures, like
// those of a step, exclude the start of the process. Each number of cases has its own servers in
// one process; the workflow and the bare loop run in other processes.
import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const sizes = process.argv.slice(2).map(Number);
const rows = [];

for (const cases of sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000]) {
  const servers = spawn(process.execPath, ['bench/servers.js', String(cases)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: servers.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  const count = () => {
    servers.stdin.write('count\n');
    return next();
  };
  try {
    const target = await next();
    const child = async (/** @type {string} */ script) => {
      const args = ['--experimental-vm-modules', '--no-warnings', script, JSON.stringify(target)];
      return JSON.parse((await run(process.execPath, args, { maxBuffer: 2 ** 28 })).stdout);
    };
    const bare = await child('bench/bare-loop.js');
    const before = await count();
    const flow = await child('bench/flow.js');
    const after = await count();
    rows.push(toRow({ cases, target, bare, flow, before, after }));
  } finally {
    servers.kill();
  }
}
for (const key of Object.keys(rows[0]))
  console.log(key.padEnd(32), ...rows.map(row => String(row[key]).padStart(10)));

function toRow({ cases, target, bare, flow, before, after }) {
  const { created = 0 } = flow.report['upsert-data-values'];
  const reads = after.dhis2['GET /api/dataValueSets'] ?? 0;
  return {
    cases,
    'bytes per case on the server': target.caseBytes,
    'cases/s': Math.round(cases / flow.seconds),
    'CPU s, all': round(flow.cpuMs / 1000),
    'CPU s, fetch-cases': round(flow.steps['fetch-cases'] / 1000),
    'CPU s, bare loop': round(bare.cpuMs / 1000),
    'ratio fetch-cases : bare loop': round(flow.steps['fetch-cases'] / bare.cpuMs),
    'ratio all : bare loop': round(flow.cpuMs / bare.cpuMs),
    'peak MB': Math.round(flow.peakMb),
    'largest state MB': round(flow.stateMb),
    'data values': created,
    'Go.Data requests': total(after.goData) - total(before.goData),
    'DHIS2 requests': total(after.dhis2) - reads,
    'DHIS2 reads of values': reads,
  };
}

function total(routes) {
  return Object.values(routes).reduce((sum, count) => sum + count, 0);
}

function round(number) {
  return Math.round(number * 100) / 100;
}
