// Benchmark of org units: npm run build, then node bench/org-units.js [1000 10000 100000]. A file
// is converted and compared with a program that only reads, parses and writes it; then the workflow
// writes the same tree into an empty Go.Data, twice.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { orgUnits } from './org-unit-tree.js';

const run = promisify(execFile);
const FLAGS = ['--experimental-vm-modules', '--no-warnings'];
const sizes = process.argv.slice(2).map(Number);
const folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-bench-'));
const rows = [];

try {
  const [input, output] = ['in.json', 'out.json'].map(name => path.join(folder, name));
  writeFileSync(input, JSON.stringify({ organisationUnits: [...orgUnits(1)] }));
  const start = {
    copy: await measure('bench/copy-json.js'),
    convert: await convert(input, output),
  };
  for (const count of sizes.length > 0 ? sizes : [1000, 10_000, 100_000]) {
    writeFileSync(input, JSON.stringify({ organisationUnits: [...orgUnits(count)] }));
    const copied = await measure('bench/copy-json.js', input, output);
    const converted = await convert(input, output);
    rows.push({
      'org units': count,
      'MB of the file': round(readFileSync(input).length / 1e6),
      'CPU s, convert-org-units': round((converted.cpuMs - start.convert.cpuMs) / 1000),
      'CPU s, read, parse, write': round((copied.cpuMs - start.copy.cpuMs) / 1000),
      ratio: round((converted.cpuMs - start.convert.cpuMs) / (copied.cpuMs - start.copy.cpuMs)),
      'peak MB, convert-org-units': Math.round(converted.peakMb),
      'peak MB, read, parse, write': Math.round(copied.peakMb),
      ...(await runFlow(count)),
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const key of Object.keys(rows[0]))
  console.log(key.padEnd(32), ...rows.map(row => String(row[key]).padStart(10)));

function convert(input, output) {
  return measure('adaptors/runtime/dist/main.js', 'convert-org-units', input, output);
}

/** Runs a program, and returns the resources that it used, including its start. */
async function measure(...args) {
  const file = path.join(folder, 'usage.json');
  const env = { ...process.env, USAGE_FILE: file };
  await run(process.execPath, [...FLAGS, '--import', './bench/report-usage.js', ...args], { env });
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function runFlow(count) {
  const servers = spawn(process.execPath, ['bench/place-servers.js', String(count)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: servers.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  try {
    const target = JSON.stringify(await next());
    const flow = async () => {
      const { stdout } = await run(process.execPath, [...FLAGS, 'bench/place-flow.js', target]);
      servers.stdin.write('count\n');
      const [goData, dhis2] = await next();
      return { ...JSON.parse(stdout), goData, dhis2 };
    };
    return { ...toColumns('first', await flow()), ...toColumns('second', await flow()) };
  } finally {
    servers.kill();
  }
}

function toColumns(name, { parts, created, unchanged, cpuMs, peakMb, stateMb, goData, dhis2 }) {
  return {
    [`${name} run: created, unchanged`]: `${created}, ${unchanged}`,
    [`${name} run: parts`]: parts,
    [`${name} run: CPU s`]: round(cpuMs / 1000),
    [`${name} run: peak MB`]: Math.round(peakMb),
    [`${name} run: largest state MB`]: round(stateMb),
    [`${name} run: requests to Go.Data`]: total(goData),
    [`${name} run: requests to DHIS2`]: total(dhis2),
  };
}

function total(routes) {
  return Object.values(routes).reduce((sum, count) => sum + count, 0);
}

function round(number) {
  return Math.round(number * 100) / 100;
}
