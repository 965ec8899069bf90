import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { runWorkflow } from '#runtime/index.js';
import { demoMetadata, type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { type RunningGoData, startGoData } from '#sandbox/godata/index.js';
import { generateOutbreak } from '#sandbox/outbreak/index.js';
import { addTrackerProgram } from '#sandbox/tracker-program/index.js';
import { editProject } from '../support/project.js';
import { IS_DEEP } from '../support/runs.js';

const TODAY = '2026-11-24';
const { orgUnits, goData: invented } = generateOutbreak({ today: TODAY, cases: 0 });
const VACCINES = ['MEASLES', 'RUBELLA', 'MR', 'MMR'].map(name => ({
  id: `LNG_REFERENCE_DATA_CATEGORY_VACCINE_${name}`,
  categoryId: 'LNG_REFERENCE_DATA_CATEGORY_VACCINE',
  active: true,
}));

interface Servers {
  dhis2: RunningDhis2;
  goData: RunningGoData;
  run(state?: Record<string, unknown>): ReturnType<typeof runWorkflow>;
  drain(): Promise<{
    runs: Awaited<ReturnType<typeof runWorkflow>>[];
    state: Record<string, unknown>;
  }>;
}

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()));
});

/** Both servers with invented people, and locations created from the org units. */
async function start(
  people: number,
  versions: { dhis2?: string; godata?: string } = {},
): Promise<Servers> {
  const dhis2 = await startDhis2({
    seed: addTrackerProgram(demoMetadata(orgUnits), { today: TODAY, people }),
    version: versions.dhis2 ?? '2.42',
    clock: () => new Date(`${TODAY}T12:00:00.000Z`),
  });
  const goData = await startGoData({
    seed: { ...invented, referenceData: [...invented.referenceData!, ...VACCINES] },
    version: versions.godata ?? '2.50.3',
  });
  open.push(dhis2, goData);
  const account = goData.store.users.list()[0]!;
  const credentials = {
    godata: { apiUrl: `${goData.url}/api`, email: account.email, password: account.password },
    dhis2: { hostUrl: dhis2.url, username: 'integration', password: 'Integration-1!' },
  };
  // The outbreak is created by the first run that writes.
  const project = editProject(
    { 'upsert-cases.js': source => source.replace('create: false', 'create: true') },
    'tracked-entities-to-cases',
  );
  onTestFinished(project.remove);
  const run = (state = {}) =>
    runWorkflow({
      project: project.folder,
      workflow: 'tracked-entities-to-cases',
      credentials,
      state,
    });
  return {
    dhis2,
    goData,
    run,
    async drain() {
      const runs = [];
      let state: Record<string, unknown> = {};
      do {
        const outcome = await run(state);
        expect(outcome.errors).toEqual([]);
        runs.push(outcome);
        const { report: _report, ...left } = outcome.state;
        state = left;
      } while (state.more === true);
      return { runs, state };
    },
  };
}

const living = ({ goData }: Servers) => goData.store.people.all().filter(({ deleted }) => !deleted);
const rejectedIn = ({ report }: Awaited<ReturnType<typeof runWorkflow>>) =>
  Object.values(report).flatMap(({ rejected = [] }) => rejected);

