// A workflow in this process; prints the CPU milliseconds of one of its steps, without the start.
import { runWorkflow } from '../../adaptors/runtime/dist/index.js';

const { workflow, wanted, credentials, state } = JSON.parse(process.argv[2]);
let before;
let cpuMs = 0;
console.log = () => {};
const outcome = await runWorkflow({
  project: '.',
  workflow,
  credentials,
  state,
  onEvent: ({ type, step }) => {
    if (step !== wanted) return;
    if (type === 'step-start') before = process.cpuUsage();
    if (type !== 'step-complete') return;
    const { user, system } = process.cpuUsage(before);
    cpuMs = (user + system) / 1000;
  },
});
if (outcome.errors.length > 0) throw new Error(JSON.stringify(outcome.errors));
process.stdout.write(JSON.stringify({ cpuMs, peakMb: process.resourceUsage().maxRSS / 1024 }));
