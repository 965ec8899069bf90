import { afterEach, describe, expect, it } from 'vitest';
import type { State } from '#common/reporting/report.js';
import { startProxy } from '../support/proxy.js';
import { startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel, FIELDS } from './support/people-model.js';

let world: TwoWay;
afterEach(() => world?.close());

/** Both servers behind proxies that deliver each writing request twice. */
async function startTwice(): Promise<{ stop(): void }> {
  world = await startTwoWay();
  let isOn = true;
  const isWrite = (url: URL, method: string) =>
    isOn && method !== 'GET' && !/login|filter|validate/i.test(`${url.pathname}${url.search}`);
  const { godata, dhis2 } = world.credentials;
  const proxies = await Promise.all(
    [world.goData.url, world.dhis2.url].map(url => startProxy(url, { twice: isWrite })),
  );
  godata.apiUrl = `${proxies[0]!.url}/api`;
  dhis2.hostUrl = proxies[1]!.url;
  return {
    stop() {
      isOn = false;
    },
  };
}

const adjustedIn = (state: State, step: string) =>
  (state.report?.[step]?.adjusted ?? []).map(({ kind, code }) => `${kind} ${code}`);

describe('writing requests that are delivered twice', () => {
  it('leave each record once in Go.Data, and say which were doubled', async () => {
    const proxy = await startTwice();
    const model = createModel(world);
    const [a, b, contact] = [
      model.addToDhis2('case', 0),
      model.addToDhis2('case', 1),
      model.addToDhis2('contact', 2),
    ];
    model.editDhis2(a, FIELDS[0]!, 'Amari');
    model.addLabToDhis2(a, 'POSITIVE');
    model.addLabToDhis2(b, 'POSITIVE');
    model.relateInDhis2(a, contact);
    model.relateInDhis2(a, b);
    const run = await world.run('godata');
    await world.run('godata');
    expect(model.records()).toHaveLength(3);
    for (const id of [a, b]) {
      const living = model.labResultsInGoData(id).filter(({ deleted }) => !deleted);
      expect(living).toHaveLength(1);
    }
    const relationships = model.relationshipsInGoData().filter(({ deleted }) => !deleted);
    expect(relationships).toHaveLength(2);
    const told = adjustedIn(run, 'upsert-cases');
    expect(told.filter(one => one === 'lab result DOUBLE_REMOVED')).toHaveLength(2);
    expect(told).toContain('relationship DOUBLE_REMOVED');
    const rejected = run.report?.['upsert-cases']?.rejected ?? [];
    expect(rejected.filter(({ kind }) => kind !== 'contact')).toEqual([]);
    proxy.stop();
    world.writes();
    await world.run('godata');
    expect(world.writes()).toBe(0);
  });

  it('leave each record once in DHIS2, whose objects have ids that are chosen here', async () => {
    await startTwice();
    const model = createModel(world);
    const ids = [model.addToGoData('case', 0), model.addToGoData('contact', 1)];
    model.addLabToGoData(ids[0]!, 'POSITIVE');
    model.relateInGoData(ids[0]!, ids[1]!);
    await world.run('dhis2');
    await world.run('dhis2');
    expect(model.entities()).toHaveLength(2);
    for (const { trackedEntity } of model.entities()) {
      expect(model.enrollmentsOf(trackedEntity)).toHaveLength(1);
    }
    expect(model.relationshipsInDhis2()).toHaveLength(1);
  });
});

describe('lab results that an earlier run has doubled', () => {
  async function doubled(change: object) {
    world = await startTwoWay();
    const model = createModel(world);
    const id = model.addToDhis2('case', 0);
    model.addLabToDhis2(id, 'POSITIVE');
    await world.run('godata');
    const { labResults } = world.goData.store;
    const [stored] = model.labResultsInGoData(id);
    const { id: _id, ...content } = stored!;
    labResults.create({ ...content, ...change } as never);
    model.editDhis2(id, FIELDS[0]!, 'Amari');
    const run = await world.run('godata');
    const living = model.labResultsInGoData(id).filter(({ deleted }) => !deleted);
    return { run, living, stored: stored! };
  }

  it('are one again when the person is read, if they are the same', async () => {
    const { run, living, stored } = await doubled({});
    expect(living.map(({ id }) => id)).toEqual([stored.id]);
    expect(adjustedIn(run, 'upsert-cases')).toEqual(['lab result DOUBLE_REMOVED']);
  });

  it('stay and are reported if somebody has changed one of them', async () => {
    const { run, living } = await doubled({ quantitativeResult: '42' });
    expect(living).toHaveLength(2);
    expect(adjustedIn(run, 'upsert-cases')).toEqual(['lab result DOUBLED']);
  });
});
