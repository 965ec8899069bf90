// A workflow in this process, run until its source has no more. Reads { workflow, credentials, state }
// from a file and writes the final state there; prints the CPU milliseconds and the seconds of each
// step, without the start, and the largest state between steps.
import { readFileSync, writeFileSync } from 'node:fs';
import { runWorkflow } from '../../adaptors/runtime/dist/index.js';

const [file] = process.argv.slice(2);
const { workflow, credentials, state } = JSON.parse(readFileSync(file, 'utf8'));
const steps = {};
const stepSeconds = {};
let largest = 0;
let before = process.cpuUsage();
let begun = performance.now();
console.log = () => {};

let next = state;
do {
  const outcome = await runWorkflow({ project: '.', workflow, credentials, state: next, onEvent });
  if (outcome.errors.length > 0) throw new Error(JSON.stringify(outcome.errors));
  largest = Math.max(largest, ...outcome.steps.map(({ stateBytes = 0 }) => stateBytes));
  const { data: _data, report: _report, ...rest } = outcome.state;
  next = rest;
} while (next.more);
writeFileSync(file, JSON.stringify(next));
const result = JSON.stringify({ steps, stepSeconds, largestStateMb: largest / 1e6 });
process.stdout.write(result, () => process.exit(0));

function onEvent({ type, step }) {
  if (type === 'step-start') {
    before = process.cpuUsage();
    begun = performance.now();
  }
  if (type !== 'step-complete') return;
  const { user, system } = process.cpuUsage(before);
  steps[step] = (steps[step] ?? 0) + (user + system) / 1000;
  stepSeconds[step] = (stepSeconds[step] ?? 0) + (performance.now() - begun) / 1000;
}
