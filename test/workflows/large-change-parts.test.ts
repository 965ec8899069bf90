import { afterEach, describe, expect, it } from 'vitest';
import {
  anOptionSet,
  labelsByCode,
  type OptionText,
  runOptionOperations,
  startOptionServers,
} from '../support/options.js';
import { startTwoWay, type Toward, type TwoWay } from '../support/two-way.js';
import { createModel } from './support/people-model.js';

let world: TwoWay | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

type Model = ReturnType<typeof createModel>;

interface Part {
  toward: Toward;
  /** Enters twelve records, and returns how to remove some of them again. */
  enter(model: Model): { remove(): void }[];
  /** What a run would do. */
  text: RegExp;
}

const of = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** What belongs to people, and is taken away with it. */
const PARTS: Record<string, Part> = {
  'the lab results that came from DHIS2': {
    toward: 'godata',
    enter(model) {
      const id = model.addToDhis2('case', 0);
      for (let n = 0; n < 12; n += 1) model.addLabToDhis2(id, 'POSITIVE');
      const events = () => model.labResultsInDhis2(id);
      return of(12, () => ({
        remove: () => world!.dhis2.store.tracker.delete('events', events()[0]!.event),
      }));
    },
    text: /delete 11 of 12 lab results \(92 %\)/,
  },
  'the relationships that came from DHIS2': {
    toward: 'godata',
    // Between cases: the last exposure of a contact is never deleted.
    enter(model) {
      const source = model.addToDhis2('case', 0);
      for (let n = 0; n < 12; n += 1) model.relateInDhis2(source, model.addToDhis2('case', n));
      const all = () => model.relationshipsInDhis2();
      return of(12, () => ({
        remove: () => world!.dhis2.store.tracker.delete('relationships', all()[0]!.relationship),
      }));
    },
    text: /delete 11 of 12 relationships \(92 %\)/,
  },
  'the lab results that came from Go.Data': {
    toward: 'dhis2',
    enter(model) {
      const id = model.addToGoData('case', 0);
      for (let n = 0; n < 12; n += 1) model.addLabToGoData(id, 'POSITIVE');
      return of(12, () => ({
        remove: () => world!.goData.store.labResults.delete(model.labResultsInGoData(id)[0]!.id),
      }));
    },
    text: /delete 22 of 2\d events/,
  },
  'the follow-ups that came from Go.Data': {
    toward: 'dhis2',
    enter(model) {
      const id = model.addToGoData('contact', 0);
      const visits = of(12, n => model.addFollowUpToGoData(id, `2026-11-${n + 10}`));

      return visits.map(visit => ({ remove: () => world!.goData.store.followUps.delete(visit) }));
    },
    text: /delete 11 of 1\d events/,
  },
  'the relationships that came from Go.Data': {
    toward: 'dhis2',
    enter(model) {
      const source = model.addToGoData('case', 0);
      for (let n = 0; n < 12; n += 1) model.relateInGoData(source, model.addToGoData('contact', n));
      return of(12, () => ({
        remove: () =>
          world!.goData.store.relationships.delete(model.relationshipsInGoData()[0]!.id),
      }));
    },
    text: /delete 11 of 12 relationships \(92 %\)/,
  },
};

describe('a run that would take away a large share', () => {
  it.each(Object.entries(PARTS))('of %s stops, and goes on when it is allowed', async (_, part) => {
    const started = await startTwoWay({ deletes: true });
    world = started;
    const records = part.enter(createModel(started));
    await started.run(part.toward);
    for (const { remove } of records.slice(0, 11)) remove();
    started.writes();
    const { state } = started;
    started.state = { ...state, dryRun: true };
    const dry = await started.run(part.toward);
    const warnings = Object.values(dry.report ?? {}).flatMap(one => one.warnings ?? []);
    expect(warnings.join()).toMatch(/A run would stop before it writes/);
    expect(warnings.join()).toMatch(part.text);
    started.state = state;
    await expect(started.run(part.toward)).rejects.toMatchObject({
      code: 'LARGE_CHANGE',
      kind: 'configuration',
      message: expect.stringMatching(part.text),
    });
    expect(started.writes()).toBe(0);
    started.state = { ...state, allowLargeChange: true };
    await started.run(part.toward);
    expect(started.writes()).toBeGreaterThan(0);
  });

  it('of the reference data that came from options stops, and goes on when it is allowed', async () => {
    const options = of(12, (n): OptionText => [n + 1, `CODE_${n}`, `Name ${n}`]);
    const servers = await startOptionServers({ sets: [anOptionSet('Vaccine types', options)] });
    const later = await startOptionServers({
      sets: [anOptionSet('Vaccine types', options.slice(0, 1))],
    });
    const mappings = [
      { optionSet: 'Vaccine types', category: 'VACCINE', whenGone: 'deactivate' as const },
    ];
    const { godata } = servers.credentials;
    const shrunk = { ...servers, credentials: { ...later.credentials, godata } };
    try {
      await runOptionOperations(servers, { mappings });
      servers.goData.requests.reset();
      const dry = await runOptionOperations(shrunk, { mappings, state: { dryRun: true } });
      const text = /deactivate 11 of 12 items of reference data \(92 %\)/;
      expect(dry.report?.['upsert-reference-data']?.warnings?.join()).toMatch(text);
      await expect(runOptionOperations(shrunk, { mappings })).rejects.toMatchObject({
        code: 'LARGE_CHANGE',
        kind: 'configuration',
        message: expect.stringMatching(text),
      });
      expect(servers.goData.requests.writes()).toBe(0);
      await runOptionOperations(shrunk, { mappings, state: { allowLargeChange: true } });
      expect(Object.keys(labelsByCode(servers))).toEqual(['CODE_0']);
    } finally {
      await Promise.all([servers.close(), later.close()]);
    }
  });
});
