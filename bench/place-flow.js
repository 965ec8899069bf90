// The workflow in a separate process, repeated until the source has no more; prints the resources
// that it used.
import { runWorkflow } from '../adaptors/runtime/dist/index.js';

const { credentials } = JSON.parse(process.argv[2]);
console.log = () => {};
const told = { parts: 0, stateMb: 0, read: 0, created: 0, unchanged: 0, seconds: 0 };
let state = {};
do {
  const outcome = await runWorkflow({
    project: '.',
    workflow: 'org-units-to-locations',
    credentials,
    state,
  });
  if (outcome.exitStatus !== 0) throw new Error(JSON.stringify(outcome.errors));
  const { read, created, unchanged } = outcome.report['upsert-locations'];
  told.parts += 1;
  told.read += read;
  told.created += created;
  told.unchanged += unchanged;
  told.seconds += outcome.seconds;
  const sizes = outcome.steps.map(({ stateBytes = 0 }) => stateBytes);
  told.stateMb = Math.max(told.stateMb, ...sizes.map(bytes => bytes / 1e6));
  const { data: _data, report: _report, ...next } = outcome.state;
  state = next;
} while (state.more);
const { user, system } = process.cpuUsage();
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ ...told, cpuMs: (user + system) / 1000, peakMb }));
