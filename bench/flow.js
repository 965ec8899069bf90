// The workflow in a separate process, as the command line runs it; prints the resources that it
// used.
import { runWorkflow } from '../adaptors/runtime/dist/index.js';

const { outbreakId, credentials } = JSON.parse(process.argv[2]);
/** @type {Record<string, number>} CPU milliseconds by step */
const steps = {};
let before = process.cpuUsage();
console.log = () => {};
const outcome = await runWorkflow({
  project: '.',
  workflow: 'cases-to-data-values',
  credentials,
  state: { outbreakId, today: '2026-07-01' },
  onEvent: ({ type, step }) => {
    if (type === 'step-start') before = process.cpuUsage();
    if (type === 'step-complete') steps[step] = toMs(process.cpuUsage(before));
  },
});
if (outcome.exitStatus !== 0) throw new Error(JSON.stringify(outcome.errors));
process.stdout.write(
  JSON.stringify({
    cpuMs: toMs(process.cpuUsage()),
    steps,
    peakMb: process.resourceUsage().maxRSS / 1024,
    seconds: outcome.seconds,
    stateMb: Math.max(...outcome.steps.map(({ stateBytes = 0 }) => stateBytes)) / 1e6,
    report: outcome.report,
  }),
);

function toMs({ user, system }) {
  return (user + system) / 1000;
}
