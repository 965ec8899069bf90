import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { IntegrationError } from '#common/reporting/errors.js';
import { runCommand, temporaryJson } from '../support/command.js';
import { runOperations } from '../support/operations.js';
import { aCase } from '../support/outbreak.js';
import { editProject } from '../support/project.js';
import { type RunningProxy, startProxy } from '../support/proxy.js';
import { IS_DEEP } from '../support/runs.js';
import { startTwoWay, type Toward, type TwoWay } from '../support/two-way.js';
import { startServers, valuesInWords } from '../support/workflow.js';
import { createModel } from './support/people-model.js';
import { snapshotOf } from './support/snapshot.js';

/** Called before each repeated request. */
const pauses = { onPause: () => {} };
const chance = Math.random;
// Chance decides about the pauses, and about nothing else. Here they take 0.1, 0.2 and 0.4 seconds:
// a server needs some time to return.
beforeAll(() => {
  vi.spyOn(Math, 'random').mockImplementation(() => {
    pauses.onPause();
    return 0.1;
  });
});
afterAll(() => void vi.restoreAllMocks());

const WORKFLOWS = [
  'tracked-entities-to-cases',
  'cases-to-tracked-entities',
  'cases-to-data-values',
];

/** What a test sees of a workflow, whichever it is. */
interface Flow {
  servers: Pick<TwoWay, 'dhis2' | 'goData' | 'credentials'>;
  run(): Promise<unknown>;
  /** What both servers hold in the end. */
  content(): unknown;
  writes(): number;
  /** What a failed run must leave as it is. */
  state(): unknown;
}

const open: { close(): Promise<void> }[] = [];
const closeAll = () => Promise.all(open.splice(0).map(one => one.close()));
afterEach(closeAll);

/** People whom users have entered in both systems, with what belongs to them. */
function enterPeople(world: TwoWay): void {
  const model = createModel(world);
  const [first, second] = [0, 1].map(n => model.addToGoData('case', n, `person-${n}`));
  model.addLabToGoData(first!, 'POSITIVE');
  model.relateInGoData(first!, model.addToGoData('contact', 2, 'person-2'));
  model.relateInGoData(second!, first!);
}

async function startFlow(workflow: string): Promise<Flow> {
  if (workflow === 'cases-to-data-values') {
    const servers = await startServers({ people: [aCase(), aCase()] });
    open.push(servers);
    return {
      servers,
      run: () => runOperations(servers),
      content: () => valuesInWords(servers.dhis2),
      writes() {
        const count = servers.dhis2.requests.writes();
        servers.dhis2.requests.reset();
        return count;
      },
      state: () => undefined,
    };
  }
  const toward: Toward = workflow === 'tracked-entities-to-cases' ? 'godata' : 'dhis2';
  const world = await startTwoWay({ people: 3 });
  open.push(world);
  enterPeople(world);
  return {
    servers: world,
    run: () => world.run(toward),
    content: () => snapshotOf(world),
    writes: world.writes,
    state: () => structuredClone(world.state),
  };
}

/** Puts both servers behind proxies that count requests and stop one of them where a test says. */
async function countRequests({ dhis2, goData, credentials }: Flow['servers']) {
  const counted = {
    requests: 0,
    proxies: [] as RunningProxy[],
    /** The server that gets this request stops, before it or after it has handled it. */
    stopAt: undefined as { request: number; when: 'before' | 'after' } | undefined,
    /** The server that has stopped. */
    stopped: undefined as RunningProxy | undefined,
  };
  const behind = async (url: string) => {
    const proxy = await startProxy(url, {
      stop() {
        counted.requests += 1;
        if (counted.requests !== counted.stopAt?.request) return undefined;
        counted.stopped = proxy;
        if (counted.stopAt.when === 'before') proxy.down();
        return counted.stopAt.when;
      },
      onHandled() {
        if (counted.stopped !== proxy || counted.stopAt?.when !== 'after') return;
        counted.stopAt = undefined;
        proxy.down();
      },
    });
    counted.proxies.push(proxy);
    return proxy.url;
  };
  credentials.godata.apiUrl = `${await behind(goData.url)}/api`;
  credentials.dhis2.hostUrl = await behind(dhis2.url);
  return counted;
}

/** Go.Data keeps its sessions in memory: after a restart every token is refused. */
const forgetSessions = ({ goData }: Flow['servers']) =>
  goData.faults.add({ kind: 'kill-token', at: 1 });

/**
 * Requests at equal distances, beginning with another one in each run.
 *
 * @param normal how many of them in `npm test`
 */
