import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { editProject } from '../support/project.js';
import { startProxy } from '../support/proxy.js';
import { KILLED_WORKFLOWS, killsOf } from '../support/runs.js';
import { startTwoWay, type TwoWay } from '../support/two-way.js';
import { PROJECT } from '../support/workflow.js';
import { createModel } from './support/people-model.js';
import { snapshotOf } from './support/snapshot.js';

const MAIN = path.join(PROJECT, 'adaptors/runtime/dist/main.js');
const NODE_FLAGS = ['--experimental-vm-modules', '--no-warnings'];

const open: TwoWay[] = [];
const closeAll = () => Promise.all(open.splice(0).map(world => world.close()));
afterEach(closeAll);

/** People whom users have entered in both systems, with what belongs to them. */
function enterPeople(world: TwoWay): void {
  const model = createModel(world);
  const there = Array.from({ length: 3 }, (_, n) => model.addToGoData('case', n, `person-${n}`));
  model.addLabToGoData(there[0]!, 'POSITIVE');
  model.addLabToGoData(there[0]!, 'NEGATIVE');
  const contact = model.addToGoData('contact', 3, 'person-3');
  model.relateInGoData(there[0]!, contact);
  model.relateInGoData(there[1]!, contact);
}

/** A world whose servers are behind proxies that count requests, and what runs of it leave. */
async function startWorld() {
  const world = await startTwoWay({ people: 4 });
  open.push(world);
  enterPeople(world);
  const counted = { requests: 0, onRequest: (_count: number): 'before' | undefined => undefined };
  const stop = () => {
    counted.requests += 1;
    return counted.onRequest(counted.requests);
  };
  const goData = await startProxy(world.goData.url, { stop });
  const dhis2 = await startProxy(world.dhis2.url, { stop });
  const credentials = temporaryJson('credentials.json', {
    godata: { ...world.credentials.godata, apiUrl: `${goData.url}/api` },
    dhis2: { ...world.credentials.dhis2, hostUrl: dhis2.url },
  });
  // Several runs, each of which leaves a state for the next.
  const file = temporaryJson('state.json', { batchSize: 4 });
  const project = editProject({});
  onTestFinished(project.remove);
  const args = (workflow: string) => [
    ...['run', workflow, '--project', project.folder, '--credentials', credentials],
    ...['--state', file, '--output', file, '--drain'],
  ];
  return { world, counted, args };
}

describe.each(KILLED_WORKFLOWS)('%s that is killed at any request', workflow => {
  it('ends, run again, where an undisturbed run ends, and then writes nothing', async () => {
    const undisturbed = await startWorld();
    const first = await runCommand(undisturbed.args(workflow));
    expect(first.stderr).not.toMatch(/Error/);
    expect(first.status).toBe(0);
    const wanted = snapshotOf(undisturbed.world);
    const { requests } = undisturbed.counted;
    await closeAll();
    expect(requests).toBeGreaterThan(20);
    for (const k of killsOf(requests)) {
      const { world, counted, args } = await startWorld();
      let child: ChildProcess | undefined;
      // Whether the server still gets the request on which the process dies.
      const isLost = k % 2 === 1;
      counted.onRequest = count => {
        if (count < k) return undefined;
        child!.kill('SIGKILL');
        return isLost || count > k ? 'before' : undefined;
      };
      child = spawn(process.execPath, [...NODE_FLAGS, MAIN, ...args(workflow)], {
        stdio: 'ignore',
      });
      await once(child, 'exit');
      expect(child.signalCode, `killed at request ${k} of ${requests}`).toBe('SIGKILL');
      counted.onRequest = () => undefined;
      const resumed = await runCommand(args(workflow));
      expect(resumed.stderr, `killed at request ${k}`).not.toMatch(/Error/);
      expect(resumed.status, `killed at request ${k}`).toBe(0);
      expect(snapshotOf(world), `killed at request ${k}`).toEqual(wanted);
      world.writes();
      await runCommand(args(workflow));
      expect(world.writes(), `killed at request ${k}`).toBe(0);
      await closeAll();
    }
  }, 600_000);
});
