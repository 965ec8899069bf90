// The flow in a process of its own, as the command line runs it; prints what it used.
import { runWorkflow } from '../adaptors/runtime/dist/index.js';

const { outbreakId, credentials } = JSON.parse(process.argv[2]);
console.log = () => {};
const outcome = await runWorkflow({
  project: '.',
  workflow: 'cases-to-data-values',
  credentials,
  state: { outbreakId, today: '2026-07-01' },
});
if (outcome.exitStatus !== 0) throw new Error(JSON.stringify(outcome.errors));
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
    peakMb: maxRSS / 1024,
    seconds: outcome.seconds,
    stateMb: Math.max(...outcome.steps.map(({ stateBytes = 0 }) => stateBytes)) / 1e6,
    report: outcome.report,
  }),
);