describe('the shipped workflow', () => {
  it.each([
    ['2.38', '2.50.3'],
    ['2.40', '2.48'],
    ['2.42', '2.50.3'],
    ['2.44', '2.50.3'],
    ...(IS_DEEP
      ? [
          ['2.41', '2.50.3'],
          ['2.43', '2.50.3'],
        ]
      : []),
  ] as [string, string][])(
    'copies both programs, and writes nothing the second time (DHIS2 %s, Go.Data %s)',
    async (dhis2, godata) => {
      const servers = await start(120, { dhis2, godata });
      const first = await servers.run();
      expect(first.errors).toEqual([]);
      const people = living(servers);
      const ids = new Set(people.map(({ id }) => id));
      const rejected = new Set(rejectedIn(first).map(({ id }) => id));
      // Every person of the source who is not deleted exists, or is reported.
      for (const { trackedEntity, deleted } of servers.dhis2.store.tracker.list(
        'trackedEntities',
      )) {
        expect(
          ids.has(trackedEntity) || rejected.has(trackedEntity) || deleted === true,
          trackedEntity,
        ).toBe(true);
      }
      expect(people.length).toBeGreaterThan(100);
      expect(servers.goData.store.relationships.list().length).toBeGreaterThan(10);
      expect(servers.goData.store.labResults.list().length).toBeGreaterThan(20);
      const outbreak = servers.goData.store.outbreaks
        .list()
        .find(({ name }) => name === 'COVID-19');
      expect(people.every(({ outbreakId }) => outbreakId === outbreak?.id)).toBe(true);
      expect(new Set(people.map(({ visualId }) => visualId)).size).toBe(people.length);
      servers.goData.requests.reset();
      const again = await servers.run();
      // Only what an old version refuses is tried again, and it does not count as created.
      expect(again.plan!.total).toBe(0);
      expect(again.report['upsert-cases']).toMatchObject({ created: 0, updated: 0, deleted: 0 });
      if (!again.plan!.refused) expect(servers.goData.requests.writes()).toBe(0);
      else expect(godata).toBe('2.48');
      // Every few minutes: only changes within the overlap are read again.
      const { report: _report, ...state } = first.state;
      servers.goData.requests.reset();
      const next = await servers.run(state);
      expect(next.plan!.rows.filter(([, , id]) => ids.has(String(id)))).toEqual([]);
      expect(servers.dhis2.requests.writes()).toBe(0);
      if (godata !== '2.48') expect(servers.goData.requests.writes()).toBe(0);
    },
  );

  it('writes one edit with a handful of requests', async () => {
    const servers = await start(120);
    const first = await servers.run();
    const { report: _report, ...state } = first.state;
    const case1 = living(servers).find(({ type, lastName }) => type.endsWith('CASE') && lastName)!;
    const { tracker } = servers.dhis2.store;
    const before = tracker.get('trackedEntities', case1.id)!;
    const attributes = before.attributes!.map(one =>
      one.attribute === 'ENRjVGxVL6l' ? { ...one, value: 'Changedsurname' } : one,
    );
    tracker.put('trackedEntities', { ...before, attributes });
    servers.goData.requests.reset();
    const second = await servers.run(state);
    expect(second.plan!.rows).toEqual([['COVID-19', 'case', case1.id, 'update', 'lastName']]);
    expect(servers.goData.store.people.get(case1.id)).toMatchObject({ lastName: 'Changedsurname' });
    expect(servers.goData.requests.count()).toBeLessThanOrEqual(14);
    const texts = JSON.stringify([second.report, second.plan, second.state]);
    expect(texts).not.toContain('Changedsurname');
  });
});

const MANY = 5000;

it.runIf(IS_DEEP)(
  `passes ${MANY} tracked entities in parts, loses none, keeps every state below 8 MB, and writes nothing the second time`,
  async () => {
    const servers = await start(MANY);
    const { runs } = await servers.drain();
    expect(runs.length).toBeGreaterThan(1);
    for (const { steps } of runs) {
      for (const { step, stateBytes } of steps) expect(stateBytes, step).toBeLessThan(8_000_000);
    }
    const rejected = new Set(runs.flatMap(rejectedIn).map(({ id }) => id));
    const ids = new Set(living(servers).map(({ id }) => id));
    const lost = servers.dhis2.store.tracker
      .list('trackedEntities')
      .filter(
        ({ trackedEntity, deleted }) =>
          !deleted && !ids.has(trackedEntity) && !rejected.has(trackedEntity),
      );
    expect(lost).toEqual([]);
    servers.goData.requests.reset();
    await servers.drain();
    expect(servers.goData.requests.writes()).toBe(0);
  },
  600_000,
);