function positions(requests: number, normal: number): number[] {
  const step = Math.min(requests, IS_DEEP ? 12 : Math.ceil(requests / normal));
  const rest = Math.floor(chance() * step);
  return Array.from({ length: requests }, (_, n) => n + 1).filter(k => k % step === rest);
}

async function undisturbed(workflow: string): Promise<{ wanted: unknown; requests: number }> {
  const flow = await startFlow(workflow);
  const counted = await countRequests(flow.servers);
  await flow.run();
  const result = { wanted: flow.content(), requests: counted.requests };
  await closeAll();
  return result;
}

/** @param outage attempts of one request that find no server; Infinity: it stays away */
async function interrupt(workflow: string, k: number, outage: number, wanted: unknown) {
  const what = `${workflow}, request ${k}, ${outage} attempts without a server`;
  const flow = await startFlow(workflow);
  const counted = await countRequests(flow.servers);
  const before = flow.state();
  let missed = 0;
  const [goData] = counted.proxies;
  const comeBack = async () => {
    if (counted.stopped === goData) forgetSessions(flow.servers);
    await counted.stopped!.up();
  };
  pauses.onPause = () => {
    missed += 1;
    if (missed === outage) void comeBack();
  };
  counted.stopAt = { request: k, when: k % 2 === 1 ? 'before' : 'after' };
  const error = await flow.run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  pauses.onPause = () => {};
  if (error !== undefined) {
    expect(error, what).toBeInstanceOf(IntegrationError);
    expect(error, what).toMatchObject({ fix: expect.stringMatching(/\w/) });
    expect(flow.state(), what).toEqual(before);
  }
  await comeBack();
  await flow.run();
  expect(flow.content(), what).toEqual(wanted);
  flow.writes();
  await flow.run();
  expect(flow.writes(), what).toBe(0);
  await closeAll();
  return error as IntegrationError | undefined;
}

describe.each(WORKFLOWS)('a server restarted during %s', workflow => {
  it('is waited for, or named by an error; the run then ends where an undisturbed one ends', async () => {
    const { wanted, requests } = await undisturbed(workflow);
    for (const k of positions(requests, 1)) {
      const error = await interrupt(workflow, k, 2, wanted);
      // Only what would be there twice is not sent again.
      if (error) expect(error, `request ${k}`).toMatchObject({ details: { method: 'POST' } });
    }
  });

  it('that stays away ends the run with an error, and the next run completes it', async () => {
    const { wanted, requests } = await undisturbed(workflow);
    for (const k of positions(requests, 1)) {
      const error = await interrupt(workflow, k, Number.POSITIVE_INFINITY, wanted);
      expect(error?.code, `request ${k} of ${requests}`).toMatch(/^CONNECTION_(REFUSED|LOST)$/);
    }
  });
});

/** A world for the command: what it runs, with a state that stays. */
async function startCommand(workflow: string) {
  const flow = await startFlow(workflow);
  const counted = await countRequests(flow.servers);
  const file = temporaryJson('state.json', {});
  const credentials = temporaryJson('credentials.json', flow.servers.credentials);
  const project = editProject({});
  onTestFinished(project.remove);
  const run = () =>
    runCommand([
      ...['run', workflow, '--project', project.folder, '--credentials', credentials],
      ...['--state', file, '--output', file],
    ]);
  return { flow, counted, run };
}

// Real processes and real pauses: in deep runs only.
describe.runIf(IS_DEEP).each(WORKFLOWS)('the command to run %s', workflow => {
  it('ends with status 1 when a server is gone; the same command completes it later', async () => {
    const whole = await startCommand(workflow);
    expect(await whole.run()).toMatchObject({ status: 0 });
    const wanted = whole.flow.content();
    const { requests } = whole.counted;
    await closeAll();
    const { flow, counted, run } = await startCommand(workflow);
    const k = 1 + Math.floor(chance() * requests);
    counted.stopAt = { request: k, when: 'before' };
    const failed = await run();
    expect(failed.stderr, `request ${k}`).toMatch(/(Go\.Data|DHIS2) cannot be reached: .+\n/);
    expect(failed.stderr, `request ${k}`).toMatch(/What to do: \w/);
    expect(failed.status, `request ${k}`).toBe(1);
    await counted.stopped!.up();
    expect(await run(), `request ${k}`).toMatchObject({ status: 0 });
    expect(flow.content(), `request ${k}`).toEqual(wanted);
    flow.writes();
    expect(await run(), `request ${k}`).toMatchObject({ status: 0 });
    expect(flow.writes(), `request ${k}`).toBe(0);
  });
});
